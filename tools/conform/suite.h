// The cases of a suite: files of the language below folders, by name.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/base/expected.h"
#include "tools/conform/language/captures.h"

namespace vmodem::conform {

// The files below a folder that end in ".at", in the order of their paths; a file stands for itself.
// Error: a path that is neither.
[[nodiscard]] Expected<std::vector<std::string>, Fault> cases_below(
    const std::vector<std::string>& paths);

// Where vmodem's own suite is: beside the program in an installation, else in the source tree.
// Nothing: neither is there.
[[nodiscard]] std::optional<std::string> suite_root(const std::string& program);
// The folder of a suite: "note" is all of it, the name of a room ("rfc7252", "commands/files")
// that.
[[nodiscard]] Expected<std::string, Fault> suite_folder(const std::string& root,
                                                        const std::string& name);
// "note/5_examples/5_1": below the root without its ending, else the path as it is.
[[nodiscard]] std::string case_name(const std::string& root, const std::string& file);

}  // namespace vmodem::conform
