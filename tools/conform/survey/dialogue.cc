#include "tools/conform/survey/dialogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace vmodem::conform {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_final_result(std::string_view text) {
  constexpr std::array<std::string_view, 4> kResults{"OK", "ERROR", "CONNECT", "NO CARRIER"};
  return std::ranges::find(kResults, text) != kResults.end() || text.starts_with("+CME ERROR:");
}

template <class Iterator>
Iterator find_result(Iterator begin, Iterator end) {
  return std::find_if(begin, end, [](const HeardLine& line) { return is_final_result(line.text); });
}

// The note §3.4, and +QCOAPOPEN with a result in place of a server.
bool is_urc(std::string_view text) {
  constexpr std::array<std::string_view, 4> kUrcs{
      "+QCOAPACK: ", "+QCOAPIND: ", "+QCOAPRECV: ", "+QCOAPCLOSE: "};
  const auto begins = [&](std::string_view start) { return text.starts_with(start); };
  if (std::ranges::any_of(kUrcs, begins)) return true;
  return begins("+QCOAPOPEN: ") && text.find('"') == std::string_view::npos &&
         std::ranges::count(text, ',') == 1;
}

// The note's commands and URCs; another that sounds like one is a stray.
bool is_known(std::string_view text) {
  constexpr std::array<std::string_view, 9> kKnown{"CFG",  "OPEN", "CLOSE", "HEADER", "OPTION",
                                                   "SEND", "ACK",  "IND",   "RECV"};
  return std::ranges::any_of(kKnown, [&](std::string_view name) {
    return text.starts_with(fmt::format("+QCOAP{}: ", name));
  });
}

bool answers(std::string_view command, std::string_view text) {
  const auto colon = text.find(':');
  if (!text.starts_with('+') || colon == std::string_view::npos) return !text.starts_with('+');
  return command.find(text.substr(0, colon)) != std::string_view::npos;
}

std::size_t payload_size(std::string_view header) {
  std::size_t size = 0;
  const auto text = header.substr(header.rfind(',') + 1);
  std::from_chars(text.data(), text.data() + text.size(), size);
  return size;
}

}  // namespace

std::string Reply::text() const {
  std::string text;
  for (const auto& line : lines) text += line + ", ";
  return text + (result.empty() ? "nothing" : result);
}

Dialogue::Dialogue(Backend& backend, std::size_t peer_count, Patience patience)
    : backend_(backend), patience_(patience), arrivals_(peer_count) {
  inbox_.datagrams.resize(peer_count);
}

void Dialogue::judge(const Done& done) {
  if (!done && !trouble_) trouble_ = done.error().what;
}

void Dialogue::pump(Instant end) {
  judge(backend_.run_until_heard(inbox_, end));
  inbox_.remarks.clear();
  heard_at_ = backend_.now();
  for (std::size_t i = 0; i < arrivals_.size(); ++i) {
    arrivals_[i].resize(inbox_.datagrams[i].size(), heard_at_);
  }
  absorb();
}

bool Dialogue::until(const Condition& is_met, Duration time_max) {
  const auto end = backend_.now() + time_max;
  pump(backend_.now());
  while (!is_met()) {
    if (trouble_ || backend_.now() >= end) return false;
    pump(end);
  }
  return true;
}

bool Dialogue::absorb_line() {
  std::string_view rest = inbox_.serial;
  const auto start = rest.starts_with(kLineEnd) ? kLineEnd.size() : 0;
  const auto end = rest.find(kLineEnd, start);
  if (end == std::string_view::npos) return false;
  HeardLine line{.text = std::string(rest.substr(start, end - start)),
                 .at = heard_at_,
                 .number = line_count_++};
  auto size = end + kLineEnd.size();
  if (line.text.starts_with("+QCOAPRECV: ")) {
    const auto payload = payload_size(line.text);
    const auto whole = size + payload + (payload > 0 ? kLineEnd.size() : 0);
    if (rest.size() < whole) return false;
    line.payload = std::string(rest.substr(size, payload));
    size = whole;
  }
  inbox_.serial.erase(0, size);
  if (line.text.empty()) return true;
  lines_.push_back(std::move(line));
  return true;
}

void Dialogue::absorb() {
  while (absorb_line()) {
  }
}

void Dialogue::set_aside(std::string_view command, HeardLine line) {
  if (is_urc(line.text)) {
    lines_.push_back(std::move(line));
    return;
  }
  const bool is_coap = line.text.starts_with('+') && line.text.find("COAP") != std::string::npos;
  if (!is_coap || is_known(line.text)) return;
  const auto name = line.text.substr(0, line.text.find(':'));
  const bool is_new = std::ranges::none_of(
      strays_, [&](const std::string& stray) { return stray.starts_with(name + ":"); });
  if (is_new) strays_.push_back(fmt::format("{}: {} (about {})", name, line.text, command));
}

void Dialogue::sort_out(std::string_view command, Reply& reply, std::vector<HeardLine> lines) {
  for (auto& line : lines) {
    if (!is_urc(line.text) && answers(command, line.text)) {
      reply.lines.push_back(std::move(line.text));
    } else {
      set_aside(command, std::move(line));
    }
  }
}

Reply Dialogue::ask(std::string_view command, std::optional<Duration> time_max) {
  pump(backend_.now());
  for (auto& line : take_lines()) set_aside(command, std::move(line));
  std::vector<HeardLine> earlier(lines_.begin(), lines_.end());
  lines_.clear();
  const auto begin = backend_.now();
  type(std::string(command) + "\r");
  const auto find = [&] { return find_result(lines_.begin(), lines_.end()); };
  (void)until([&] { return find() != lines_.end(); }, time_max.value_or(patience_.answer));
  Reply reply{.took = backend_.now() - begin};
  const auto result = find();
  std::vector<HeardLine> before(lines_.begin(), result);
  std::vector<HeardLine> behind;
  if (result != lines_.end()) {
    reply.result = result->text;
    behind.assign(std::next(result), lines_.end());
  }
  lines_.assign(earlier.begin(), earlier.end());
  sort_out(command, reply, std::move(before));
  lines_.insert(lines_.end(), behind.begin(), behind.end());
  return reply;
}

void Dialogue::type(std::string_view octets) {
  if (!trouble_) judge(backend_.send_serial(inbox_, as_bytes(octets)));
}

std::string Dialogue::await_result(std::optional<Duration> time_max) {
  const auto find = [&] { return find_result(lines_.begin(), lines_.end()); };
  if (!until([&] { return find() != lines_.end(); }, time_max.value_or(patience_.answer)))
    return {};
  const auto found = find();
  auto text = std::move(found->text);
  lines_.erase(found);
  return text;
}

std::vector<std::string> Dialogue::ask_past(std::string_view command, std::string_view known) {
  type(std::string(command) + "\r");
  const auto answer = [&] {
    return std::ranges::find_if(
        lines_, [&](const HeardLine& line) { return line.text.starts_with(known); });
  };
  const auto result = [&] { return find_result(answer(), lines_.end()); };
  (void)until([&] { return result() != lines_.end(); }, patience_.answer);
  std::vector<std::string> before;
  std::vector<HeardLine> heard(lines_.begin(), lines_.end());
  const auto split = answer() - lines_.begin();
  lines_.clear();
  for (std::size_t i = 0; i < heard.size(); ++i) {
    const bool is_before = static_cast<std::ptrdiff_t>(i) < split;
    if (is_before && is_final_result(heard[i].text)) before.push_back(heard[i].text);
    set_aside(command, std::move(heard[i]));
  }
  return before;
}

std::optional<std::string> Dialogue::await_prompt(bool waits_for_blank) {
  const auto has_prompt = [&] {
    const std::string_view rest = inbox_.serial;
    return rest.starts_with('>') || rest.starts_with("\r\n>");
  };
  const auto has_result = [&] { return find_result(lines_.begin(), lines_.end()) != lines_.end(); };
  (void)until([&] { return has_prompt() || has_result(); }, patience_.answer);
  if (!has_prompt()) return std::nullopt;
  if (waits_for_blank && inbox_.serial.ends_with('>')) pump(backend_.now() + patience_.silence);
  const auto end = inbox_.serial.find('>');
  const auto size = end + (inbox_.serial.substr(end + 1).starts_with(' ') ? 2 : 1);
  auto prompt = inbox_.serial.substr(0, size);
  inbox_.serial.erase(0, size);
  return prompt;
}

std::optional<HeardLine> Dialogue::await_line(std::string_view start, Duration time_max) {
  const auto find = [&] {
    return std::ranges::find_if(
        lines_, [&](const HeardLine& line) { return line.text.starts_with(start); });
  };
  if (!until([&] { return find() != lines_.end(); }, time_max)) return std::nullopt;
  const auto found = find();
  auto line = std::move(*found);
  lines_.erase(found);
  return line;
}

std::vector<HeardLine> Dialogue::take_lines() {
  std::vector<HeardLine> lines(lines_.begin(), lines_.end());
  lines_.clear();
  return lines;
}

std::optional<HeardDatagram> Dialogue::await_datagram(std::size_t peer, Duration time_max) {
  auto& queue = inbox_.datagrams[peer];
  if (!until([&] { return !queue.empty(); }, time_max)) return std::nullopt;
  HeardDatagram heard{std::move(queue.front()), arrivals_[peer].front()};
  queue.pop_front();
  arrivals_[peer].pop_front();
  backend_.handle_expected(peer);
  return heard;
}

void Dialogue::drop_datagrams(std::size_t peer) {
  while (await_datagram(peer, Duration::zero())) {
  }
}

void Dialogue::send(std::size_t peer, ByteView datagram) {
  if (!trouble_) judge(backend_.send_datagram(inbox_, peer, datagram));
}

void Dialogue::wait(Duration duration) {
  (void)until([] { return false; }, duration);
}

}  // namespace vmodem::conform
