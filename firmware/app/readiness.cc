#include "firmware/app/readiness.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace vmodem::app {

std::string to_json_line(const Readiness& readiness) {
  using Json = nlohmann::ordered_json;
  const Json json{
      {"ready", true},
      {"pty", readiness.pty},
      {"link", readiness.link.empty() ? Json() : Json(readiness.link)},
      {"pid", readiness.pid},
  };
  // A path need not be UTF-8, JSON must be.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_human_text(const Readiness& readiness) {
  const auto path = readiness.link.empty() ? readiness.pty : readiness.link;
  const auto also =
      readiness.link.empty() ? std::string() : fmt::format(" (a link to {})", readiness.pty);
  return fmt::format(
      "vmodem {version}: a {model} is ready on {path}{also}.\n"
      "  connect: picocom -b 115200 {path}    (Ctrl-A Ctrl-X leaves)\n"
      "  stop:    Ctrl-C here, or kill {pid}\n",
      fmt::arg("version", VMODEM_VERSION), fmt::arg("model", readiness.model),
      fmt::arg("path", path), fmt::arg("also", also), fmt::arg("pid", readiness.pid));
}

}  // namespace vmodem::app
