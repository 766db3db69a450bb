// The page of the live window, as tools/window/build has made it (cmake/Page.cmake).
#pragma once

#include <span>

#include "firmware/app/http/http.h"

namespace vmodem::app {

// Empty where it was not made; otherwise /index.html is among them.
[[nodiscard]] std::span<const HttpFile> page_files() noexcept;

}  // namespace vmodem::app
