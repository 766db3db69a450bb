// The simulated servers of a case on sockets of this machine, for a modem that runs already and so
// has no simulated internet of the case's: what the modem object meets inside, it meets outside.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "net/serving/served_world.h"
#include "net/serving/serving_random.h"
#include "tools/conform/device/backend.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

class CaseServers {
 public:
  // Why a case with `internet` cannot meet them: they stand at one address, and only they do.
  [[nodiscard]] static std::optional<std::string> why_not_serve(const Script& script,
                                                                const std::string& server_address);
  // The servers of kSimulatedHost, at the ports they have there. An address that is not of this
  // machine leads to it.
  [[nodiscard]] static Expected<std::unique_ptr<CaseServers>, BackendError> open(
      const std::string& server_address);

  // Readable while handle() has something to do.
  [[nodiscard]] int fd() const { return world_->fd(); }
  // When handle() has something to do anyway.
  [[nodiscard]] std::optional<Instant> deadline() const;
  void handle(Instant now);

 private:
  CaseServers() = default;
  // What they do by themselves counts from the case's start, as inside.
  [[nodiscard]] Instant inside(Instant now) const { return Instant(now - start_.value_or(now)); }

  net::ServingRandom random_{Script::kSeedDefault};
  std::unique_ptr<net::ServedWorld> world_;
  std::optional<Instant> start_;  // when handle() was called first
};

}  // namespace vmodem::conform
