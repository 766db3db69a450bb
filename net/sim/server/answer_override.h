// Answers that somebody has put in the place of a server's own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "coap_core/message.h"
#include "firmware/base/time.h"
#include "net/endpoint.h"
#include "net/sim/site/request.h"

namespace vmodem::sim {

struct AnswerOverride {
  std::uint64_t id = 0;  // given by whoever adds it

  // The requests that it concerns: those that fit all that is there.
  std::optional<net::Endpoint> server;
  std::optional<net::Endpoint> client;
  std::optional<coap::Code> method;
  std::optional<std::string> path;  // Uri-Path segments joined by '/'
  std::optional<coap::Token> token;
  std::optional<std::uint64_t> times_left;  // nothing: every one of them

  bool is_silent = false;  // nothing is sent at all
  coap::Code code = coap::Code::kContent;
  std::optional<std::uint16_t> content_format;
  Bytes payload;
  Duration delay{};
};

// Bounded. A request is answered by the latest that was added of those that concern it.
class AnswerOverrides {
 public:
  static constexpr std::size_t kCountMax = 256;
  static constexpr std::size_t kPayloadSizeMax = 8192;

  // False where there are too many.
  [[nodiscard]] bool add(AnswerOverride one);
  [[nodiscard]] bool remove(std::uint64_t id);
  void clear() { overrides_.clear(); }
  [[nodiscard]] const std::vector<AnswerOverride>& all() const { return overrides_; }

  // What answers this request, counted; nothing where the server does.
  [[nodiscard]] std::optional<AnswerOverride> take(const net::Endpoint& server,
                                                   const net::Endpoint& client,
                                                   const Request& request);

 private:
  std::vector<AnswerOverride> overrides_;
};

}  // namespace vmodem::sim
