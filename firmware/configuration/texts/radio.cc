#include "firmware/configuration/texts/radio.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "firmware/base/duration_text.h"
#include "firmware/configuration/texts/rules.h"
#include "firmware/configuration/texts/words.h"

namespace vmodem::app {
namespace {

using firmware::Access;
using firmware::Coverage;
using firmware::NetworkStage;
using firmware::Operator;
using firmware::RadioConfig;
using firmware::Technology;

constexpr std::array<Word<Technology>, 3> kTechnologies{{
    {Technology::kEgprs, "egprs"},
    {Technology::kEmtc, "emtc"},
    {Technology::kNbIot, "nb-iot"},
}};
constexpr std::array<Word<Access>, 3> kAccesses{{
    {Access::kHome, "home"},
    {Access::kPartner, "partner"},
    {Access::kForbidden, "forbidden"},
}};
constexpr std::array<Word<Coverage>, 6> kCoverages{{
    {Coverage::kSearching, "searching"},
    {Coverage::kHome, "home"},
    {Coverage::kRoaming, "roaming"},
    {Coverage::kDenied, "denied"},
    {Coverage::kUnknown, "unknown"},
    {Coverage::kLost, "lost"},
}};

constexpr std::size_t kOperatorNameSizeMax = 32;
constexpr int kChannelMax = 262143;  // 3GPP TS 36.101 §5.7.3
constexpr int kCauseMax = 255;
constexpr auto kStageMax = 24h;

bool set_name(std::string_view text, std::string& name) {
  const auto is_allowed = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ';'; };
  if (text.empty() || text.size() > kOperatorNameSizeMax || !std::ranges::all_of(text, is_allowed)) {
    return false;
  }
  name = text;
  return true;
}

bool set_numeric(std::string_view text, std::string& numeric) {
  if (text.size() < 5 || text.size() > 6 || !is_digits(text)) return false;
  numeric = text;
  return true;
}

bool set_hex(std::string_view text, std::size_t min, std::size_t max, std::string& digits) {
  std::string upper(text);
  for (auto& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  if (upper.size() < min || upper.size() > max) return false;
  if (upper.find_first_not_of("0123456789ABCDEF") != std::string::npos) return false;
  digits = std::move(upper);
  return true;
}

// "LTE BAND 3", or "LTE BAND 3+" where the other bands have a cell of the operator, too.
bool set_band(std::string_view text, Operator& one) {
  one.is_on_every_band = text.ends_with('+');
  if (one.is_on_every_band) text.remove_suffix(1);
  return set_name(text, one.cell.band);
}

// The fields of an operator in their order.
constexpr bool (*kOperatorFields[])(Operator&, std::string_view) = {
    [](Operator& one, std::string_view text) { return set_name(text, one.long_name); },
    [](Operator& one, std::string_view text) { return set_name(text, one.short_name); },
    [](Operator& one, std::string_view text) { return set_numeric(text, one.numeric); },
    [](Operator& one, std::string_view text) {
      return set_word(kTechnologies, text, one.technology);
    },
    [](Operator& one, std::string_view text) { return set_word(kAccesses, text, one.access); },
    [](Operator& one, std::string_view text) { return set_hex(text, 4, 4, one.cell.area_code); },
    [](Operator& one, std::string_view text) { return set_hex(text, 1, 8, one.cell.id); },
    [](Operator& one, std::string_view text) { return set_hex(text, 2, 2, one.cell.routing_area); },
    [](Operator& one, std::string_view text) { return set_band(text, one); },
    [](Operator& one, std::string_view text) {
      return set_number(text, 0, kChannelMax, one.cell.channel);
    },
};
constexpr std::size_t kFieldsMin = 5;

std::optional<NetworkStage> parse_stage(std::string_view text) {
  auto words = words_of(text);
  NetworkStage stage;
  if (words.empty() || !set_word(kCoverages, words.front(), stage.coverage)) return std::nullopt;

  words.erase(words.begin());
  const bool has_cause = stage.coverage == Coverage::kDenied && !words.empty() &&
                         set_number(words.front(), 1, kCauseMax, stage.reject_cause);
  if (has_cause) words.erase(words.begin());
  if (words.empty()) return stage;

  const auto duration = parse_duration(words.front());
  if (words.size() > 1 || !duration || *duration < 1ms || *duration > kStageMax) {
    return std::nullopt;
  }
  stage.duration = *duration;
  return stage;
}

}  // namespace

std::string allowed_operators() {
  return "entries separated by \";\", each LONG NAME, SHORT NAME, MCC and MNC, egprs or emtc or "
         "nb-iot, home or partner or forbidden, and of its cell, where it is not the default one, "
         "AREA CODE, ID, ROUTING AREA, BAND (with + behind it: and a cell on every other band), "
         "CHANNEL; as Vodafone, VF, 26202, nb-iot, home, 00C3";
}

bool add_operator(RadioConfig& config, std::string_view text) {
  const auto fields = split(text, ',');
  if (fields.size() < kFieldsMin || fields.size() > std::size(kOperatorFields)) return false;
  Operator added;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!kOperatorFields[i](added, fields[i])) return false;
  }
  config.operators.push_back(std::move(added));
  return true;
}

std::vector<std::string> operator_texts(const RadioConfig& config) {
  std::vector<std::string> texts;
  for (const auto& one : config.operators) {
    texts.push_back(fmt::format("{}, {}, {}, {}, {}, {}, {}, {}, {}{}, {}", one.long_name,
                                one.short_name, one.numeric, word_of(kTechnologies, one.technology),
                                word_of(kAccesses, one.access), one.cell.area_code, one.cell.id,
                                one.cell.routing_area, one.cell.band,
                                one.is_on_every_band ? "+" : "", one.cell.channel));
  }
  return texts;
}

std::string allowed_timeline() {
  return fmt::format(
      "stages separated by \",\", each searching, home, roaming, unknown, lost or denied, behind "
      "denied a cause (1–{}), and in all but the last a duration (1ms–{}); as searching 3s, "
      "denied 11 5s, home",
      kCauseMax, duration_text(kStageMax));
}

bool add_stage(RadioConfig& config, std::string_view text) {
  auto& timeline = config.timeline;
  if (!timeline.empty() && timeline.back().duration == Duration::zero()) return false;
  const auto stage = parse_stage(text);
  if (!stage) return false;
  timeline.push_back(*stage);
  return true;
}

std::vector<std::string> stage_texts(const RadioConfig& config) {
  std::vector<std::string> texts;
  for (const auto& stage : config.timeline) {
    std::string text(word_of(kCoverages, stage.coverage));
    if (stage.coverage == Coverage::kDenied) text += fmt::format(" {}", stage.reject_cause);
    if (stage.duration > Duration::zero()) text += " " + duration_text(stage.duration);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace vmodem::app
