#include "tools/report/json.h"

#include <nlohmann/json.hpp>

namespace vmodem::report {
namespace {

using Json = nlohmann::ordered_json;
using coverage::universe;

constexpr int kVersion = 1;

double seconds(Instant at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

Json optional_seconds(const std::optional<Instant>& at) {
  return at ? Json(seconds(*at)) : Json();
}

Json to_json(const Failure& failure) {
  auto why = Json::array();
  for (const auto& cause : failure.why) {
    why.push_back({{"entry", cause.entry}, {"at", seconds(cause.at)}, {"text", cause.text}});
  }
  return {{"entry", failure.entry},
          {"at", seconds(failure.at)},
          {"what", failure.what},
          {"causes_left_out", failure.causes_left_out},
          {"why", std::move(why)}};
}

Json to_json(const Finding& finding) {
  return {{"rule", finding.rule}, {"severity", severity(finding)},
          {"text", finding.text}, {"clause", finding.clause},
          {"cure", finding.cure}, {"entry", finding.entry == 0 ? Json() : Json(finding.entry)}};
}

Json to_json(const Exchange& exchange) {
  auto transmissions = Json::array();
  for (const auto& one : exchange.transmissions) {
    transmissions.push_back({{"at", seconds(one.at)}, {"is_lost", one.is_lost}});
  }
  return {{"entry", exchange.entry},
          {"client", exchange.client},
          {"message_id", exchange.message_id},
          {"code", exchange.code},
          {"transmissions", std::move(transmissions)},
          {"answered", optional_seconds(exchange.answered)},
          {"ended", optional_seconds(exchange.ended)},
          {"outcome", exchange.outcome}};
}

Json to_json(const Run& run);

template <class Item>
Json list_of(const std::vector<Item>& items) {
  auto list = Json::array();
  for (const auto& item : items) list.push_back(to_json(item));
  return list;
}

Json to_json(const Run& run) {
  auto results = Json::object();
  for (const auto& [text, count] : run.results) results[text] = count;
  return {{"name", run.name},
          {"entries", run.entry_count},
          {"missing_entries", run.missing_count},
          {"times_back", run.laps},
          {"is_cut", run.is_cut},
          {"begin", seconds(run.begin)},
          {"end", seconds(run.end)},
          {"commands", run.command_count},
          {"retransmissions", run.retransmission_count},
          {"lost_datagrams", run.loss_count},
          {"faults", run.fault_count},
          {"results", std::move(results)},
          {"failure_count", run.failure_count},
          {"failures", list_of(run.failures)},
          {"finding_count", run.finding_count},
          {"findings", list_of(run.findings)},
          {"exchange_count", run.exchange_count},
          {"exchanges", list_of(run.exchanges)}};
}

Json group_json(const coverage::Coverage& coverage, coverage::Group group) {
  auto items = Json::array();
  for (std::size_t i = 0; i < universe().items().size(); ++i) {
    const auto& item = universe().items()[i];
    if (item.group != group) continue;
    items.push_back({{"subject", item.subject},
                     {"aspect", item.aspect},
                     {"is_met", coverage.has(i)},
                     {"help", item.help},
                     {"source", item.source}});
  }
  const auto total = items.size();
  return {{"title", title(group)},
          {"met", coverage.count(group)},
          {"total", total},
          {"items", std::move(items)}};
}

Json to_json(const coverage::Coverage& coverage) {
  auto groups = Json::object();
  for (const auto group : coverage::kGroups) {
    groups[std::string(name(group))] = group_json(coverage, group);
  }
  auto clauses = Json::array();
  for (const auto& clause : universe().clauses()) {
    std::size_t met = 0;
    for (const auto place : clause.items) met += coverage.has(place) ? 1 : 0;
    clauses.push_back({{"name", clause.name}, {"met", met}, {"total", clause.items.size()}});
  }
  return {{"groups", std::move(groups)},
          {"clauses", std::move(clauses)},
          {"unknown_commands", coverage.unknown_commands()}};
}

// Objects have all these members and no other.
Json object_schema(Json properties) {
  auto required = Json::array();
  for (const auto& [member, unused] : properties.items()) required.push_back(member);
  return {{"type", "object"},
          {"additionalProperties", false},
          {"required", std::move(required)},
          {"properties", std::move(properties)}};
}

Json list_schema(Json of) {
  return {{"type", "array"}, {"items", std::move(of)}};
}

Json run_schema() {
  const Json count{{"type", "integer"}, {"minimum", 0}};
  const Json text{{"type", "string"}};
  const Json time{{"type", "number"}};
  const Json truth{{"type", "boolean"}};
  const Json maybe_time{{"type", {"number", "null"}}};
  const auto cause = object_schema({{"entry", count}, {"at", time}, {"text", text}});
  const auto failure = object_schema({{"entry", count},
                                      {"at", time},
                                      {"what", text},
                                      {"causes_left_out", count},
                                      {"why", list_schema(cause)}});
  const auto finding = object_schema({{"rule", text},
                                      {"severity", {{"enum", {"wrong", "risky"}}}},
                                      {"text", text},
                                      {"clause", text},
                                      {"cure", text},
                                      {"entry", {{"type", {"integer", "null"}}}}});
  const auto transmission = object_schema({{"at", time}, {"is_lost", truth}});
  const auto exchange = object_schema({{"entry", count},
                                       {"client", count},
                                       {"message_id", count},
                                       {"code", text},
                                       {"transmissions", list_schema(transmission)},
                                       {"answered", maybe_time},
                                       {"ended", maybe_time},
                                       {"outcome", text}});
  return object_schema({{"name", text},
                        {"entries", count},
                        {"missing_entries", count},
                        {"times_back", count},
                        {"is_cut", truth},
                        {"begin", time},
                        {"end", time},
                        {"commands", count},
                        {"retransmissions", count},
                        {"lost_datagrams", count},
                        {"faults", count},
                        {"results", {{"type", "object"}, {"additionalProperties", count}}},
                        {"failure_count", count},
                        {"failures", list_schema(failure)},
                        {"finding_count", count},
                        {"findings", list_schema(finding)},
                        {"exchange_count", count},
                        {"exchanges", list_schema(exchange)}});
}

Json coverage_schema() {
  const Json count{{"type", "integer"}, {"minimum", 0}};
  const Json text{{"type", "string"}};
  const auto item = object_schema({{"subject", text},
                                   {"aspect", text},
                                   {"is_met", {{"type", "boolean"}}},
                                   {"help", text},
                                   {"source", text}});
  const auto group = object_schema(
      {{"title", text}, {"met", count}, {"total", count}, {"items", list_schema(item)}});
  Json groups = Json::object();
  for (const auto one : coverage::kGroups) groups[std::string(name(one))] = group;
  const auto clause = object_schema({{"name", text}, {"met", count}, {"total", count}});
  return object_schema({{"groups", object_schema(std::move(groups))},
                        {"clauses", list_schema(clause)},
                        {"unknown_commands", list_schema(text)}});
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string to_json(const Report& report) {
  return text_of({{"version", kVersion},
                  {"runs", list_of(report.runs)},
                  {"coverage", to_json(report.coverage)}});
}

std::string report_schema() {
  auto schema = object_schema({{"version", {{"const", kVersion}}},
                               {"runs", list_schema(run_schema())},
                               {"coverage", coverage_schema()}});
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "A report of vmodem-report";
  return text_of(schema);
}

}  // namespace vmodem::report
