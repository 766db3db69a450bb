// Completion for shells, from the table of subcommands. Verbs are asked of the modem.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace vmodem::ctl {

// `app` has all options declared. Nothing for a shell that is not known.
[[nodiscard]] std::optional<std::string> completion(std::string_view shell, const CLI::App& app);

}  // namespace vmodem::ctl
