#include "tools/report/ladder.h"

#include <algorithm>
#include <array>

#include "firmware/base/printable.h"
#include "firmware/journal/fields.h"

namespace vmodem::report {
namespace {

// A line may be as long as a host likes.
constexpr std::size_t kStepTextMax = 400;
// Steps on either side of a place.
constexpr std::size_t kRound = 20;

struct Lane {
  std::string_view kind;
  Hop hop;
  Arrow arrow = Arrow::kNone;
  bool is_quiet = false;
};
// Kinds that are not here happen at the modem itself.
constexpr std::array kLanes = std::to_array<Lane>({
    {"line.command", Hop::kSerial, Arrow::kRight},
    {"line.echo", Hop::kSerial, Arrow::kLeft, true},
    {"line.answer", Hop::kSerial, Arrow::kLeft},
    {"line.prompt", Hop::kSerial, Arrow::kLeft},
    {"line.data", Hop::kSerial},
    {"line.result", Hop::kSerial, Arrow::kLeft},
    {"line.urc", Hop::kSerial, Arrow::kLeft},
    {"line.dropped", Hop::kSerial},
    {"coap.sent", Hop::kAir, Arrow::kRight},
    {"coap.retransmitted", Hop::kAir, Arrow::kRight},
    {"coap.received", Hop::kAir, Arrow::kLeft},
    {"coap.dropped", Hop::kAir, Arrow::kLeft},
    {"dtls.flight", Hop::kAir},
    {"dtls.alert", Hop::kAir, Arrow::kLeft},
    {"datagram.up", Hop::kAir, Arrow::kRight, true},
    {"datagram.down", Hop::kAir, Arrow::kLeft, true},
    {"link.lost", Hop::kAir},
    {"link.delayed", Hop::kAir},
    {"link.duplicated", Hop::kAir},
    {"link.corrupted", Hop::kAir},
    {"name.asked", Hop::kInternet, Arrow::kRight},
    {"name.answered", Hop::kInternet, Arrow::kLeft},
    {"question.asked", Hop::kInternet, Arrow::kRight},
    {"question.answered", Hop::kInternet, Arrow::kLeft},
    {"server.request", Hop::kInternet, Arrow::kRight},
    {"server.answer", Hop::kInternet, Arrow::kLeft},
    {"server.notification", Hop::kInternet, Arrow::kLeft},
    {"server.news", Hop::kInternet},
});

std::string_view text_field(const journal::Event& event, std::string_view name) {
  const auto value = journal::field_value(event, name);
  const auto* text = std::get_if<std::string_view>(&value);
  return text != nullptr ? *text : std::string_view();
}

Arrow arrow_of(const journal::Event& event, Arrow usual) {
  const auto direction = text_field(event, "direction");
  if (direction == "from_host" || direction == "up" || direction == "uplink") return Arrow::kRight;
  if (direction == "to_host" || direction == "down" || direction == "downlink") return Arrow::kLeft;
  return usual;
}

bool is_negative(const journal::FieldValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr && *number < 0;
}

bool is_trouble(const journal::Event& event, std::string_view kind) {
  if (kind == "client.result") return is_negative(journal::field_value(event, "result"));
  if (kind == "line.result")
    return text_field(event, "text").find("ERROR") != std::string_view::npos;
  return kind.starts_with("link.") || kind.starts_with("fault.") || kind.starts_with("lint.") ||
         kind == "line.dropped" || kind == "network.silent" || kind == "question.failed" ||
         kind == "coap.dropped";
}

// What passes the serial line is shown as it is there.
std::string text_of(const journal::Event& event, std::string_view kind) {
  const auto line = text_field(event, "text");
  const bool is_line = kind.starts_with("line.") && kind != "line.dropped" && !line.empty();
  return printable(is_line ? std::string(line) : phrase(event), kStepTextMax);
}

// Which of `count` steps are shown.
std::vector<bool> chosen(const journal::Ring& ring, std::span<const Number> places,
                         std::size_t count_max) {
  const auto& entries = ring.entries();
  const auto count = entries.size();
  std::vector<bool> is_shown(count, count <= count_max);
  if (count <= count_max) return is_shown;
  const auto edge = count_max / 4;
  std::size_t left = count_max - 2 * edge;
  std::fill_n(is_shown.begin(), edge, true);
  std::fill_n(is_shown.rbegin(), edge, true);
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    const auto found = std::ranges::lower_bound(entries, *place, {}, &journal::Entry::number);
    const auto at = static_cast<std::size_t>(found - entries.begin());
    for (auto i = at - std::min(at, kRound); i < std::min(at + kRound, count) && left > 0; ++i) {
      if (!is_shown[i]) --left;
      is_shown[i] = true;
    }
  }
  for (auto i = edge; i < count && left > 0; ++i) {
    if (!is_shown[i]) --left;
    is_shown[i] = true;
  }
  return is_shown;
}

}  // namespace

Step step_of(const journal::Entry& entry) {
  const auto kind = name(entry.event);
  const auto* lane = std::ranges::find(kLanes, kind, &Lane::kind);
  const auto& [unused, hop, arrow, is_quiet] =
      lane != kLanes.end() ? *lane : Lane{kind, Hop::kNone};
  return {.entry = entry.number,
          .because = entry.because,
          .at = entry.at,
          .hop = hop,
          .arrow = arrow_of(entry.event, arrow),
          .is_trouble = is_trouble(entry.event, kind),
          .is_quiet = is_quiet,
          .is_command = kind == "line.command",
          .is_result = kind == "line.result",
          .text = text_of(entry.event, kind)};
}

Ladder ladder_of(const journal::Ring& ring, std::span<const Number> places, std::size_t count_max) {
  const auto is_shown = chosen(ring, places, count_max);
  Ladder ladder{};
  for (std::size_t i = 0; i < is_shown.size(); ++i) {
    if (!is_shown[i]) {
      ++ladder.left_out;
      continue;
    }
    ladder.steps.push_back(step_of(ring.entries()[i]));
    ladder.steps.back().left_out_before = std::exchange(ladder.left_out, 0);
  }
  return ladder;
}

}  // namespace vmodem::report
