// The port of a module through its power-offs: one PTY and its link, which stay; or which go with
// the power and come back as another PTY under the same link, as the USB port of a module does.
//
// In:  octets of a host, the power of the module.
// Out: a PTY and its link.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <system_error>

#include "firmware/app/loop/log.h"
#include "firmware/app/loop/modem_port.h"
#include "firmware/app/loop/poller.h"
#include "firmware/app/port/link.h"
#include "firmware/app/port/pty.h"
#include "firmware/base/expected.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {

class SerialPort final : public ModemPort {
 public:
  struct Settings {
    std::string link;        // empty: none
    bool reappears = false;  // it goes and comes with the power
  };
  // What is said last goes with the port, so a host has this long to read it; and this long, at the
  // least, no port is to be found. By the wall, whatever the module's clock does: both wait for a
  // host.
  static constexpr Duration kFarewellMax = 500ms;
  static constexpr Duration kAbsenceMin = 250ms;

  // Open, linked, and watched by `poller` as Source::kSerial, kPortTimer and kPortWatch. Both
  // references outlive it. The error is one phrase.
  [[nodiscard]] static Expected<SerialPort, std::string> open(Settings settings, Poller& poller,
                                                              Log& log);

  // Of the latest PTY.
  [[nodiscard]] const std::string& path() const override { return path_; }
  [[nodiscard]] bool reappears() const override { return settings_.reappears; }
  [[nodiscard]] bool is_open() const override { return state_ == State::kOpen; }
  // False for news of a port that has gone.
  [[nodiscard]] bool is_of(Tag tag) const { return is_open() && tag == tag_; }
  void set_interest(Interest interest) override;
  [[nodiscard]] Expected<Readiness, std::string> handle_ready(const Ready& ready) override;
  [[nodiscard]] Expected<std::size_t, std::error_code> read(
      Tag tag, std::span<std::uint8_t> buffer) override;
  [[nodiscard]] Expected<std::size_t, std::error_code> write(ByteView octets) override;
  [[nodiscard]] Expected<void, std::string> handle_power(bool is_on) override;
  [[nodiscard]] Expected<void, std::string> handle_timer();

  // Some process has it open.
  [[nodiscard]] bool has_host() const { return pty_ && pty_->has_host(); }
  // Takes back what was written and no host has read; how many octets.
  [[nodiscard]] std::size_t take_unread(std::span<std::uint8_t> buffer);

 private:
  enum class State : std::uint8_t { kOpen, kLeaving, kAbsent, kAwaited };

  SerialPort(Settings settings, Poller& poller, Log& log);
  [[nodiscard]] Expected<void, std::string> appear();
  [[nodiscard]] Expected<void, std::string> reappear();
  void leave();
  void vanish();
  void set_timer(Duration first, Duration interval);

  Settings settings_;
  Poller& poller_;
  Log& log_;
  State state_ = State::kAwaited;
  bool is_module_on_ = true;
  Duration farewell_{};  // how long the port has been leaving
  std::optional<Pty> pty_;
  std::optional<PortLink> link_;  // goes before the PTY that it leads to
  std::string path_;
  Tag tag_{Source::kSerial};
  Interest interest_;
  net::UniqueFd timer_;
};

}  // namespace vmodem::app
