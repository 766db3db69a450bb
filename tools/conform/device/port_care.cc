#include "tools/conform/device/port_care.h"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <set>

namespace vmodem::conform {
namespace {

constexpr Duration kAnswerTime = 1s;
constexpr Duration kEscapeTime = 200ms;  // where there is no prompt, nothing answers it
constexpr Duration kBootTime = 60s;
constexpr Duration kSearchTime = 180s;
constexpr Duration kPollTime = 1s;
constexpr Duration kQuietTime = 300ms;
constexpr int kWakingTries = 5;

Instant wall() {
  return Instant(
      std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

// True where octets wait before the time is over.
Expected<bool, BackendError> wait_for(int fd, short events, Duration time_max) {
  pollfd waiting{.fd = fd, .events = events, .revents = 0};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time_max).count();
  const int ready = poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(ms, 0)));
  if (ready < 0 && errno != EINTR) return failed(std::strerror(errno));
  return ready > 0;
}

bool has_final_result(std::string_view text) {
  constexpr std::array<std::string_view, 3> kResults{"\r\nOK\r\n", "\r\nERROR\r\n",
                                                     "\r\n+CME ERROR: "};
  return std::ranges::any_of(kResults, [&](std::string_view result) {
    return text.find(result) != std::string_view::npos;
  });
}

// 27.007 §7.2, §10.1.22: registered at home, or roaming.
bool is_registered(std::string_view answer) {
  return answer.find(",1\r\n") != std::string_view::npos ||
         answer.find(",5\r\n") != std::string_view::npos ||
         answer.find(",1,") != std::string_view::npos ||
         answer.find(",5,") != std::string_view::npos;
}

// Names in quotes, as they stand in commands.
std::set<std::string> files_made_by(const Script& script) {
  std::set<std::string> names;
  for (const auto& step : script.steps) {
    if (!std::holds_alternative<SendSerial>(step.action)) continue;
    for (const std::string_view command : {"AT+QFUPL=\"", "AT+QFOPEN=\""}) {
      const auto begin = step.text.find(command);
      if (begin == std::string::npos) continue;
      const auto name = begin + command.size() - 1;
      const auto end = step.text.find('"', name + 1);
      if (end != std::string::npos) names.insert(step.text.substr(name, end + 1 - name));
    }
  }
  return names;
}

}  // namespace

Duration PortCare::scaled(Duration duration) const {
  return std::chrono::duration_cast<Duration>(duration * options_.timeout_scale);
}

Done PortCare::open() {
  line_.reset();
  auto line = Line::open(port_.place, port_.baud);
  if (!line) return unexpected(line.error());
  line_.emplace(std::move(*line));
  return {};
}

Expected<std::string, BackendError> PortCare::read_until(std::string_view text, Duration time_max) {
  std::string heard;
  const auto end = wall() + time_max;
  while (wall() < end && (text.empty() || heard.find(text) == std::string::npos)) {
    const auto is_there = wait_for(line_->fd(), POLLIN, end - wall());
    if (!is_there) return unexpected(is_there.error());
    if (!*is_there) break;
    if (const auto read = line_->read(heard); !read) return unexpected(read.error());
  }
  return heard;
}

Expected<std::string, BackendError> PortCare::ask(std::string_view command, Duration time_max) {
  const auto line = fmt::format("{}\r", command);
  for (auto octets = as_bytes(line); !octets.empty();) {
    const auto written = line_->write(octets);
    if (!written) return unexpected(written.error());
    octets = octets.subspan(*written);
    if (*written > 0) continue;
    const auto is_ready = wait_for(line_->fd(), POLLOUT, scaled(kAnswerTime));
    if (!is_ready) return unexpected(is_ready.error());
    if (!*is_ready) return failed("the module does not read");
  }
  std::string heard;
  const auto end = wall() + time_max;
  while (wall() < end && !has_final_result(heard)) {
    const auto is_there = wait_for(line_->fd(), POLLIN, end - wall());
    if (!is_there) return unexpected(is_there.error());
    if (!*is_there) break;
    if (const auto read = line_->read(heard); !read) return unexpected(read.error());
  }
  return heard;
}

// The first AT may end a line or a prompt that a case has left open.
Expected<bool, BackendError> PortCare::is_awake() {
  for (int i = 0; i < kWakingTries; ++i) {
    const auto answer = i == 0 ? ask("\x1B", scaled(kEscapeTime)) : ask("AT", scaled(kAnswerTime));
    if (!answer) return unexpected(answer.error());
    if (i > 0 && answer->find("OK") != std::string::npos) return true;
  }
  return false;
}

Done PortCare::boot() {
  const auto awake = is_awake();
  if (!awake) return unexpected(awake.error());
  if (!*awake) return failed(port_.place + ": the module does not answer");
  if (options_.reset == Reset::kNone) return {};
  const auto answer = ask("AT+CFUN=1,1", scaled(15s));
  if (!answer) return unexpected(answer.error());
  if (answer->find("OK") == std::string::npos) {
    return failed(port_.place + ": the module refuses to reset");
  }
  const auto booted = answer->find("APP RDY") == std::string::npos
                          ? read_until("APP RDY", scaled(kBootTime))
                          : answer;
  if (!booted) return unexpected(booted.error());
  // What else a start tells comes meanwhile, and is nobody's answer.
  for (auto heard = read_until("", kQuietTime); heard && !heard->empty();) {
    heard = read_until("", kQuietTime);
  }
  const auto after = is_awake();
  if (!after) return unexpected(after.error());
  return *after ? Done{} : failed(port_.place + ": the module does not come back from a reset");
}

Done PortCare::prepare() {
  if (!line_) {
    if (auto opened = open(); !opened) return opened;
  }
  auto booted = boot();
  if (!booted && !options_.power_cycle.empty()) {
    line_.reset();
    const int status = std::system(options_.power_cycle.c_str());
    if (status != 0) return failed(fmt::format("'{}' failed", options_.power_cycle));
    const auto end = wall() + scaled(kBootTime);
    do {
      booted = open();
      if (booted) booted = boot();
    } while (!booted && wall() < end && wait_for(-1, 0, kPollTime));
  }
  line_.reset();  // the case opens it
  return booted;
}

Done PortCare::delete_files(const Script& script) {
  const auto names = files_made_by(script);
  if (names.empty()) return {};
  if (auto opened = open(); !opened) return opened;
  for (const auto& name : names) {
    const auto answer = ask(fmt::format("AT+QFDEL={}", name), scaled(kAnswerTime));
    if (!answer) return unexpected(answer.error());
  }
  line_.reset();
  return {};
}

Expected<std::optional<std::string>, BackendError> PortCare::lacks(const std::vector<Need>& needs) {
  if (needs.empty()) return std::optional<std::string>{};
  if (auto opened = open(); !opened) return unexpected(opened.error());
  std::optional<std::string> lacking;
  for (const auto need : needs) {
    const bool is_card = need == Need::kCard;
    const auto end = wall() + scaled(is_card ? kAnswerTime : kSearchTime);
    bool is_there = false;
    while (!is_there) {
      const auto answer = ask(is_card ? "AT+CPIN?" : "AT+CEREG?", scaled(kAnswerTime));
      if (!answer) return unexpected(answer.error());
      is_there = is_card ? answer->find("READY") != std::string::npos : is_registered(*answer);
      if (is_there || wall() >= end) break;
      if (const auto waited = wait_for(-1, 0, kPollTime); !waited)
        return unexpected(waited.error());
    }
    if (!is_there) lacking = is_card ? "no card that is ready" : "the module is not registered";
  }
  line_.reset();
  return lacking;
}

}  // namespace vmodem::conform
