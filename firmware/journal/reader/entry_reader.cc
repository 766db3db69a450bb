#include "firmware/journal/reader/entry_reader.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "firmware/base/printable.h"

namespace vmodem::journal {

template <class Value>
bool FieldReader::read(const Json& value, std::optional<Value>& optional) const {
  if (value.is_null()) return true;
  return read(value, optional.emplace());
}

namespace {

using nlohmann::json;

constexpr std::size_t kShownMax = 40;

// Reads the fields of an event; keeps what the first mistake was.
class EventReader {
 public:
  EventReader(const json& line, Words& words) : line_(line), fields_(words) {}

  template <class Kind>
  Event read() {
    Kind event{};
    std::apply([&](const auto&... rows) { (read(event, rows), ...); }, Kind::kKind.fields);
    return event;
  }
  [[nodiscard]] const std::string& mistake() const { return mistake_; }

 private:
  template <class Kind, class Row>
  void read(Kind& event, const Row& row) {
    if (!mistake_.empty()) return;
    const auto found = line_.find(row.name);
    if (found == line_.end()) {
      mistake_ = fmt::format("field \"{}\" is missing", row.name);
    } else if (!fields_.read(*found, event.*row.member)) {
      mistake_ = fmt::format("field \"{}\" holds nothing that it may", row.name);
    }
  }

  const json& line_;
  FieldReader fields_;
  std::string mistake_;
};

template <class Variant>
struct Readers;
template <class... Kinds>
struct Readers<std::variant<Kinds...>> {
  // In the order of kinds().
  static constexpr std::array kAll{&EventReader::read<Kinds>...};
};

Expected<Event, std::string> read_event(const json& line, Words& words) {
  const auto kind_name = line.find("kind");
  if (kind_name == line.end() || !kind_name->is_string()) {
    return unexpected(std::string("it has no \"kind\", as entries of a journal have"));
  }
  const auto* kind = find_kind(kind_name->get_ref<const std::string&>());
  if (kind == nullptr) {
    return unexpected(fmt::format("kind \"{}\" is none that this version knows",
                                  printable(kind_name->get_ref<const std::string&>(), kShownMax)));
  }
  EventReader reader(line, words);
  auto event = (reader.*Readers<Event>::kAll[static_cast<std::size_t>(kind - kinds().data())])();
  if (!reader.mistake().empty()) {
    return unexpected(fmt::format("{}: {}", kind->name, reader.mistake()));
  }
  return event;
}

}  // namespace

Expected<ReadEntry, std::string> read_entry(std::string_view line, Words& words) {
  const auto parsed = json::parse(line, nullptr, false);
  if (!parsed.is_object()) {
    return unexpected(std::string("it is no JSON object, as each line of a journal is"));
  }
  const FieldReader fields(words);
  const auto reads = [&](const char* name, auto& value) {
    const auto found = parsed.find(name);
    return found != parsed.end() && fields.read(*found, value);
  };
  Number number = 0;
  if (!reads("number", number) || number == 0) {
    return unexpected(std::string("\"number\" is no number from 1"));
  }
  Duration at{};
  if (!reads("at", at) || at < Duration::zero()) {
    return unexpected(std::string("\"at\" is no time in seconds"));
  }
  EntryReference because;
  if (!reads("because", because) || because.number >= number) {
    return unexpected(std::string("\"because\" is neither null nor the number of an entry before"));
  }
  std::optional<Duration> wall;
  if (parsed.contains("wall") && !reads("wall", wall)) {
    return unexpected(std::string("\"wall\" is no time in seconds"));
  }
  auto event = read_event(parsed, words);
  if (!event) return unexpected(std::move(event.error()));
  ReadEntry read{{number, Instant(at), because.number, std::move(*event)}, std::nullopt};
  if (wall) read.wall = CalendarTime(*wall);
  return read;
}

}  // namespace vmodem::journal
