// What the interface says of itself.
#include <algorithm>

#include "firmware/control/route.h"
#include "firmware/control/route_table.h"
#include "firmware/control/values.h"

namespace vmodem::control {
namespace {

using nlohmann::json;
using enum MemberType;

constexpr Member kAboutMembers[] = {
    member("name", kText, "vmodem"),
    member("version", kText),
    member("paths", kText, "METHOD PATH").list(),
};
constexpr Shape kAboutShape{"About", "What there is to be asked for.", kAboutMembers};

Answer get_about(Controlled& controlled, const Call&) {
  auto paths = json::array();
  for (const auto& route : route_infos()) {
    paths.push_back(fmt::format("{} {}", route.method, route.path));
  }
  return json{
      {"name", "vmodem"}, {"version", controlled.subject.version}, {"paths", std::move(paths)}};
}

Answer get_openapi(Controlled& controlled, const Call&) {
  return openapi(route_infos(), controlled.subject.version);
}

}  // namespace

void append_about_routes(std::vector<Route>& routes) {
  routes.push_back({{.method = "GET",
                     .path = "/",
                     .summary = "What there is to be asked for.",
                     .answer = &kAboutShape},
                    get_about});
  routes.push_back({{.method = "GET",
                     .path = "/openapi.json",
                     .summary = "The interface as an OpenAPI 3.1 document."},
                    get_openapi});
}

}  // namespace vmodem::control
