// Name look-ups off the loop. Each runs in a detached thread of its own, so that one that hangs
// holds up neither the next one nor the end of the program.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "firmware/base/expected.h"
#include "net/endpoint.h"

namespace vmodem::net {

// The addresses of a name, best first, or why there are none.
using LookupResult = Expected<std::vector<IpAddress>, std::string>;
// May block; called in a thread of its own, perhaps several times at once.
using Lookup = std::function<LookupResult(const std::string& name)>;

enum class LookupId : std::uint32_t {};

struct LookupAnswer {
  LookupId id;
  LookupResult result;
};

class Resolver {
 public:
  // Look-ups that hang at once; a further one is answered with a failure.
  static constexpr int kThreadsMax = 32;

  explicit Resolver(Lookup lookup);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Answered once by poll_answer(), unless it is cancelled.
  [[nodiscard]] LookupId look_up(std::string name);
  // The answer, if it ever comes, is dropped.
  void cancel(LookupId id);

  // Readable while poll_answer() may have something.
  [[nodiscard]] int fd() const;
  // Poll until it returns nothing.
  [[nodiscard]] std::optional<LookupAnswer> poll_answer();

  // Some thread is still inside the look-up function, also one whose answer is no longer wanted.
  [[nodiscard]] bool has_running_lookup() const;

 private:
  struct Shared;

  std::shared_ptr<Shared> shared_;  // outlives this in threads that hang
  std::unordered_set<LookupId> wanted_;
  std::uint32_t last_id_ = 0;
};

}  // namespace vmodem::net
