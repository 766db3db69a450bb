#include "firmware/configuration/texts/link.h"

#include <fmt/ranges.h>

#include <array>
#include <limits>
#include <span>

#include "firmware/base/duration_text.h"
#include "firmware/configuration/texts/words.h"
#include "net/link/link_presets.h"

namespace vmodem::app {
namespace {

using net::Direction;
using net::LinkStep;
using net::LinkStepAction;
using net::Outage;
using Words = std::span<const std::string_view>;

constexpr std::array<Word<Direction>, 2> kDirections{{
    {Direction::kUplink, "uplink"},
    {Direction::kDownlink, "downlink"},
}};
constexpr std::array<Word<LinkStepAction>, 4> kActions{{
    {LinkStepAction::kLose, "lose"},
    {LinkStepAction::kDuplicate, "duplicate"},
    {LinkStepAction::kDelay, "delay"},
    {LinkStepAction::kCorrupt, "corrupt"},
}};

constexpr auto kOrdinalMax = std::numeric_limits<std::uint32_t>::max();
constexpr auto kDelayMax = 24h;
constexpr auto kOutageMax = 1000h;

// "2", "2-3", or "2-" for all from the second on.
bool set_ordinals(std::string_view text, LinkStep& step) {
  const auto dash = text.find('-');
  if (!set_number(text.substr(0, dash), 1U, kOrdinalMax, step.first)) return false;
  if (dash == std::string_view::npos) return true;

  auto last = kOrdinalMax;
  const auto rest = text.substr(dash + 1);
  if (!rest.empty() && !set_number(rest, step.first, kOrdinalMax, last)) return false;
  step.count = last - step.first + 1;
  return true;
}

bool set_duration(std::string_view text, Duration max, Duration& duration) {
  const auto value = parse_duration(text);
  if (!value || *value > max || *value < 1ms) return false;
  duration = *value;
  return true;
}

// The word in front and a span of time behind it.
bool take_duration(Words& words, std::string_view word, Duration& duration) {
  if (words.size() < 2 || words[0] != word) return false;
  const bool is_zero = parse_duration(words[1]) == Duration::zero();
  if (!is_zero && !set_duration(words[1], kOutageMax, duration)) return false;
  words = words.subspan(2);
  return true;
}

}  // namespace

std::vector<std::string_view> preset_names() {
  std::vector<std::string_view> names;
  for (const auto& preset : net::link_presets()) names.push_back(preset.name);
  return names;
}
std::string allowed_presets() {
  return fmt::format("one of {}", fmt::join(preset_names(), ", "));
}

bool accept_preset(std::string& text) {
  return net::find_link_preset(text) != nullptr;
}

std::string allowed_steps() {
  return "steps separated by \",\", each lose, duplicate, delay or corrupt, uplink or downlink, "
         "and "
         "the datagrams of that direction from 1, as 2 or 2-3 or 2-; behind delay, by and a "
         "duration (1ms–24h); as lose uplink 2-3, delay downlink 1 by 5s";
}

std::optional<LinkStep> parse_step(std::string_view text) {
  const auto words = words_of(text);
  LinkStep step;
  if (words.size() < 3 || !set_word(kActions, words[0], step.action)) return std::nullopt;
  if (!set_word(kDirections, words[1], step.direction)) return std::nullopt;
  if (!set_ordinals(words[2], step)) return std::nullopt;

  const bool has_delay =
      words.size() == 5 && words[3] == "by" && set_duration(words[4], kDelayMax, step.delay);
  const bool wants_delay = step.action == LinkStepAction::kDelay;
  if (has_delay != wants_delay || (!has_delay && words.size() != 3)) return std::nullopt;
  return step;
}

std::string step_text(const LinkStep& step) {
  auto text = fmt::format("{} {} {}", word_of(kActions, step.action),
                          word_of(kDirections, step.direction), step.first);
  const auto last = step.first + (step.count - 1);
  if (last == kOrdinalMax) {
    text += '-';
  } else if (step.count > 1) {
    text += fmt::format("-{}", last);
  }
  if (step.action == LinkStepAction::kDelay) text += " by " + duration_text(step.delay);
  return text;
}

std::string allowed_outages() {
  return "outages separated by \",\", each from, a duration, for, a duration (1ms–1000h), where it "
         "repeats, every and a longer one, and where it has one, its direction, uplink or "
         "downlink; "
         "as from 10s for 30s, from 1min for 5s every 2min uplink";
}

std::optional<Outage> parse_outage(std::string_view text) {
  const auto all = words_of(text);
  Words words(all);
  Outage outage;
  if (!take_duration(words, "from", outage.from)) return std::nullopt;
  if (!take_duration(words, "for", outage.length) || outage.length == Duration::zero()) {
    return std::nullopt;
  }
  if (take_duration(words, "every", outage.every) && outage.every <= outage.length) {
    return std::nullopt;
  }
  if (words.empty()) return outage;

  Direction direction{};
  if (words.size() != 1 || !set_word(kDirections, words[0], direction)) return std::nullopt;
  outage.direction = direction;
  return outage;
}

std::string outage_text(const Outage& outage) {
  auto text =
      fmt::format("from {} for {}", duration_text(outage.from), duration_text(outage.length));
  if (outage.every > Duration::zero()) text += " every " + duration_text(outage.every);
  if (outage.direction) text += fmt::format(" {}", word_of(kDirections, *outage.direction));
  return text;
}

}  // namespace vmodem::app
