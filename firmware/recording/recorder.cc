#include "firmware/recording/recorder.h"

#include <nlohmann/json.hpp>

#include "firmware/base/hex.h"
#include "firmware/base/overloaded.h"

namespace vmodem::recording {
namespace {

using nlohmann::json;

json to_json(const firmware::Answer& answer) {
  return std::visit(Overloaded{[](const firmware::NameResolved& a) {
                                 return json{{"addresses", a.addresses}};
                               },
                               [](const firmware::EchoReceived& a) {
                                 json made{{"echo", a.address}, {"ttl", a.ttl}};
                                 if (a.round_trip) made["round_trip"] = a.round_trip->count();
                                 return made;
                               },
                               [](const firmware::TimeTold& a) {
                                 return json{{"time", a.utc.time_since_epoch().count()}};
                               },
                               [](const firmware::QueryFailed& a) {
                                 return json{{"failed", static_cast<int>(a.error)}, {"why", a.why}};
                               }},
                    answer);
}

json to_json(const firmware::NetworkEvent& event) {
  const auto made = [](const char* what, auto id) {
    return json{{"do", what}, {"id", static_cast<std::uint32_t>(id)}};
  };
  return std::visit(Overloaded{[&](const firmware::Opened& e) {
                                 auto value = made("opened", e.transport);
                                 value["address"] = e.address;
                                 return value;
                               },
                               [&](const firmware::OpenFailed& e) {
                                 auto value = made("open_failed", e.transport);
                                 value["error"] = static_cast<int>(e.error);
                                 value["why"] = e.why;
                                 return value;
                               },
                               [&](const firmware::DatagramReceived& e) {
                                 auto value = made("datagram", e.transport);
                                 value["octets"] = to_hex_lower(e.datagram);
                                 return value;
                               },
                               [&](const firmware::DatagramSent& e) {
                                 auto value = made("sent", e.transport);
                                 value["handed_over"] = e.handed_over;
                                 return value;
                               },
                               [&](const firmware::Answered& e) {
                                 auto value = made("answered", e.query);
                                 value["answer"] = to_json(e.answer);
                                 return value;
                               }},
                    event);
}

json to_json(const firmware::HostCircuits& circuits) {
  json made{{"do", "circuits"},
            {"wired", circuits.are_wired},
            {"dtr", circuits.dtr},
            {"rts", circuits.rts}};
  if (circuits.rate) made["rate"] = *circuits.rate;
  return made;
}

json to_json(const Input& input) {
  return std::visit(
      Overloaded{[](const SerialRead& i) {
                   return json{{"do", "serial"}, {"octets", to_hex_lower(i.octets)}};
                 },
                 [](const SerialWritten& i) {
                   return json{{"do", "written"}, {"count", i.count}, {"hash", i.hash}};
                 },
                 [](const SerialDropped&) {
                   return json{{"do", "dropped"}};
                 },
                 [](const CircuitsDriven& i) { return to_json(i.circuits); },
                 [](const BreakSent&) {
                   return json{{"do", "break"}};
                 },
                 [](const firmware::NetworkEvent& event) { return to_json(event); },
                 [](const TimePassed&) {
                   return json{{"do", "time"}};
                 },
                 [](const VerbDone& i) {
                   return json{{"do", "verb"}, {"text", i.text}};
                 },
                 [](const RequestMade& i) {
                   return json{{"do", "request"},
                               {"method", i.method},
                               {"path", i.path},
                               {"query", i.query},
                               {"body", i.body}};
                 }},
      input);
}

json files_of(const Header& header) {
  auto files = json::array();
  for (const auto& [name, octets] : header.files) files.push_back({name, to_hex_lower(octets)});
  return files;
}

// Texts that a host typed may be no UTF-8.
std::string line_of(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace

void Recorder::begin(const Header& header) {
  lines_ += line_of(json{{"record", "vmodem"},
                        {"version", 1},
                        {"warning", "holds secrets: keys, PINs and passwords of the run"},
                        {"seed", header.seed},
                        {"host_time", header.host_time.time_since_epoch().count()},
                        {"automatic_time", header.automatic_time.time_since_epoch().count()},
                        {"config_name", header.config_name},
                        {"config", header.config},
                        {"scenario", header.scenario},
                        {"assignments", header.assignments},
                        {"settings", header.settings},
                        {"files", files_of(header)}});
}

void Recorder::forget() {
  polls_.clear();
  lines_.clear();
}

void Recorder::record(Instant at, const Input& input) {
  auto value = to_json(input);
  value["at"] = at.time_since_epoch().count();
  if (!polls_.empty()) value["polls"] = std::exchange(polls_, {});
  lines_ += line_of(value);
}

void Recorder::record(const SessionTurn& turn) {
  auto datagrams = json::array();
  for (const auto& datagram : turn.datagrams) datagrams.push_back(to_hex_lower(datagram));
  lines_ += line_of(json{{"do", "session"},
                         {"id", turn.session},
                         {"datagrams", std::move(datagrams)},
                         {"events", turn.events},
                         {"deadline", turn.deadline_ns},
                         {"connected", turn.is_connected},
                         {"written", turn.is_written}});
}

}  // namespace vmodem::recording
