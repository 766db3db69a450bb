// Requests of the control interface, put together from what a command line says.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "tools/vmodemctl/subcommands.h"

namespace vmodem::ctl {

[[nodiscard]] HttpCall get(std::string target);
[[nodiscard]] HttpCall remove(std::string target);
[[nodiscard]] HttpCall post(std::string target, const Json& body);
[[nodiscard]] HttpCall put(std::string target, const Json& body);

// RFC 3986 §2.1; of a path the slashes stay.
[[nodiscard]] std::string escape(std::string_view text);
[[nodiscard]] std::string escape_path(std::string_view path);
// "?since=5&kind=line.urc" of those with a value.
[[nodiscard]] std::string query(
    std::initializer_list<std::pair<std::string_view, std::string>> parameters);
[[nodiscard]] std::string number_text(const std::optional<std::uint64_t>& number);
// \r, \n and \\ as a person types them.
[[nodiscard]] std::string unescape_line(std::string_view text);

// Bodies. The error is what is wrong with the arguments.
[[nodiscard]] Expected<Json, std::string> predicate_of(const Arguments& arguments);
[[nodiscard]] Json payload_of(const Arguments& arguments);  // empty: none is given
[[nodiscard]] Json override_of(const Arguments& arguments, bool is_serial);

}  // namespace vmodem::ctl
