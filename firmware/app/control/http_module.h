// vmodem-http.so: beside the program, or where an installed program keeps it.
#pragma once

#include <string>

#include "firmware/app/http/http.h"
#include "firmware/base/expected.h"

namespace vmodem::app {

// Loads the module for the rest of the program's life. The error is what is missing, or wrong.
[[nodiscard]] Expected<const HttpModule*, std::string> load_http_module();

}  // namespace vmodem::app
