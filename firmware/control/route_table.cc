#include "firmware/control/route_table.h"

#include <set>

#include "firmware/control/route.h"

namespace vmodem::control {
namespace {

// What the reading of any request may end with.
void add_common_problems(RouteInfo& route) {
  std::set<int> statuses(route.problems.begin(), route.problems.end());
  statuses.insert(400);
  if (route.body != nullptr) statuses.insert(413);
  route.problems.assign(statuses.begin(), statuses.end());
}

}  // namespace

const std::vector<Route>& routes() {
  static const auto kRoutes = [] {
    std::vector<Route> all;
    append_about_routes(all);
    append_state_routes(all);
    append_journal_routes(all);
    append_fault_routes(all);
    append_time_routes(all);
    append_server_routes(all);
    append_override_routes(all);
    append_serial_routes(all);
    for (auto& route : all) add_common_problems(route.info);
    return all;
  }();
  return kRoutes;
}

const std::vector<RouteInfo>& route_infos() {
  static const auto kInfos = [] {
    std::vector<RouteInfo> all;
    for (const auto& route : routes()) all.push_back(route.info);
    all.push_back({.method = "GET",
                   .path = "/events",
                   .summary = "The journal as it grows, resumable by Last-Event-ID; an event "
                              "\"lost\" counts what has gone.",
                   .answer_type = "text/event-stream",
                   .problems = {400},
                   .query = {{"since", MemberType::kInteger, "only entries behind this number"},
                             {"kind", MemberType::kText, "only these kinds, with commas between"},
                             {"follow", MemberType::kTruth,
                              "false: a JSON array of what there is, as with Accept: "
                              "application/json"}}});
    return all;
  }();
  return kInfos;
}

std::string reference_text() {
  return reference(route_infos());
}

}  // namespace vmodem::control
