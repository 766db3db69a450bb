// The bodies of verbs, from the table of verbs.
#pragma once

#include <string>
#include <string_view>

#include "firmware/control/schema/shape.h"
#include "firmware/testbed/verb.h"

namespace vmodem::control {

// The member of a body that says when; no argument is called so.
inline constexpr std::string_view kWhen = "when";

[[nodiscard]] const Shape& shape_of(const testbed::Verb& verb);
// As a member of a body: in lower case.
[[nodiscard]] std::string argument_name(const testbed::ArgumentSpec& spec);
[[nodiscard]] std::string_view type_name(testbed::ArgumentKind kind);

}  // namespace vmodem::control
