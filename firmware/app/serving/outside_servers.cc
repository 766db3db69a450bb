#include "firmware/app/serving/outside_servers.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "coap_core/codec.h"
#include "firmware/app/serving/plan.h"
#include "firmware/base/check.h"
#include "firmware/base/printable.h"
#include "firmware/configuration/texts/internet.h"
#include "net/sim/site/request.h"

namespace vmodem::app {
namespace {

constexpr Tag kSocketsTag{Source::kOutside, 0};
constexpr Tag kTimerTag{Source::kOutside, 1};
constexpr std::size_t kPathSizeMax = 200;

std::string host_name(const sim::WorldConfig& world, const net::IpAddress& address) {
  for (const auto& host : world.hosts) {
    const bool is_there = std::ranges::find(host.addresses, address) != host.addresses.end();
    if (is_there && !host.names.empty()) return host.names.front();
  }
  return to_string(address);
}

itimerspec to_timer(Duration delay) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(delay);
  itimerspec timer{};
  timer.it_value.tv_sec = seconds.count();
  timer.it_value.tv_nsec = static_cast<long>(std::chrono::nanoseconds(delay - seconds).count());
  return timer;
}

// Never a payload: an answer may be a key.
std::string words_of(const sim::WorldEvent& event) {
  const auto message = coap::decode(event.message);
  if (!message) return std::string(describe(event.kind));
  sim::Request request;
  request.assign(*message);
  return fmt::format("{} /{} of {} octets", method_text(request.code),
                     printable(request.path, kPathSizeMax), request.payload.size());
}

}  // namespace

OutsideServers::OutsideServers(std::uint64_t seed, Poller& poller, Log& log)
    : poller_(poller),
      log_(log),
      random_(seed),
      timer_(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
}

Expected<std::unique_ptr<OutsideServers>, std::string> OutsideServers::open(const Config& config,
                                                                            std::uint64_t seed,
                                                                            Poller& poller,
                                                                            Log& log) {
  if (config.serve.addresses.empty()) return nullptr;
  std::unique_ptr<OutsideServers> outside(new OutsideServers(seed, poller, log));
  if (!outside->timer_.is_open()) return unexpected(net::last_error().message());

  auto world = config.internet.world();
  const auto servings = plan_serving(config, world);
  std::vector<std::string> hosts;
  for (const auto& serving : servings) hosts.push_back(host_name(world, serving.server.address));
  auto served = net::ServedWorld::open(std::move(world), servings, outside->random_);
  if (!served) return unexpected(std::move(served.error()));

  outside->served_ = std::move(*served);
  outside->served_->world().keep_messages();
  const auto& places = outside->served_->places();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto* const scheme = places[i].is_secured ? "coaps" : "coap";
    outside->addresses_.push_back(
        {std::move(hosts[i]), fmt::format("{}://{}", scheme, to_string(places[i].at))});
  }
  poller.watch(outside->served_->fd(), kSocketsTag);
  poller.watch(outside->timer_.get(), kTimerTag);
  outside->arm();
  return outside;
}

OutsideServers::~OutsideServers() {
  if (!served_) return;
  poller_.forget(served_->fd());
  poller_.forget(timer_.get());
}

void OutsideServers::handle_ready() {
  const auto now = wall_.now();
  served_->handle_readable(now);
  served_->handle_timeout(now);
  while (const auto event = served_->poll_event()) tell(*event);
  if (const auto count = served_->unsent_count(); count > unsent_told_) {
    log_.format(LogLevel::kInfo, "serve: {} datagrams not sent, of all", count);
    unsent_told_ = count;
  }
  arm();
}

std::string_view OutsideServers::name_of(const net::Endpoint& server) const {
  const auto& places = served_->places();
  const auto place = std::ranges::find(places, server, &net::ServedPlace::server);
  return place == places.end() ? std::string_view("?")
                               : addresses_[static_cast<std::size_t>(place - places.begin())].uri;
}

void OutsideServers::tell(const sim::WorldEvent& event) {
  const bool is_request = event.kind == sim::WorldEventKind::kRequest;
  const auto level = is_request ? LogLevel::kInfo : LogLevel::kDebug;
  if (!log_.is_enabled(level)) return;
  const auto words = is_request ? words_of(event) : std::string(describe(event.kind));
  log_.format(level, "serve {}: {}: {}", name_of(event.server), to_string(event.peer), words);
}

// A deadline that is over makes it ready at once.
void OutsideServers::arm() {
  itimerspec timer{};
  if (const auto due = served_->poll_timeout()) {
    timer = to_timer(std::max<Duration>(*due - wall_.now(), std::chrono::nanoseconds(1)));
  }
  BG_CHECK(::timerfd_settime(timer_.get(), 0, &timer, nullptr) == 0, "the time is in its range");
}

}  // namespace vmodem::app
