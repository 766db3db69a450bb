#include "firmware/app/loop/event_loop.h"

#include <algorithm>
#include <utility>

#include "firmware/base/hash.h"
#include "firmware/base/overloaded.h"

namespace vmodem::app {
namespace {

constexpr Tag kSignalTag{Source::kSignal};
// More datagrams than a socket's buffer holds: a flood must not keep timers from running.
constexpr int kArrivedMax = 1024;
// How soon what had no room, in the log or with another reader, is tried again.
constexpr Duration kOutputPatience = 100ms;

// Nothing came that the modem could notice.
bool is_quiet(std::span<const Ready> batch) {
  return std::ranges::all_of(batch, [](const Ready& ready) {
    return ready.tag.source == Source::kControl || ready.tag.source == Source::kOutside;
  });
}

}  // namespace

EventLoop::EventLoop(const World& world) : world_(world), is_host_heard_(!world.waits_for_host) {
  world_.poller.watch(world_.signals.fd(), kSignalTag);
}

Expected<void, std::string> EventLoop::run() {
  restate_circuits(world_.clock.now());
  settle(world_.clock.now());
  while (!is_ended_ && !failure_) {
    watch_port();
    const auto batch = sleep();
    const auto now = world_.clock.now();
    handle_all(now, batch);
    handle_timeout(now);
    if (world_.control != nullptr) handle_control(now);
    if (world_.past != nullptr && world_.past->is_going()) go_back();
  }
  if (failure_) return unexpected(*failure_);
  return {};
}

void EventLoop::handle_all(Instant now, std::span<const Ready> batch) {
  for (const auto& ready : batch) handle_ready(now, ready);
  settle(now);
}

// Behind the host and the timers: whoever steers keeps neither from its turn.
void EventLoop::handle_control(Instant now) {
  if (std::exchange(is_control_ready_, false)) {
    world_.control->handle_ready(now);
    settle(now);
  }
  world_.control->handle_turn(now);
}

void EventLoop::go_back() {
  const auto arrival = world_.past->go();
  if (!arrival) {
    failure_ = arrival.error();
    return;
  }
  if (world_.port.reappears()) keep_port(world_.port.handle_power(arrival->is_on));
  restate_circuits(arrival->now);
  settle(arrival->now);
}

void EventLoop::restate_circuits(Instant now) {
  const auto circuits = world_.port.circuits();
  if (circuits != world_.testbed.host_circuits()) handle_news(now, circuits);
}

// After all that has arrived: an acknowledgement that waited in its socket while this process did
// not run is heard before its message is given up, though it be the last of many datagrams.
void EventLoop::handle_timeout(Instant now) {
  const auto is_due = [&] { return deadline() && *deadline() <= now; };
  for (int i = 0; i < kArrivedMax && is_due() && !is_ended_ && !failure_; ++i) {
    watch_port();
    const auto batch = world_.poller.wait(Duration::zero());
    if (is_quiet(batch)) break;
    handle_all(now, batch);
  }
  if (!is_due() || failure_) return;

  record(now, [] { return recording::TimePassed{}; });
  world_.testbed.handle_timeout(now);
  settle(now);
}

Hold EventLoop::hold() const {
  if (world_.testbed.is_waiting_for_real_peer()) return Hold::kPeer;
  // What is to come would be over before a host that starts beside this program has opened its
  // port.
  if (!is_host_heard_ || world_.testbed.is_waiting_for_host()) return Hold::kHost;
  return Hold::kNone;
}

const std::optional<Instant>& EventLoop::deadline() {
  if (!std::exchange(is_deadline_known_, true)) deadline_ = world_.testbed.poll_timeout();
  return deadline_;
}

std::span<const Ready> EventLoop::sleep() {
  world_.clock.set_hold(hold());
  const auto due = deadline();
  auto limit = world_.clock.sleep_limit(due);
  world_.log.flush();
  if (is_output_waiting()) limit = std::min(limit.value_or(kOutputPatience), kOutputPatience);
  const auto batch = world_.poller.wait(limit);
  world_.clock.handle_sleep_over(due, is_quiet(batch));
  return batch;
}

bool EventLoop::is_output_waiting() const {
  return world_.log.is_waiting() || std::ranges::any_of(world_.readers, &JournalReader::is_waiting);
}

// What the modem has no room for stays in the kernel, and a full port is looked at only until it
// drains. Neither changes in a round trip that goes well, so that this costs no system call.
void EventLoop::watch_port() {
  world_.port.set_interest({world_.testbed.serial_room() > 0, is_port_full_});
}

void EventLoop::handle_ready(Instant now, const Ready& ready) {
  switch (ready.tag.source) {
    case Source::kSerial:
    case Source::kPortTimer:
    case Source::kPortWatch:
    case Source::kListener:
    case Source::kHost:
      return handle_port(now, ready);
    case Source::kSignal:
      world_.log.format(LogLevel::kInfo, "ended by signal {}", world_.signals.take());
      is_ended_ = true;
      return;
    case Source::kResolver:
    case Source::kTransport:
    case Source::kQuery:
      return world_.network.handle_ready(now, ready.tag);
    case Source::kControl:
      is_control_ready_ = true;
      return;
    case Source::kOutside:
      return world_.outside->handle_ready();
  }
}

void EventLoop::handle_port(Instant now, const Ready& ready) {
  const auto means = world_.port.handle_ready(ready);
  if (!means) return keep_port(unexpected(means.error()));
  if (means->has_room) is_port_full_ = false;
  if (means->is_readable) read_serial(now, ready.tag);
  take_news(now);
}

bool EventLoop::take_news(Instant now) {
  bool is_any = false;
  while (const auto news = world_.port.poll_news()) {
    // What a host has sent before it drops DTR is worked off when DTR drops.
    if (is_any) settle(now);
    handle_news(now, *news);
    is_any = true;
  }
  return is_any;
}

void EventLoop::handle_news(Instant now, const HostNews& news) {
  std::visit(Overloaded{[&](const Bytes& octets) { hear(now, octets); },
                        [&](const firmware::HostCircuits& circuits) {
                          record(now, [&] { return recording::CircuitsDriven{circuits}; });
                          world_.testbed.handle_circuits(now, circuits);
                        },
                        [&](const HostBreak&) {
                          record(now, [] { return recording::BreakSent{}; });
                          world_.testbed.handle_break(now);
                        }},
             news);
}

void EventLoop::read_serial(Instant now, Tag tag) {
  const auto room = std::min(world_.testbed.serial_room(), buffer_.size());
  if (room == 0) return;

  const auto count = world_.port.read(tag, std::span(buffer_).first(room));
  if (!count) return lose_port(count.error().message());
  if (*count > 0) hear(now, ByteView(buffer_).first(*count));
}

void EventLoop::hear(Instant now, ByteView octets) {
  log_serial("<", octets);
  is_host_heard_ = true;
  world_.clock.handle_serial();
  for (auto* tap : world_.taps) tap->handle_input(now, octets);
  record(now, [&] { return recording::SerialRead{Bytes(octets.begin(), octets.end())}; });
  world_.testbed.handle_serial(now, octets);
}

// News before the next action: a command line that waits behind an action sees what came of it,
// however the host chunked its octets. The serial line last: one write takes all that an input has
// led to.
void EventLoop::settle(Instant now) {
  is_deadline_known_ = false;
  bool is_progressing = true;
  while (is_progressing) {
    is_progressing = deliver_events(now) || perform_action(now);
    tell_readers();
    if (is_progressing) continue;
    // A host that has read the consequence finds the reason in the log, and in any other file.
    flush_readers();
    // A pulse of RI comes before the URC that it announces.
    if (world_.testbed.host_circuits().are_wired) world_.port.show(world_.testbed.circuits());
    const bool is_written = write_serial(now);
    is_progressing = take_news(now) || is_written;
  }
  flush_readers();
  for (auto* tap : world_.taps) tap->flush();
}

void EventLoop::flush_readers() {
  for (auto* reader : world_.readers) reader->flush();
}

void EventLoop::tell_readers() {
  while (const auto entry = world_.testbed.journal().poll_entry()) {
    for (auto* reader : world_.readers) reader->handle(*entry);
  }
}

bool EventLoop::perform_action(Instant now) {
  if (world_.recorder != nullptr) world_.recorder->polled_action();
  const auto action = world_.testbed.poll_action();
  if (action) perform(now, *action);
  return action.has_value();
}

void EventLoop::perform(Instant now, const firmware::Action& action) {
  for (auto* tap : world_.taps) tap->handle_action(now, action);
  std::visit(
      Overloaded{[&](const firmware::OpenTransport& a) { world_.network.open(now, a); },
                 [&](const firmware::CloseTransport& a) { world_.network.close(a); },
                 [&](const firmware::SendDatagram& a) { world_.network.send(now, a); },
                 [&](const firmware::Query& a) { world_.network.ask(now, a); },
                 [&](const firmware::CancelQuery& a) { world_.network.cancel(a); },
                 [&](const firmware::PowerChanged& a) { handle_power(now, a.is_on); },
                 [](const firmware::CommandRead&) {},
                 [](const firmware::LineEnded&) {}},
      action);
}

void EventLoop::handle_power(Instant now, bool is_on) {
  if (!is_on && world_.port.reappears()) {
    // What was said before belongs to the port that goes; what it has no room for is lost.
    write_serial(now);
    record(now, [] { return recording::SerialDropped{}; });
    world_.testbed.drop_serial();
    is_port_full_ = false;
  }
  keep_port(world_.port.handle_power(is_on));
}

void EventLoop::keep_port(const Expected<void, std::string>& kept) {
  if (!kept && !failure_) failure_ = kept.error();
}

bool EventLoop::deliver_events(Instant now) {
  bool is_any = false;
  while (const auto event = world_.network.poll_event()) {
    for (auto* tap : world_.taps) tap->handle_event(now, *event);
    record(now, [&] { return *event; });
    world_.testbed.handle_network(now, *event);
    is_any = true;
  }
  return is_any;
}

bool EventLoop::write_serial(Instant now) {
  if (is_port_full_ || failure_ || !world_.port.is_open()) return false;
  if (world_.recorder != nullptr) world_.recorder->polled_serial();
  const auto octets = world_.testbed.poll_serial();
  if (octets.empty()) return false;

  const auto count = world_.port.write(octets);
  if (!count) {
    lose_port(count.error().message());
    return false;
  }
  is_port_full_ = *count < octets.size();
  log_serial(">", octets.first(*count));
  world_.clock.handle_serial();
  for (auto* tap : world_.taps) tap->handle_output(now, octets.first(*count));
  record(now, [&] { return recording::SerialWritten{*count, hash_of(octets.first(*count))}; });
  world_.testbed.handle_serial_written(*count);
  return true;
}

void EventLoop::lose_port(const std::string& why) {
  if (!failure_) failure_ = fmt::format("{} is lost: {}", world_.port.path(), why);
}

void EventLoop::log_serial(const char* direction, ByteView octets) {
  if (!world_.log.is_enabled(LogLevel::kTrace)) return;
  // Never the octets: an upload is a PSK file. Command lines are traced by the modem itself.
  world_.log.format(LogLevel::kTrace, "serial {} {} octets", direction, octets.size());
}

}  // namespace vmodem::app
