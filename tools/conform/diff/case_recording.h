// What a device says to a case, whatever the case expects of it.
#pragma once

#include <string>

#include "tools/conform/device/backend.h"
#include "tools/conform/language/script.h"

namespace vmodem::conform {

// As a transcript of the serial line. Behind an expectation that fails what comes is waited for and
// taken as it is, up to the next thing that host or server says; a server that was told something
// else than it expects can say no more, and the case ends there.
[[nodiscard]] std::string record_case(const Script& script, Backend& backend);

}  // namespace vmodem::conform
