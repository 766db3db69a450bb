#include "firmware/app/readiness.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace vmodem::app {

std::string to_json_line(const Readiness& readiness) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](std::string_view text) { return text.empty() ? Json() : Json(text); };
  auto serve = Json::array();
  for (const auto& [host, uri] : readiness.serve) serve.push_back({{"host", host}, {"uri", uri}});
  const Json json{
      {"ready", true},
      {"pty", readiness.pty},
      {"link", or_null(readiness.link)},
      {"pid", readiness.pid},
      {"control", or_null(readiness.control)},
      {"control_token", or_null(readiness.control_token)},
      {"listen", readiness.listen},
      {"serve", serve},
      {"window", or_null(readiness.window)},
  };
  // A path need not be UTF-8, JSON must be.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_human_text(const Readiness& readiness) {
  const auto path = readiness.link.empty() ? readiness.pty : readiness.link;
  const auto also =
      readiness.link.empty() ? std::string() : fmt::format(" (a link to {})", readiness.pty);
  std::string listen;
  for (const auto& address : readiness.listen) listen += fmt::format("  or at:   {}\n", address);
  std::string serve;
  for (const auto& [host, uri] : readiness.serve) {
    serve += fmt::format("  serves:  {} at {}\n", host, uri);
  }
  const auto token = readiness.control_token.empty()
                         ? std::string()
                         : fmt::format(" --control-token {}", readiness.control_token);
  const auto control =
      readiness.control.empty()
          ? std::string()
          : fmt::format("  control: vmodemctl --control {}{} state\n", readiness.control, token);
  const auto window =
      readiness.window.empty() ? std::string() : fmt::format("  window:  {}\n", readiness.window);
  return fmt::format(
      "vmodem {version}: a {model} is ready on {path}{also}.\n"
      "  connect: picocom -b 115200 {path}    (Ctrl-A Ctrl-X leaves)\n"
      "{listen}"
      "{serve}"
      "{control}"
      "{window}"
      "  stop:    Ctrl-C here, or kill {pid}\n",
      fmt::arg("version", VMODEM_VERSION), fmt::arg("model", readiness.model),
      fmt::arg("path", path), fmt::arg("also", also), fmt::arg("control", control),
      fmt::arg("window", window), fmt::arg("listen", listen), fmt::arg("serve", serve),
      fmt::arg("pid", readiness.pid));
}

}  // namespace vmodem::app
