#include "tools/conform/survey/interview.h"

#include <fmt/format.h>

#include <algorithm>

#include "coap_core/codec.h"
#include "firmware/base/duration_text.h"

namespace vmodem::conform {
namespace {

// The note's maximum response times of AT+QCOAPOPEN and AT+QCOAPCLOSE, and of AT+QIACT.
constexpr Duration kOpenTime = 80s;
constexpr Duration kActivationTime = 150s;
constexpr Duration kSearchTime = 180s;
constexpr Duration kPollTime = 1s;
constexpr Duration kWakingTime = 2s;
constexpr int kWakingTries = 3;
constexpr std::string_view kKnownQuestion = "AT+QCOAPCFG=\"pdpcid\",0";
constexpr std::string_view kKnownAnswer = "+QCOAPCFG: \"pdpcid\"";

bool is_registered(const std::string& line) {
  for (const std::string_view state : {",1", ",5"}) {
    const auto at = line.find(state);
    if (at != std::string::npos && (at + 2 == line.size() || line[at + 2] == ',')) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> Interview::resynchronise() {
  return dialogue.ask_past(kKnownQuestion, kKnownAnswer);
}

bool Interview::wakes() {
  for (int i = 0; i < kWakingTries; ++i) {
    if (dialogue.trouble()) return false;
    if (i > 0) dialogue.type("\x1B\r");
    // The first may end a line that was half typed, and both answer a prompt.
    (void)dialogue.ask("ATE0", kWakingTime);
    if (!dialogue.ask(kKnownQuestion, kWakingTime).lines.empty()) return true;
  }
  return false;
}

bool Interview::registers() {
  const auto end = dialogue.now() + kSearchTime;
  while (!dialogue.trouble()) {
    const auto reply = dialogue.ask("AT+CEREG?");
    if (std::ranges::any_of(reply.lines, is_registered)) return true;
    if (dialogue.now() >= end) return false;
    dialogue.wait(kPollTime);
  }
  return false;
}

bool Interview::activate() {
  const auto reply = dialogue.ask("AT+QIACT?");
  const auto is_active = std::ranges::any_of(
      reply.lines, [](const std::string& line) { return line.starts_with("+QIACT: 1,1"); });
  if (is_active) return true;
  const auto activation = dialogue.ask("AT+QIACT=1", kActivationTime);
  if (activation.is_ok()) findings.times.try_emplace("AT+QIACT=1", activation.took);
  return activation.is_ok();
}

std::optional<std::string> Interview::open(int client, std::size_t peer) {
  const auto begin = dialogue.now();
  const auto reply = dialogue.ask(
      fmt::format("AT+QCOAPOPEN={},\"{}\",{}", client, meeting.host, meeting.ports[peer]));
  if (!reply.is_ok()) return std::nullopt;
  const auto start = fmt::format("+QCOAPOPEN: {},", client);
  const auto line = dialogue.await_line(start, kOpenTime);
  if (!line) return std::nullopt;
  if (line->text == start + "0") findings.times.try_emplace("AT+QCOAPOPEN", line->at - begin);
  return line->text.substr(start.size());
}

bool Interview::has_session(int client, std::size_t peer) {
  const auto reply = dialogue.ask("AT+QCOAPOPEN?");
  const auto start = fmt::format("+QCOAPOPEN: {},", client);
  const auto is_open = [&](const std::string& line) {
    return line.starts_with(start) && line.ends_with(",3");
  };
  if (std::ranges::any_of(reply.lines, is_open)) return true;
  return activate() && open(client, peer) == "0";
}

std::optional<Duration> Interview::close(int client) {
  if (!dialogue.ask(fmt::format("AT+QCOAPCLOSE={}", client)).is_ok()) return std::nullopt;
  const auto begin = dialogue.now();
  const auto line = dialogue.await_line(fmt::format("+QCOAPCLOSE: {},", client), kOpenTime);
  if (!line) return std::nullopt;
  return std::max(line->at - begin, Duration::zero());
}

std::uint16_t Interview::preset(int client) {
  const auto id = next_id_++;
  (void)dialogue.ask(fmt::format("AT+QCOAPHEADER={},{},1", client, id));
  return id;
}

std::string Interview::post(int client, coap::Type type, int code, int mask,
                            std::string_view payload) {
  dialogue.type(fmt::format("AT+QCOAPSEND={},{},{},{},{}\r", client, static_cast<int>(type), code,
                            mask, payload.size()));
  const auto begin = dialogue.now();
  const auto prompt = dialogue.await_prompt();
  if (prompt) {
    findings.times.try_emplace("the prompt of AT+QCOAPSEND", dialogue.now() - begin);
    dialogue.type(payload);
  }
  return dialogue.await_result();
}

std::optional<coap::Message> Interview::hear(std::size_t peer) {
  return hear(peer, dialogue.patience().answer);
}

std::optional<coap::Message> Interview::hear(std::size_t peer, Duration time_max) {
  const auto end = dialogue.now() + time_max;
  while (const auto heard =
             dialogue.await_datagram(peer, std::max(end - dialogue.now(), Duration::zero()))) {
    const auto message = coap::decode(heard->octets);
    if (message) return message->to_message();
  }
  return std::nullopt;
}

std::optional<coap::Message> Interview::request(coap::Type type, int mask) {
  dialogue.drop_datagrams(kServer);
  (void)preset(0);
  (void)post(0, type, 1, mask);
  return hear(kServer);
}

void Interview::say(const coap::Message& message, std::size_t peer) {
  dialogue.send(peer, coap::encode(message));
}

coap::Message Interview::response(const coap::Message& request, std::string_view payload) {
  return {.type = coap::Type::kNonConfirmable,
          .code = coap::Code::kContent,
          .message_id = server_message_id(),
          .token = request.token,
          .options = {},
          .payload = Bytes(payload.begin(), payload.end())};
}

std::vector<coap::Message> Interview::fence() {
  const coap::Message ping{.message_id = server_message_id()};
  say(ping);
  std::vector<coap::Message> before;
  while (auto message = hear(kServer)) {
    if (message->type == coap::Type::kReset && message->message_id == ping.message_id) break;
    before.push_back(std::move(*message));
  }
  (void)dialogue.ask("AT");
  return before;
}

void Interview::keep(const HeardLine& line) {
  secured.result = line.text;
  secured.ended = line.at;
}

void Interview::tidy() {
  for (const auto& line : dialogue.take_lines()) {
    if (secured.is_open && line.text.starts_with("+QCOAPOPEN: 5,")) keep(line);
  }
  dialogue.drop_datagrams(kServer);
}

std::string Interview::in_steps(Duration duration) const {
  return duration_text(duration / meeting.resolution * meeting.resolution);
}

}  // namespace vmodem::conform
