// One row of the table of routes: what may be asked for, and who answers.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "firmware/base/expected.h"
#include "firmware/control/api.h"
#include "firmware/control/schema/route_info.h"
#include "firmware/testbed/steering.h"

namespace vmodem::control {

// What handlers work on.
struct Controlled {
  Subject subject;
  testbed::Steering steering;
  std::uint64_t last_override = 0;  // the ids of overrides, of servers and of the serial side
};

struct Call {
  Instant now;
  const Request& request;
  const std::map<std::string, std::string>& parameters;  // of the path
  const nlohmann::json& body;                            // as the route's shape says

  // Empty where it is not there.
  [[nodiscard]] std::string query(const std::string& name) const;
};

using Answer = Expected<nlohmann::json, Problem>;

struct Route {
  RouteInfo info;
  Answer (*run)(Controlled& controlled, const Call& call);
};

// All, in the order of the document.
[[nodiscard]] const std::vector<Route>& routes();

void append_about_routes(std::vector<Route>& routes);
void append_state_routes(std::vector<Route>& routes);
void append_journal_routes(std::vector<Route>& routes);
void append_fault_routes(std::vector<Route>& routes);
void append_time_routes(std::vector<Route>& routes);
void append_server_routes(std::vector<Route>& routes);
void append_override_routes(std::vector<Route>& routes);
void append_serial_routes(std::vector<Route>& routes);

}  // namespace vmodem::control
