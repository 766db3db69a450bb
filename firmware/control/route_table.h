// The table of all routes, for documents that are made from it.
#pragma once

#include <string>
#include <vector>

#include "firmware/control/schema/route_info.h"

namespace vmodem::control {

// In the order of the document, GET /events among them, which the transport serves.
[[nodiscard]] const std::vector<RouteInfo>& route_infos();

// docs/control.md.
[[nodiscard]] std::string reference_text();

}  // namespace vmodem::control
