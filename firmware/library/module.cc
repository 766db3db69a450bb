#include "firmware/library/module.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <variant>

#include "firmware/configuration/testbed.h"
#include "firmware/control/schema/problem.h"
#include "firmware/control/target.h"
#include "firmware/journal/json.h"
#include "firmware/testbed/steering.h"
#include "ufs/memory_store.h"

namespace vmodem::library {
namespace {

// A life of a module; the time line and the calendar go on behind it for any timer's length.
constexpr Instant kInstantMax{std::chrono::hours(24) * 365 * 100};

testbed::TestbedConfig make_surroundings(const app::Config& config) {
  const CalendarTime start = config.internet.calendar_start;
  auto made = app::make_testbed_config(config, {.host = start, .automatic = start});
  made.journal = journal::Journal::everything();
  return made;
}

testbed::Stores make_stores() {
  return {std::make_unique<firmware::MemoryNvStore>(), std::make_unique<ufs::MemoryStore>()};
}

// Without a trigger: now.
bool is_at_once(const testbed::Fault& fault) {
  const auto* at = std::get_if<testbed::AtInstant>(&fault.trigger);
  return at != nullptr && at->at == Instant{};
}

control::Response refuse(const control::Problem& problem) {
  return {problem.status, "application/problem+json", to_json(problem)};
}

}  // namespace

Module::Module(app::Config config)
    : config_(std::move(config)),
      machine_(make_surroundings(config_), *config_.seed, make_stores()),
      testbed_(machine_.testbed()),
      api_({.testbed = testbed_, .journal = ring_, .version = VMODEM_VERSION}) {
  settle();
}

void Module::reach(std::int64_t now) {
  // VMODEM_NEVER is no instant.
  const Instant given(Duration(now == Duration::max().count() ? 0 : now));
  const auto end = std::clamp(given, now_, kInstantMax);
  if (end == now_) return;
  handle_timeouts(end - Duration(1));
  now_ = end;
}

void Module::handle_timeouts(Instant end) {
  int count = 0;
  for (auto due = deadline(); due && *due <= end && count < kDeadlinesMax; due = deadline()) {
    count = *due > now_ ? 0 : count + 1;
    now_ = std::max(now_, *due);
    testbed_.handle_timeout(now_);
    settle();
  }
}

void Module::settle() {
  keep_entries();
  while (auto action = testbed_.poll_action()) {
    const auto news =
        std::visit([this](const auto& one) { return network_.perform(one); }, *action);
    if (news) testbed_.handle_network(now_, *news);
    keep_entries();
  }
  keep_entries();
}

void Module::keep_entries() {
  while (auto entry = testbed_.journal().poll_entry()) ring_.push(std::move(*entry));
}

std::size_t Module::feed(std::int64_t now, ByteView octets) {
  reach(now);
  std::size_t taken = 0;
  while (taken < octets.size()) {
    const auto room = std::min(testbed_.serial_room(), octets.size() - taken);
    if (room == 0) break;
    testbed_.handle_serial(now_, octets.subspan(taken, room));
    settle();
    taken += room;
  }
  return taken;
}

std::size_t Module::take(std::span<std::uint8_t> room) {
  std::size_t taken = 0;
  while (taken < room.size()) {
    const auto octets = testbed_.poll_serial();
    if (octets.empty()) break;
    const auto count = std::min(octets.size(), room.size() - taken);
    std::ranges::copy(octets.first(count), room.begin() + static_cast<std::ptrdiff_t>(taken));
    testbed_.handle_serial_written(count);
    settle();
    taken += count;
  }
  return taken;
}

std::optional<Instant> Module::deadline() const {
  return testbed_.poll_timeout();
}

void Module::advance(std::int64_t now) {
  reach(now);
  handle_timeouts(now_);
}

Expected<void, std::string> Module::perform(std::int64_t now, std::string_view text) {
  auto fault = testbed::parse_fault(text);
  if (!fault) {
    return unexpected(fmt::format("{}; right: {}", fault.error().wrong, fault.error().right));
  }
  reach(now);
  if (is_at_once(*fault)) {
    (void)testbed_.inject(now_, std::move(fault->deed), std::move(fault->text));
  } else if (!testbed::Steering(testbed_).plan(now_, std::move(*fault))) {
    return unexpected(std::string("too many faults wait already; right: fewer of them"));
  }
  settle();
  return {};
}

control::Response Module::request(std::int64_t now, std::string_view method, std::string_view text,
                                  std::string_view body) {
  auto target = control::parse_target(text);
  if (!target) return refuse({400, "the target is no path, or is escaped wrongly"});
  reach(now);
  auto response = api_.handle(now_, {std::string(method), std::move(target->path),
                                     std::move(target->query), std::string(body)});
  settle();
  return response;
}

std::optional<std::string> Module::take_entry() {
  const auto& entries = ring_.entries();
  const auto next = std::ranges::upper_bound(entries, taken_, {}, &journal::Entry::number);
  if (next == entries.end()) return std::nullopt;
  auto text = journal::to_json(*next);
  taken_ = next->number;
  return text;
}

bool Module::feed_datagram(std::int64_t now, std::uint32_t session, ByteView octets) {
  reach(now);
  if (!network_.is_open(session)) return false;
  if (octets.size() > CallerNetwork::kDatagramSizeMax) return true;
  testbed_.handle_network(now_, firmware::DatagramReceived{firmware::TransportId{session},
                                                           Bytes(octets.begin(), octets.end())});
  settle();
  return true;
}

bool Module::answer(std::int64_t now, std::uint32_t number, std::optional<std::string_view> text) {
  reach(now);
  const auto news = network_.answer(number, text);
  if (!news) return false;
  testbed_.handle_network(now_, *news);
  settle();
  return true;
}

}  // namespace vmodem::library
