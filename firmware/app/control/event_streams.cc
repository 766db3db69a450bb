#include "firmware/app/control/event_streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "firmware/base/names.h"
#include "firmware/base/number.h"
#include "firmware/journal/json.h"

namespace vmodem::app {
namespace {

using journal::Entry;
using journal::Kinds;
using journal::Number;
using journal::Ring;

constexpr std::size_t kReadSize = std::size_t{16} * 1024;

// The place of a reader in the ring.
class Cursor {
 public:
  Cursor(const Ring& ring, const EventQuery& query)
      : ring_(ring),
        kinds_(query.kinds),
        last_(query.since.value_or(first_before(ring))),
        laps_(ring.laps()) {}

  [[nodiscard]] bool has_more() const { return ring_.last() > last_ || has_gone_back(); }
  // The module has gone back; what was read may not have happened.
  [[nodiscard]] bool has_gone_back() const { return laps_ != ring_.laps(); }
  void go_back() {
    laps_ = ring_.laps();
    last_ = ring_.recalled();
  }
  // Of the entry that was read last, wanted or not.
  [[nodiscard]] Number last() const { return last_; }

  // How many have gone before they were read; call before next().
  [[nodiscard]] Number skip_lost() {
    if (ring_.first() <= last_ + 1) return 0;
    const auto count = ring_.first() - last_ - 1;
    last_ = ring_.first() - 1;
    return count;
  }
  // Up to `end`; null: there is none for now.
  [[nodiscard]] const Entry* next(Number end) {
    const auto& entries = ring_.entries();
    const auto from = std::ranges::upper_bound(entries, last_, {}, &Entry::number);
    for (auto entry = from; entry != entries.end() && entry->number <= end; ++entry) {
      last_ = entry->number;
      if (kinds_[entry->event.index()]) return &*entry;
    }
    return nullptr;
  }

 private:
  static Number first_before(const Ring& ring) { return ring.first() == 0 ? 0 : ring.first() - 1; }

  const Ring& ring_;
  Kinds kinds_;
  Number last_;
  unsigned laps_;
};

class EventStream final : public HttpStream {
 public:
  EventStream(const Ring& ring, const EventQuery& query) : ring_(ring), cursor_(ring, query) {}

  bool is_ready() const noexcept override { return cursor_.has_more(); }
  bool is_over() const noexcept override { return false; }
  std::string_view idle_text() const noexcept override { return ":\n\n"; }

  std::string read() noexcept override {
    // So that a reader knows at once that it is connected.
    std::string text = std::exchange(is_begun_, true) ? "" : "retry: 1000\n\n";
    if (cursor_.has_gone_back()) {
      cursor_.go_back();
      text += fmt::format("id: {0}\nevent: back\ndata: {{\"number\":{0}}}\n\n", cursor_.last());
    }
    if (const auto count = cursor_.skip_lost()) {
      text += fmt::format("id: {}\nevent: lost\ndata: {{\"count\":{}}}\n\n", cursor_.last(), count);
    }
    while (text.size() < kReadSize) {
      const auto* entry = cursor_.next(ring_.last());
      if (entry == nullptr) break;
      text += fmt::format("id: {}\nevent: {}\ndata: ", entry->number, name(entry->event));
      append_json(text, *entry);
      text += "\n\n";
    }
    return text;
  }

 private:
  const Ring& ring_;
  Cursor cursor_;
  bool is_begun_ = false;
};

// Those that there are when it is asked for.
class EventArray final : public HttpStream {
 public:
  EventArray(const Ring& ring, const EventQuery& query) : cursor_(ring, query), end_(ring.last()) {}

  bool is_ready() const noexcept override { return true; }
  bool is_over() const noexcept override { return is_over_; }
  std::string_view idle_text() const noexcept override { return {}; }

  std::string read() noexcept override {
    std::string text;
    if (const auto count = cursor_.skip_lost()) {
      text += fmt::format("{}{{\"kind\":\"lost\",\"count\":{}}}", separator(), count);
    }
    const Entry* entry = nullptr;
    while (text.size() < kReadSize && !cursor_.has_gone_back() &&
           (entry = cursor_.next(end_)) != nullptr) {
      text += separator();
      append_json(text, *entry);
    }
    if (entry != nullptr) return text;
    is_over_ = true;
    return text + (is_begun_ ? "\n]\n" : "[]\n");
  }

 private:
  std::string_view separator() { return std::exchange(is_begun_, true) ? ",\n" : "[\n"; }

  Cursor cursor_;
  Number end_;
  bool is_begun_ = false;
  bool is_over_ = false;
};

control::Problem wrong_value(std::string field, std::string wrong, std::string right) {
  return {400, std::move(wrong), std::move(field), std::move(right)};
}

Expected<Kinds, control::Problem> parse_kinds(std::string_view text) {
  Kinds wanted;
  while (true) {
    const auto end = text.find(',');
    const auto name = text.substr(0, end);
    const auto* kind = journal::find_kind(name);
    if (kind == nullptr) {
      std::vector<std::string_view> names;
      for (const auto& known : journal::kinds()) names.push_back(known.name);
      return unexpected(
          wrong_value("kind", fmt::format("no kind has this name{}", did_you_mean(name, names)),
                      "kinds of entries with commas between, as line.command"));
    }
    wanted[static_cast<std::size_t>(kind - journal::kinds().data())] = true;
    if (end == std::string_view::npos) return wanted;
    text.remove_prefix(end + 1);
  }
}

Expected<void, control::Problem> apply(EventQuery& query, std::string_view name,
                                       std::string_view value) {
  if (name == "since") {
    query.since = parse_number<Number>(value);
    if (query.since) return {};
    return unexpected(wrong_value("since", "no number of an entry", "a number, as 0 or 57"));
  }
  if (name == "kind") {
    auto kinds = parse_kinds(value);
    if (!kinds) return unexpected(std::move(kinds.error()));
    query.kinds = *kinds;
    return {};
  }
  if (name == "follow" && (value == "true" || value == "false")) {
    query.follows = value == "true";
    return {};
  }
  if (name == "follow") return unexpected(wrong_value("follow", "no truth", "true or false"));
  return unexpected(wrong_value("query", "no such parameter", "since, kind or follow"));
}

}  // namespace

Expected<EventQuery, control::Problem> parse_event_query(
    const std::map<std::string, std::string>& query, std::string_view last_event_id,
    std::string_view accept) {
  EventQuery parsed;
  parsed.follows = accept.find("application/json") == std::string_view::npos ||
                   accept.find("text/event-stream") != std::string_view::npos;
  for (const auto& [name, value] : query) {
    auto applied = apply(parsed, name, value);
    if (!applied) return unexpected(std::move(applied.error()));
  }
  if (last_event_id.empty()) return parsed;
  // A reader that comes back asks with the query it began with.
  parsed.since = parse_number<Number>(last_event_id);
  if (parsed.since) return parsed;
  return unexpected(wrong_value("Last-Event-ID", "no number of an entry", "the id of an event"));
}

HttpAnswer answer_events(const Ring& ring, const EventQuery& query) {
  auto answer = make_answer(200, query.follows ? "text/event-stream" : "application/json", {});
  if (query.follows) {
    answer.stream = std::make_unique<EventStream>(ring, query);
  } else {
    answer.stream = std::make_unique<EventArray>(ring, query);
  }
  return answer;
}

}  // namespace vmodem::app
