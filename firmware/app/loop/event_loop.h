// Performs what a testbed asks for: its serial line on a PTY, its real transports on a network, and
// its time by a clock.
//
// In:  a testbed, a port, a network, a clock.
// Out: a run, until a signal or a lost port.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "firmware/app/loop/clock.h"
#include "firmware/app/loop/control_port.h"
#include "firmware/app/loop/end_signals.h"
#include "firmware/app/loop/journal_reader.h"
#include "firmware/app/loop/log.h"
#include "firmware/app/loop/modem_port.h"
#include "firmware/app/loop/network.h"
#include "firmware/app/loop/outside_port.h"
#include "firmware/app/loop/past.h"
#include "firmware/app/loop/poller.h"
#include "firmware/app/loop/session_tap.h"
#include "firmware/base/expected.h"
#include "firmware/recording/recorder.h"
#include "firmware/testbed/testbed.h"

namespace vmodem::app {

// What a loop runs; all of it outlives the loop.
struct World {
  testbed::Testbed& testbed;
  ModemPort& port;
  Network& network;
  Poller& poller;
  Clock& clock;
  Log& log;
  EndSignals& signals;
  std::vector<JournalReader*> readers{};  // of the testbed's journal
  bool waits_for_host = false;    // no time jumps before the host's first octet
  ControlPort* control = nullptr;  // null: nobody steers
  OutsidePort* outside = nullptr;  // null: nobody but the module reaches the simulated servers
  recording::Recorder* recorder = nullptr;  // null: nobody records
  std::vector<SessionTap*> taps{};
  Past* past = nullptr;  // null: the run only goes on
};

class EventLoop {
 public:
  explicit EventLoop(const World& world);

  // Returns when a signal ends it, or with one phrase when the port is lost.
  [[nodiscard]] Expected<void, std::string> run();

 private:
  [[nodiscard]] Hold hold() const;
  // Of the testbed, which nothing but what settle() follows can change.
  [[nodiscard]] const std::optional<Instant>& deadline();
  [[nodiscard]] std::span<const Ready> sleep();
  [[nodiscard]] bool is_output_waiting() const;
  void handle_all(Instant now, std::span<const Ready> batch);
  void handle_timeout(Instant now);
  void handle_control(Instant now);
  void go_back();
  void watch_port();
  void handle_ready(Instant now, const Ready& ready);
  void handle_port(Instant now, const Ready& ready);
  // True where there was any.
  bool take_news(Instant now);
  void handle_news(Instant now, const HostNews& news);
  // What a run that was played, or gone back in, has left is not what the host drives.
  void restate_circuits(Instant now);
  void handle_power(Instant now, bool is_on);
  void keep_port(const Expected<void, std::string>& kept);
  void read_serial(Instant now, Tag tag);
  void hear(Instant now, ByteView octets);
  bool write_serial(Instant now);
  // Before the testbed is told; `make` gives the input.
  template <class Make>
  void record(Instant now, const Make& make) {
    if (world_.recorder != nullptr) world_.recorder->record(now, make());
  }
  void settle(Instant now);
  bool perform_action(Instant now);
  void perform(Instant now, const firmware::Action& action);
  bool deliver_events(Instant now);
  void tell_readers();
  void flush_readers();
  void lose_port(const std::string& why);
  void log_serial(const char* direction, ByteView octets);

  World world_;
  std::optional<Instant> deadline_;
  bool is_deadline_known_ = false;
  bool is_port_full_ = false;
  bool is_host_heard_;
  bool is_control_ready_ = false;
  bool is_ended_ = false;
  std::optional<std::string> failure_;
  std::array<std::uint8_t, 4096> buffer_;
};

}  // namespace vmodem::app
