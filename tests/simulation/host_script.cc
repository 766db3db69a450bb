#include "tests/simulation/host_script.h"

#include <fmt/format.h>

#include <string_view>

#include "tests/simulation/coap_steps.h"
#include "tests/simulation/plain_steps.h"

namespace vmodem::simulation {
namespace {

using Maker = Step (*)(Dice&);

enum Trait : unsigned {
  kAlways = 0,
  kNeedsData = 1U << 0,  // only hosts that wait for a prompt
  kSetsMessageId = 1U << 1,
  kSwitchesOff = 1U << 2,
  kMovesRadio = 1U << 3,
};

struct Choice {
  int weight;
  unsigned traits;
  Maker make;
};

constexpr Choice kChoices[] = {
    {40, kNeedsData, make_send_with_payload},
    {40, kAlways, make_send_without_payload},
    {12, kAlways, make_open},
    {5, kAlways, make_close},
    {8, kSetsMessageId, make_header},
    {9, kAlways, make_option},
    {5, kAlways, make_coap_configuration},
    {5, kAlways, make_transmission},
    {6, kAlways, make_implausible_coap},
    {8, kAlways, make_query},
    {5, kAlways, make_setting},
    {4, kAlways, make_rubbish},
    {4, kAlways, make_question},
    {3, kNeedsData, make_upload},
    {3, kAlways, make_file_command},
    {2, kNeedsData, make_download},
    {3, kMovesRadio, make_radio_change},
    {3, kMovesRadio, make_context_change},
    {1, kSwitchesOff, make_switch_off},
};

unsigned forbidden(const ScriptTraits& traits) {
  unsigned bits = 0;
  if (traits.host == HostKind::kHasty) bits |= kNeedsData;
  if (!traits.sets_message_ids) bits |= kSetsMessageId;
  if (!traits.switches_off) bits |= kSwitchesOff;
  if (!traits.moves_radio) bits |= kMovesRadio;
  return bits;
}

Step make_step(Dice& dice, const ScriptTraits& traits) {
  const auto excluded = forbidden(traits);
  int total = 0;
  for (const auto& choice : kChoices) {
    if ((choice.traits & excluded) == 0) total += choice.weight;
  }
  int rest = dice.in(1, total);
  for (const auto& choice : kChoices) {
    if ((choice.traits & excluded) != 0) continue;
    rest -= choice.weight;
    if (rest <= 0) return choice.make(dice);
  }
  return {};
}

Duration make_think_time(Dice& dice, HostKind host) {
  if (host == HostKind::kHasty && dice.chance(0.7)) return {};
  if (dice.chance(0.3)) return {};
  if (dice.chance(0.1)) return dice.milliseconds(1000, 120'000);
  return dice.milliseconds(1, 3000);
}

}  // namespace

std::vector<Step> make_script(Dice& dice, const ScriptTraits& traits) {
  std::vector<Step> steps;
  // Most hosts come to talk.
  const int clients = dice.pick({0, 1, 1, 2, 2, 3, 3, 3});
  for (int client = 0; client < clients; ++client) {
    for (auto& step : make_session(dice, client)) {
      const bool needs_data = step.line.starts_with("AT+QFUPL");
      if (needs_data && traits.host == HostKind::kHasty) continue;
      steps.push_back(std::move(step));
    }
  }
  const int count = dice.in(5, 60);
  for (int i = 0; i < count; ++i) steps.push_back(make_step(dice, traits));
  for (auto& step : steps) step.think = make_think_time(dice, traits.host);
  return steps;
}

Bytes make_noise(Dice& dice) {
  static constexpr std::string_view kPieces[] = {"AT",
                                                 "\r",
                                                 "\n",
                                                 "+QCOAPSEND=0,0,1,0\r",
                                                 "\x1a",
                                                 "\x1b",
                                                 "A/",
                                                 "+++",
                                                 "\"",
                                                 ",",
                                                 ";",
                                                 "ATV0\r",
                                                 "ATQ1\r",
                                                 "ATS3=10\r",
                                                 "ATS4=0\r",
                                                 "ATS5=65\r",
                                                 "AT+QFUPL=\"x\",20\r",
                                                 "\x08\x08",
                                                 "ATE0;+CSQ\r",
                                                 "AT+QCOAPOPEN=1,\"198.51.100.7\",5683\r",
                                                 "AT+QCOAPOPEN?\r",
                                                 "AT&F\r",
                                                 "ATZ\r",
                                                 "AT+QPOWD\r"};
  Bytes noise;
  const int count = dice.in(1, 12);
  for (int i = 0; i < count; ++i) {
    if (dice.chance(0.3)) {
      for (int n = dice.in(1, 30); n > 0; --n) noise.push_back(dice.octet());
    } else {
      const auto piece = as_bytes(dice.pick(kPieces));
      noise.insert(noise.end(), piece.begin(), piece.end());
    }
  }
  return noise;
}

}  // namespace vmodem::simulation
