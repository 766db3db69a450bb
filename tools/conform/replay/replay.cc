#include "tools/conform/replay/replay.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tools/conform/device/modem_backend.h"
#include "tools/conform/device/serial_backend.h"
#include "tools/conform/language/script.h"
#include "tools/conform/player.h"
#include "tools/conform/replay/loosened.h"
#include "tools/conform/replay/patient_backend.h"
#include "tools/conform/report.h"
#include "tools/conform/settings.h"

namespace vmodem::conform {
namespace {

enum ReplayExit : std::uint8_t { kPlayed = 0, kPlayedOtherwise = 1, kNotPlayable = 2, kNobody = 3 };

struct ReplayOptions {
  std::string file;
  std::string port;
  std::string program;
  std::string timing = "loose";
  bool is_exact = false;
  bool is_json = false;

  [[nodiscard]] bool is_on_object() const { return port.empty() && program.empty(); }
};

int tell(const Report& report, ReplayExit code, bool is_json) {
  fmt::print("{}\n", is_json ? to_json(report) : to_text(report));
  std::fflush(stdout);
  return code;
}

// In virtual time an instant is what it was.
Loosening loosening_of(const ReplayOptions& options) {
  return {.has_own_fields = !options.is_exact,
          .has_own_time = options.timing == "loose" && !options.is_on_object(),
          .has_own_world = !options.port.empty()};
}

int play_on(const ReplayOptions& options, const Script& script, Backend& backend) {
  if (auto failure = play(script, backend)) {
    return tell(failed(options.file, std::move(*failure)), kPlayedOtherwise, options.is_json);
  }
  return tell(passed(options.file), kPlayed, options.is_json);
}

int replay(const ReplayOptions& options) {
  std::ifstream file(options.file, std::ios::binary);
  const std::string recorded{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    const ScriptError error{0, {"it cannot be read", "the path of a transcript"}};
    return tell(unusable(options.file, error), kNotPlayable, options.is_json);
  }
  const auto loose = loosened(recorded, loosening_of(options));
  const auto script = parse_script(loose.text);
  if (!script) return tell(unusable(options.file, script.error()), kNotPlayable, options.is_json);
  const auto config = make_modem_config(*script);
  if (!config) return tell(unusable(options.file, config.error()), kNotPlayable, options.is_json);
  if (options.is_on_object()) {
    ModemBackend object(*config, *script);
    return play_on(options, *script, object);
  }
  const auto device = options.port.empty() ? SerialBackend::spawn(options.program, *script, "pty")
                                           : SerialBackend::open({options.port}, *script);
  if (!device) {
    fmt::print(stderr, "vmodem-conform replay: {}\n", device.error().what);
    return kNobody;
  }
  PatientBackend patient(**device, 2 * loose.wait_max);
  return play_on(options, *script, patient);
}

}  // namespace

int run_replay(int argc, char** argv) {
  ReplayOptions options;
  CLI::App app("Plays a recorded session: on the modem object, a vmodem of its own, or a device.");
  app.add_option("FILE", options.file, "the transcript")->required();
  auto* port = app.add_option("--port", options.port,
                              "the serial device, or unix:PATH, tcp://HOST:PORT, "
                              "rfc2217://HOST:PORT");
  app.add_option("--spawn", options.program, "start this vmodem")
      ->check(CLI::ExistingFile)
      ->excludes(port);
  app.add_option("--timing", options.timing,
                 "loose: an answer may come earlier, or later, than the recorded one")
      ->check(CLI::IsMember({"loose", "recorded"}));
  app.add_flag("--exact", options.is_exact, "every octet as it was recorded");
  app.add_flag("--json", options.is_json, "one line of JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kPlayed : kNotPlayable;
  }
  return replay(options);
}

}  // namespace vmodem::conform
