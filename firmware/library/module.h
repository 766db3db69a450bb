// A module in its surroundings as one object without I/O: what vmodem.h offers, in C++.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "firmware/base/time.h"
#include "firmware/configuration/config.h"
#include "firmware/control/api.h"
#include "firmware/journal/why.h"
#include "firmware/library/caller_network.h"
#include "firmware/testbed/machine.h"

namespace vmodem::library {

// Instants are as vmodem.h says. What changes the module first lets happen what was due before.
class Module {
 public:
  // What the journal keeps for take_entry() and for the control interface.
  static constexpr std::size_t kEntriesMax = 4096;
  // Of one instant: beyond it a chain of deadlines goes on at the next call.
  static constexpr int kDeadlinesMax = 10000;

  // Of settings that read_settings() gave.
  explicit Module(app::Config config);
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  [[nodiscard]] std::size_t feed(std::int64_t now, ByteView octets);
  [[nodiscard]] std::size_t take(std::span<std::uint8_t> room);

  [[nodiscard]] std::optional<Instant> deadline() const;
  void advance(std::int64_t now);

  // The error is one phrase.
  [[nodiscard]] Expected<void, std::string> perform(std::int64_t now, std::string_view fault);
  [[nodiscard]] control::Response request(std::int64_t now, std::string_view method,
                                          std::string_view target, std::string_view body);
  // A line of JSON.
  [[nodiscard]] std::optional<std::string> take_entry();

  [[nodiscard]] std::optional<SentDatagram> take_datagram() { return network_.take_datagram(); }
  [[nodiscard]] bool feed_datagram(std::int64_t now, std::uint32_t session, ByteView octets);
  [[nodiscard]] std::optional<Question> take_question() { return network_.take_question(); }
  [[nodiscard]] bool answer(std::int64_t now, std::uint32_t number,
                            std::optional<std::string_view> text);

 private:
  // It is now this instant; what was due before it has happened, each at its own.
  void reach(std::int64_t now);
  void handle_timeouts(Instant end);
  // Until there is nothing more to do at this instant.
  void settle();
  void keep_entries();

  app::Config config_;
  testbed::Machine machine_;
  testbed::Testbed& testbed_;
  CallerNetwork network_;
  journal::Ring ring_{kEntriesMax};
  journal::Number taken_ = 0;  // the last entry that take_entry() gave
  control::Api api_;
  Instant now_{};
};

}  // namespace vmodem::library
