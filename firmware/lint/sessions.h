// The host's side of the six clients: does it send where there is a session, and leave none behind?
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "firmware/lint/command.h"
#include "firmware/lint/findings.h"

namespace vmodem::lint {

class Sessions {
 public:
  explicit Sessions(Findings& findings) : findings_(findings) {}

  // The journal does not begin with the run: what is not known is not judged.
  void forget();

  void handle(const journal::Entry& entry, const std::vector<Command>& commands);
  void handle(const journal::Entry& entry, const journal::LineResult& result);
  void handle(const journal::LineAnswer& answer);
  void handle(const journal::LineUrc& urc);
  void handle(const journal::Entry& entry, const journal::ClientStatusChanged& change);
  void handle(const journal::Entry& entry, const journal::PowerState& power);
  void handle(const journal::Entry& entry, const journal::DtlsCredential& credential);
  void end();

 private:
  static constexpr std::size_t kClientCount = 6;

  // As the host can know it.
  enum class State : std::uint8_t { kUnknown, kNever, kOpening, kOpen, kFailed, kClosed };
  struct Client {
    State state = State::kNever;
    journal::Number opened_by = 0;  // the command line
    Instant opened_at{};
    std::string where;  // as it was typed
  };
  // What the running command line asks for, should it end well.
  struct Asked {
    std::size_t client;
    bool is_open;
    std::string where;
  };

  void judge_open(const journal::Entry& entry, std::size_t client);
  void judge_send(const journal::Entry& entry, std::size_t client);
  void judge_leaving(std::string_view when);

  Findings& findings_;
  std::array<Client, kClientCount> clients_{};
  journal::Number line_ = 0;
  journal::Number leaving_line_ = 0;  // asked to switch off or to reset
  std::string line_text_;
  std::vector<Asked> asked_;
};

}  // namespace vmodem::lint
