#include "firmware/app/control/http_module.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <filesystem>
#include <string_view>

namespace vmodem::app {
namespace {

constexpr const char* kFileName = "vmodem-http.so";

std::filesystem::path folder_of_program() {
  std::error_code none;
  return std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
}

}  // namespace

Expected<const HttpModule*, std::string> load_http_module() {
  const auto folder = folder_of_program();
  const auto beside = folder / kFileName;
  const auto installed = (folder / "../lib/vmodem" / kFileName).lexically_normal();
  std::error_code none;
  const auto& path = std::filesystem::exists(beside, none) ? beside : installed;
  if (!std::filesystem::exists(path, none)) {
    return unexpected(
        fmt::format("the control interface needs {}, which is neither {} nor {}: build it with "
                    "libmicrohttpd (tools/setup run)",
                    kFileName, beside.string(), installed.string()));
  }
  auto* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    return unexpected(fmt::format("the control interface cannot be loaded: {}", ::dlerror()));
  }
  const auto* module = static_cast<const HttpModule*>(::dlsym(library, kHttpModuleSymbol));
  if (module == nullptr || std::string_view(module->version) != VMODEM_VERSION) {
    return unexpected(fmt::format("{} is of another version of vmodem", path.string()));
  }
  return module;
}

}  // namespace vmodem::app
