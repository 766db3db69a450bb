// Names of a case, `${NAME}`: what `let` and the rows of a table give them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "firmware/base/expected.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

using Names = std::map<std::string, std::string, std::less<>>;

// A letter or '_', then letters, digits and '_'.
[[nodiscard]] bool is_name(std::string_view text);

// Puts values in the place of the names that are known; others stay, for a later line may have
// captured them. ${n:x2} is the number n in two hex digits, :X2 in upper case, ${n:c} the code n of
// RFC 7252 §3 as c.dd.
[[nodiscard]] Expected<std::string, Fault> fill_in(std::string_view text, const Names& names);

}  // namespace vmodem::conform
