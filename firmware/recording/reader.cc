#include "firmware/recording/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "firmware/recording/json_values.h"
#include "firmware/recording/session_events.h"

namespace vmodem::recording {
namespace {

using nlohmann::json;

template <class Id>
Id id_of(const json& value) {
  return Id{number_of<std::uint32_t>(value.at("id"))};
}

firmware::Answer answer_of(const json& value) {
  if (value.contains("addresses")) return firmware::NameResolved{value.at("addresses")};
  if (value.contains("time")) {
    return firmware::TimeTold{CalendarTime(Duration(number_of<std::int64_t>(value.at("time"))))};
  }
  if (value.contains("echo")) {
    firmware::EchoReceived echo{value.at("echo"), number_of<int>(value.at("ttl"))};
    if (value.contains("round_trip")) {
      echo.round_trip = Duration(number_of<std::int64_t>(value.at("round_trip")));
    }
    return echo;
  }
  return firmware::QueryFailed{enum_of(value.at("failed"), firmware::QueryError::kBadAnswer),
                               value.at("why")};
}

firmware::HostCircuits circuits_of(const json& value) {
  firmware::HostCircuits circuits{.are_wired = value.at("wired").get<bool>(),
                                  .dtr = value.at("dtr").get<bool>(),
                                  .rts = value.at("rts").get<bool>()};
  if (value.contains("rate")) {
    circuits.rate = number_of<std::uint32_t>(value.at("rate"));
    if (*circuits.rate == 0) throw mistake("a rate of 0 bit/s");
  }
  return circuits;
}

Input input_of(const json& value) {
  using firmware::TransportId;
  const auto what = value.at("do").get<std::string>();
  if (what == "serial") return SerialRead{octets_of(value.at("octets"))};
  if (what == "written") return SerialWritten{number_of<std::size_t>(value.at("count")),
                                              number_of<std::uint64_t>(value.at("hash"))};
  if (what == "dropped") return SerialDropped{};
  if (what == "circuits") return CircuitsDriven{circuits_of(value)};
  if (what == "break") return BreakSent{};
  if (what == "time") return TimePassed{};
  if (what == "verb") return VerbDone{value.at("text")};
  if (what == "request") {
    return RequestMade{value.at("method"), value.at("path"), value.at("query"), value.at("body")};
  }
  if (what == "opened") {
    return firmware::NetworkEvent(
        firmware::Opened{id_of<TransportId>(value), value.at("address").get<std::string>()});
  }
  if (what == "open_failed") {
    return firmware::NetworkEvent(firmware::OpenFailed{
        id_of<TransportId>(value),
        enum_of(value.at("error"), firmware::TransportError::kUnreachable), value.at("why")});
  }
  if (what == "datagram") {
    return firmware::NetworkEvent(
        firmware::DatagramReceived{id_of<TransportId>(value), octets_of(value.at("octets"))});
  }
  if (what == "sent") {
    return firmware::NetworkEvent(
        firmware::DatagramSent{id_of<TransportId>(value), value.at("handed_over").get<bool>()});
  }
  if (what == "answered") {
    return firmware::NetworkEvent(
        firmware::Answered{id_of<firmware::QueryId>(value), answer_of(value.at("answer"))});
  }
  throw json::other_error::create(501, "an unknown \"do\"", nullptr);
}

Header header_of(const json& value) {
  if (value.at("record") != "vmodem" || value.at("version") != 1) {
    throw mistake("no record of this version");
  }
  Header header;
  header.seed = number_of<std::int64_t>(value.at("seed"));
  header.host_time = CalendarTime(Duration(number_of<std::int64_t>(value.at("host_time"))));
  header.automatic_time = CalendarTime(Duration(number_of<std::int64_t>(value.at("automatic_time"))));
  header.config_name = value.at("config_name");
  header.config = value.at("config");
  header.scenario = value.at("scenario");
  header.assignments = value.at("assignments").get<std::vector<std::vector<std::string>>>();
  for (const auto& assignment : header.assignments) {
    if (assignment.size() != 3)
      throw mistake("an assignment of not three");
  }
  header.settings = value.at("settings");
  for (const auto& file : value.at("files")) {
    header.files.emplace_back(file.at(0).get<std::string>(), octets_of(file.at(1)));
  }
  return header;
}

SessionTurn turn_of(const json& value) {
  SessionTurn turn{.session = number_of<std::uint32_t>(value.at("id")),
                   .datagrams = {},
                   .events = value.at("events")};
  (void)session_events_of(turn.events);
  for (const auto& datagram : value.at("datagrams")) turn.datagrams.push_back(octets_of(datagram));
  turn.deadline_ns = number_of<std::int64_t>(value.at("deadline"));
  turn.is_connected = value.at("connected");
  turn.is_written = value.at("written");
  return turn;
}

// Farther no run goes: a hundred years.
constexpr Instant kEnd{std::chrono::hours(24 * 365 * 100)};

Step step_of(const json& value, Instant earliest) {
  Step step{value.value("polls", std::string()),
            Instant(Duration(number_of<std::int64_t>(value.at("at")))), input_of(value)};
  if (step.at < earliest || step.at > kEnd) {
    throw mistake("an instant before the one before");
  }
  if (step.polls.find_first_not_of("as") != std::string::npos) {
    throw mistake("an unknown poll");
  }
  return step;
}

void take(Record& record, const json& value) {
  if (value.at("do") == "session") {
    auto turn = turn_of(value);
    record.sessions[turn.session].push_back(std::move(turn));
    return;
  }
  const auto earliest = record.steps.empty() ? Instant{} : record.steps.back().at;
  record.steps.push_back(step_of(value, earliest));
}

}  // namespace

void Record::cut(Instant last) {
  const auto behind = std::ranges::upper_bound(steps, last, {}, &Step::at);
  steps.erase(behind, steps.end());
  ends.resize(steps.size() + 1);
}

Expected<Record, std::string> read_record(std::string_view text) {
  const auto whole_size = text.size();
  Record record;
  std::size_t number = 0;
  while (true) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) break;
    ++number;
    try {
      const auto value = json::parse(text.substr(0, end));
      if (number == 1) {
        record.header = header_of(value);
      } else {
        take(record, value);
      }
    } catch (const json::exception&) {
      return unexpected(fmt::format("line {} is none of a record of vmodem", number));
    }
    text.remove_prefix(end + 1);
    if (record.steps.size() == record.ends.size()) record.ends.push_back(0);
    record.ends.back() = whole_size - text.size();
  }
  if (number == 0) return unexpected(std::string("it is empty"));
  return record;
}

}  // namespace vmodem::recording
