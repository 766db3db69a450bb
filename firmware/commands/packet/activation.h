// How a command asks for a PDP context, and what its coming and going means to the rest.
#pragma once

#include <optional>
#include <string_view>

#include "firmware/base/time.h"
#include "firmware/packet/contexts.h"

namespace vmodem::at {
struct Services;
}  // namespace vmodem::at

namespace vmodem::firmware {

// Joins an activation that has begun; the layer is not active. Without an activation time it is
// active, or refused, when this returns nothing. What is activated is defined from then on
// (27.007 §10.1.1).
[[nodiscard]] std::optional<PdpObstacle> begin_activation(at::Services& services, Instant now,
                                                          int id, PdpUser user, PdpLayer layer);

// LTE has attached the module: the bearer that comes with it (23.401 §5.3.2.1).
void bring_up_default_bearer(at::Services& services);

[[nodiscard]] std::string_view describe(PdpObstacle obstacle);

// News of services.pdp, for those who use the context.
void tell_users(at::Services& services, Instant now, const PdpActivated& news);
void tell_users(at::Services& services, Instant now, const PdpFailed& news);
void tell_users(at::Services& services, Instant now, const PdpDeactivated& news);

}  // namespace vmodem::firmware
