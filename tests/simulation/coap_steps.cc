#include "tests/simulation/coap_steps.h"

#include <fmt/format.h>

#include <string_view>

namespace vmodem::simulation {
namespace {

constexpr int kClientMax = 5;
constexpr char kCtrlZ = 0x1A;
constexpr char kEscape = 0x1B;

// Servers of sim::ready_world(), and places without one.
struct Place {
  std::string_view host;
  int port;
  std::string_view psk_file;  // of a secured one
};
constexpr Place kPlaces[] = {
    {"198.51.100.7", 5683, {}},
    {"coap.sim", 5683, {}},
    {"220.180.239.212", 8028, {}},
    {"198.51.100.7", 5684, "password&736573616d65"},
    {"leshan.eclipseprojects.io", 5684, "864508030012428&313233343446473839"},
    {"198.51.100.7", 5684, "password&00"},
};
constexpr Place kNowhere[] = {{"203.0.113.9", 5683, {}},
                              {"no.such.name", 5683, {}},
                              {"127.0.0.1", 5683, {}},
                              {"2001:db8::9", 5683, {}},
                              {"224.0.1.187", 5683, {}},
                              {"a..b", 5683, {}}};

// Codes of Table 4, plausible first.
constexpr int kRequestCodes[] = {1, 1, 1, 2, 3, 4};
constexpr int kOtherCodes[] = {0, 201, 202, 203, 204, 205, 400, 404, 500, 5, 7};

constexpr std::string_view kPaths[] = {
    "test",  "separate",     "obs",  "obs-non", "large",        "validate",     "19",
    "query", "nothing/here", "time", "async",   "example_data", "large-update", "create1"};

// Mostly one of those that scripts open first.
int make_client(Dice& dice) {
  return dice.chance(0.9) ? dice.pick({0, 0, 0, 1, 1, 2}) : dice.in(0, kClientMax);
}

Step command(std::string line) {
  Step step;
  step.line = std::move(line);
  return step;
}

Step client_command(std::string line, Effect effect, int client) {
  auto step = command(std::move(line));
  step.effect = effect;
  step.client = client;
  return step;
}

Step open_step(Dice& dice, int client, const Place& place) {
  auto step =
      client_command(fmt::format("AT+QCOAPOPEN={},\"{}\",{}", client, place.host, place.port),
                     Effect::kOpen, client);
  if (dice.chance(0.7)) step.awaited = fmt::format("+QCOAPOPEN: {},", client);
  return step;
}

Step upload_psk_file(int context, std::string_view content) {
  auto step = command(fmt::format("AT+QFUPL=\"{}_server.psk\",{}", context, content.size()));
  step.data = to_bytes(content);
  return step;
}

Step path_option(Dice& dice, int client, int slot) {
  return command(fmt::format("AT+QCOAPOPTION={},0,{},11,\"{}\"", client, slot, dice.pick(kPaths)));
}

Step send_step(Dice& dice, int type, int code) {
  const int client = make_client(dice);
  const int mask = dice.pick({1, 1, 1, 3, 0, 7, 255});
  return client_command(fmt::format("AT+QCOAPSEND={},{},{},{}", client, type, code, mask),
                        Effect::kSend, client);
}

int make_type(Dice& dice) {
  return dice.pick({0, 0, 0, 0, 1, 1, 2, 3});
}

int make_code(Dice& dice) {
  return dice.chance(0.9) ? dice.pick(kRequestCodes) : dice.pick(kOtherCodes);
}

void await_outcome(Dice& dice, Step& step) {
  if (dice.chance(0.6)) step.awaited = fmt::format("+QCOAPACK: {},", step.client);
}

Bytes make_payload(Dice& dice) {
  const int size = dice.chance(0.1) ? dice.in(500, 1024) : dice.in(1, 60);
  Bytes payload;
  for (int i = 0; i < size; ++i) payload.push_back(static_cast<std::uint8_t>(dice.in(0x20, 0x7E)));
  return payload;
}

}  // namespace

std::vector<Step> make_session(Dice& dice, int client) {
  const auto& place = dice.chance(0.9) ? dice.pick(kPlaces) : dice.pick(kNowhere);
  std::vector<Step> steps;
  if (!place.psk_file.empty()) {
    if (dice.chance(0.95)) steps.push_back(upload_psk_file(client, place.psk_file));
    steps.push_back(command(fmt::format("AT+QCOAPCFG=\"dtls\",{},1,{}", client, client)));
  }
  if (dice.chance(0.4)) steps.push_back(make_transmission(dice));
  steps.push_back(open_step(dice, client, place));
  steps.push_back(path_option(dice, client, 0));
  return steps;
}

Step make_open(Dice& dice) {
  return open_step(dice, make_client(dice),
                   dice.chance(0.7) ? dice.pick(kPlaces) : dice.pick(kNowhere));
}

Step make_close(Dice& dice) {
  const int client = make_client(dice);
  auto step = client_command(fmt::format("AT+QCOAPCLOSE={}", client), Effect::kClose, client);
  if (dice.chance(0.8)) step.awaited = fmt::format("+QCOAPCLOSE: {},", client);
  return step;
}

Step make_header(Dice& dice) {
  const int client = make_client(dice);
  const int message_id = dice.chance(0.2) ? 65535 : dice.in(0, 65535);
  if (dice.chance(0.5)) return command(fmt::format("AT+QCOAPHEADER={},{},1", client, message_id));
  const int size = dice.in(0, 8);
  if (size == 0) return command(fmt::format("AT+QCOAPHEADER={},{},0", client, message_id));
  std::string token;
  for (int i = 0; i < size; ++i) token += fmt::format("{:02X}", dice.octet());
  return command(fmt::format("AT+QCOAPHEADER={},{},0,{},\"{}\"", client, message_id, size, token));
}

Step make_option(Dice& dice) {
  const int client = make_client(dice);
  const int slot = dice.in(0, 7);
  switch (dice.in(0, 6)) {
    case 0:
      return command(fmt::format("AT+QCOAPOPTION={},1,{}", client, slot));
    case 1:
      return command(fmt::format("AT+QCOAPOPTION={},0,{},6,{}", client, slot, dice.in(0, 1)));
    case 2:
      return command(fmt::format("AT+QCOAPOPTION={},0,{},12,{}", client, slot, dice.in(0, 70)));
    case 3:
      return command(
          fmt::format("AT+QCOAPOPTION={},0,{},15,\"first={}\"", client, slot, dice.in(0, 99)));
    case 4:
      return command(fmt::format("AT+QCOAPOPTION={},0,{},23,{}", client, slot, dice.in(0, 40)));
    default:
      return path_option(dice, client, slot);
  }
}

Step make_coap_configuration(Dice& dice) {
  const int client = make_client(dice);
  switch (dice.in(0, 3)) {
    case 0:
      return command(
          fmt::format("AT+QCOAPCFG=\"dtls\",{},{},{}", client, dice.in(0, 1), dice.in(0, 5)));
    case 1:
      return command(
          fmt::format("AT+QCOAPCFG=\"pdpcid\",{},{}", client, dice.pick({1, 1, 1, 2, 16})));
    case 2:
      return command(
          fmt::format("AT+QSSLCFG=\"negotiatetime\",{},{}", client, dice.pick({10, 30, 300})));
    default:
      return command(fmt::format("AT+QCOAPCFG=\"trans\",{}", client));
  }
}

Step make_transmission(Dice& dice) {
  const int timeout = dice.chance(0.9) ? dice.in(2, 8) : dice.in(9, 60);
  const int retries = dice.chance(0.9) ? dice.in(4, 6) : dice.in(7, 8);
  const int client = make_client(dice);
  auto step =
      client_command(fmt::format("AT+QCOAPCFG=\"trans\",{},{},{}", client, timeout, retries),
                     Effect::kTransmission, client);
  step.timeout_s = timeout;
  step.retry_count = retries;
  return step;
}

Step make_send_without_payload(Dice& dice) {
  const int type = make_type(dice);
  auto step = send_step(dice, type, type >= 2 ? 0 : make_code(dice));
  step.line += ",0";
  await_outcome(dice, step);
  return step;
}

Step make_send_with_payload(Dice& dice) {
  auto step = send_step(dice, make_type(dice), make_code(dice));
  step.data = make_payload(dice);
  step.data_think = dice.chance(0.5) ? Duration{} : dice.milliseconds(1, 2000);
  if (dice.chance(0.5)) {
    step.line += fmt::format(",{}", step.data.size());
  } else {
    step.is_cancelled = dice.chance(0.15);
    step.data.push_back(static_cast<std::uint8_t>(step.is_cancelled ? kEscape : kCtrlZ));
  }
  await_outcome(dice, step);
  return step;
}

Step make_implausible_coap(Dice& dice) {
  static constexpr std::string_view kLines[] = {"AT+QCOAPOPEN=6,\"198.51.100.7\",5683",
                                                "AT+QCOAPOPEN=0,\"\",5683",
                                                "AT+QCOAPOPEN=0,\"coap.sim\",0",
                                                "AT+QCOAPOPEN=0",
                                                "AT+QCOAPSEND=0,4,1,0,0",
                                                "AT+QCOAPSEND=0,0,1,256,0",
                                                "AT+QCOAPSEND=0,0,1,0,1025",
                                                "AT+QCOAPSEND=0,1,0,0,0",
                                                "AT+QCOAPSEND=0,3,1,0,0",
                                                "AT+QCOAPHEADER=0,65536,1",
                                                "AT+QCOAPHEADER=0,1,0,2,\"zz\"",
                                                "AT+QCOAPOPTION=0,0,0,9999,1",
                                                "AT+QCOAPOPTION=0,1,7",
                                                "AT+QCOAPCFG=\"trans\",0,1,5",
                                                "AT+QCOAPCFG=\"nothing\",0",
                                                "AT+QCOAPCLOSE=9",
                                                "AT+QCOAPCLOSE",
                                                "AT+QCOAPOPTION=0,0,1,11,\"a b\x7f\""};
  return command(std::string(dice.pick(kLines)));
}

}  // namespace vmodem::simulation
