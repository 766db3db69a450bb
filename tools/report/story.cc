#include "tools/report/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "firmware/base/printable.h"
#include "firmware/journal/fields.h"
#include "firmware/journal/why.h"
#include "tools/report/ladder.h"

namespace vmodem::report {
namespace {

using journal::Entry;
using journal::Ring;

constexpr std::size_t kTextMax = 400;
// Of different texts of results, which a file may have without end.
constexpr std::size_t kResultsMax = 200;

std::string shown(std::string_view text) {
  return printable(text, kTextMax);
}

std::string_view after_last_comma(std::string_view text) {
  const auto comma = text.rfind(',');
  return comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
}

// "+QCOAPACK -11" of a URC that tells how something ended; else nothing.
std::optional<std::string> told_result(const Entry& entry) {
  if (const auto* result = std::get_if<journal::LineResult>(&entry.event)) {
    return shown(result->text);
  }
  const auto* urc = std::get_if<journal::LineUrc>(&entry.event);
  if (urc == nullptr) return std::nullopt;
  constexpr std::string_view kEnds[] = {"+QCOAPOPEN", "+QCOAPCLOSE", "+QCOAPACK", "+QCOAPIND"};
  const auto name = std::string_view(urc->text).substr(0, urc->text.find(':'));
  if (std::ranges::find(kEnds, name) == std::end(kEnds)) return std::nullopt;
  return shown(fmt::format("{} {}", name, after_last_comma(urc->text)));
}

// A retransmission that was not answered is no failure yet: its message's last word is +QCOAPACK.
bool is_failure(std::string_view result) {
  const bool is_negative =
      result.starts_with("+QCOAP") && result.find(" -") != std::string_view::npos;
  return result.find("ERROR") != std::string_view::npos ||
         (is_negative && !result.starts_with("+QCOAPIND"));
}

std::string describe_failure(const Ring& ring, const Entry& entry) {
  if (const auto* urc = std::get_if<journal::LineUrc>(&entry.event)) return shown(urc->text);
  const auto& text = std::get<journal::LineResult>(entry.event).text;
  const auto* cause = ring.find(entry.because);
  const auto* command =
      cause != nullptr ? std::get_if<journal::LineCommand>(&cause->event) : nullptr;
  return command == nullptr ? shown(text) : shown(fmt::format("{} → {}", command->text, text));
}

Failure failure_of(const Ring& ring, const Entry& entry, std::size_t causes_max) {
  Failure failure{entry.number, entry.at, describe_failure(ring, entry)};
  const auto chain = why(ring, entry.number);
  const auto left_out = chain.size() - std::min(chain.size(), causes_max);
  for (std::size_t i = left_out; i < chain.size(); ++i) {
    failure.why.push_back({chain[i]->number, chain[i]->at, shown(phrase(chain[i]->event))});
  }
  failure.causes_left_out = left_out;
  return failure;
}

std::string field_text(const journal::Event& event, std::string_view name) {
  const auto value = journal::field_value(event, name);
  const auto* text = std::get_if<std::string_view>(&value);
  return text != nullptr ? shown(*text) : std::string();
}

// By the names of its fields: nothing here knows the kind.
std::optional<Finding> finding_of(const Entry& entry) {
  if (name(entry.event) != "lint.finding") return std::nullopt;
  const auto severity = journal::field_value(entry.event, "is_wrong");
  const auto* is_wrong = std::get_if<bool>(&severity);
  return Finding{field_text(entry.event, "rule"),
                 field_text(entry.event, "text"),
                 field_text(entry.event, "clause"),
                 field_text(entry.event, "cure"),
                 entry.because,
                 is_wrong == nullptr || *is_wrong};
}

// Follows confirmable messages through the entries.
class Exchanges {
 public:
  void handle(const Entry& entry) {
    std::visit([&](const auto& event) { follow(entry, event); }, entry.event);
  }

  // Repeated ones are worth more than others.
  [[nodiscard]] std::vector<Exchange> take(std::size_t count_max) {
    std::stable_partition(exchanges_.begin(), exchanges_.end(),
                          [](const Exchange& exchange) { return exchange.is_repeated(); });
    exchanges_.resize(std::min(count_max, exchanges_.size()));
    return std::move(exchanges_);
  }
  [[nodiscard]] std::size_t count() const { return exchanges_.size(); }

 private:
  struct Place {
    std::size_t exchange;
    std::size_t transmission;
  };

  void follow(const Entry& entry, const journal::CoapSent& sent) {
    if (sent.type != "CON") return;
    latest_[{sent.client, sent.message_id}] = exchanges_.size();
    carriers_[entry.number] = {exchanges_.size(), 0};
    exchanges_.push_back(
        {entry.number, sent.client, sent.message_id, shown(sent.code), {{entry.at}}});
  }
  void follow(const Entry& entry, const journal::CoapRetransmitted& sent) {
    const auto found = latest_.find({sent.client, sent.message_id});
    if (found == latest_.end()) return;
    auto& transmissions = exchanges_[found->second].transmissions;
    carriers_[entry.number] = {found->second, transmissions.size()};
    transmissions.push_back({entry.at});
  }
  void follow(const Entry& entry, const journal::DatagramUp&) {
    const auto found = carriers_.find(entry.because);
    if (found != carriers_.end()) carriers_[entry.number] = Place(found->second);
  }
  void follow(const Entry& entry, const journal::LinkLost&) {
    const auto found = carriers_.find(entry.because);
    if (found == carriers_.end()) return;
    exchanges_[found->second.exchange].transmissions[found->second.transmission].is_lost = true;
  }
  void follow(const Entry& entry, const journal::CoapReceived&) {
    const auto found = carriers_.find(entry.because);
    if (found == carriers_.end()) return;
    auto& exchange = exchanges_[found->second.exchange];
    if (!exchange.answered) exchange.answered = entry.at;
  }
  void follow(const Entry& entry, const journal::CoapConcluded& concluded) {
    const auto found = latest_.find({concluded.client, concluded.message_id});
    if (found == latest_.end()) return;
    auto& exchange = exchanges_[found->second];
    exchange.ended = entry.at;
    exchange.outcome = shown(concluded.outcome);
    latest_.erase(found);
  }
  template <class Other>
  void follow(const Entry&, const Other&) {}

  std::vector<Exchange> exchanges_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::size_t> latest_;  // client, message ID
  std::map<Number, Place> carriers_;
};

}  // namespace

Story::Story(std::string name, Limits limits) : limits_(limits) {
  run_.name = std::move(name);
}

void Story::handle(Entry entry, std::optional<CalendarTime> wall) {
  if (entry.number <= last_) take_back(entry.number);
  if (run_.entry_count == 0) {
    run_.begin = entry.at;
    run_.wall = wall;
  } else if (entry.number > last_ + 1) {
    run_.missing_count += entry.number - last_ - 1;
  }
  last_ = entry.number;
  run_.end = entry.at;
  count(entry);
  entries_.push_back(std::move(entry));
  if (entries_.size() <= limits_.entries) return;
  entries_.pop_front();
  ++run_.unkept_count;
}

// What has been undone is told no more; what the host has met stays met.
void Story::take_back(Number first) {
  ++run_.laps;
  while (!entries_.empty() && entries_.back().number >= first) entries_.pop_back();
  last_ = first - 1;
}

void Story::count(const Entry& entry) {
  ++run_.entry_count;
  run_.coverage.handle(entry);
  const auto kind = name(entry.event);
  if (kind == "line.command") ++run_.command_count;
  if (kind == "coap.retransmitted") ++run_.retransmission_count;
  if (kind == "link.lost") ++run_.loss_count;
  if (kind == "fault.performed") ++run_.fault_count;
  const auto result = told_result(entry);
  if (!result) return;
  if (is_failure(*result)) ++run_.failure_count;
  if (run_.results.size() < kResultsMax || run_.results.contains(*result)) ++run_.results[*result];
}

Run Story::end(bool is_cut) {
  run_.is_cut = is_cut;
  Ring ring(limits_.entries);
  Exchanges exchanges;
  std::vector<Number> failed;
  std::vector<Number> found;
  for (auto& entry : entries_) {
    exchanges.handle(entry);
    const auto result = told_result(entry);
    if (result && is_failure(*result)) failed.push_back(entry.number);
    if (auto finding = finding_of(entry)) {
      ++run_.finding_count;
      if (finding->entry != 0) found.push_back(finding->entry);
      if (run_.findings.size() < limits_.findings) run_.findings.push_back(std::move(*finding));
    }
    ring.push(std::move(entry));
  }
  entries_.clear();
  const auto told = std::min(failed.size(), limits_.failures);
  for (auto number = failed.end() - static_cast<std::ptrdiff_t>(told); number != failed.end();
       ++number) {
    run_.failures.push_back(failure_of(ring, *ring.find(*number), limits_.causes));
  }
  run_.exchange_count = exchanges.count();
  run_.exchanges = exchanges.take(limits_.exchanges);
  failed.insert(failed.end(), found.begin(), found.end());
  auto ladder = ladder_of(ring, failed, limits_.steps);
  run_.steps = std::move(ladder.steps);
  run_.steps_left_out = ladder.left_out;
  return std::move(run_);
}

}  // namespace vmodem::report
