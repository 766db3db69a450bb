// Passes octets between a host at a PTY and a device, and tells a recorder of them afterwards, so
// that writing costs them no time. Who does not read is waited for: nothing is lost, and no more
// than a bound waits here.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "firmware/app/loop/end_signals.h"
#include "firmware/app/port/pty.h"
#include "firmware/base/bytes.h"
#include "tools/conform/device/line.h"
#include "tools/conform/record/session_recorder.h"

namespace vmodem::conform {

class Relay {
 public:
  // What waits for one side at the most, beside what the kernel keeps.
  static constexpr std::size_t kWaitingMax = std::size_t{64} * 1024;
  // How long what waits at the end has to reach its side.
  static constexpr Duration kFarewellMax = 500ms;

  enum class End : std::uint8_t { kSignal, kDeviceLost };
  struct Ended {
    End end;
    std::string why;  // kDeviceLost
  };

  // Both outlive it. `handle_recorded` is called when lines may wait in `recorder`.
  Relay(app::Pty& host, Line& device, SessionRecorder& recorder,
        std::function<void()> handle_recorded);

  // Until a signal or the end of either side.
  [[nodiscard]] Ended run(app::EndSignals& signals);

 private:
  [[nodiscard]] Done pass_from_host();
  [[nodiscard]] Done pass_from_device();
  [[nodiscard]] Done write_to_device();
  [[nodiscard]] Done write_to_host();
  [[nodiscard]] Done handle_ready(short host_events, short device_events);
  void say_farewell();
  [[nodiscard]] int timeout_ms() const;

  app::Pty& host_;
  Line& device_;
  SessionRecorder& recorder_;
  std::function<void()> handle_recorded_;
  Bytes for_device_;
  std::string for_host_;
};

}  // namespace vmodem::conform
