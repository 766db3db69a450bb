#include "tools/conform/record/record.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "firmware/app/loop/end_signals.h"
#include "firmware/app/port/link.h"
#include "firmware/app/port/pty.h"
#include "firmware/base/printable.h"
#include "tools/conform/device/line.h"
#include "tools/conform/record/recorded_file.h"
#include "tools/conform/record/relay.h"

namespace vmodem::conform {
namespace {

enum Exit : std::uint8_t {
  kExitDone = 0,
  kExitIncomplete = 1,
  kExitUnusable = 2,
  kExitNoDevice = 3
};

struct RecordOptions {
  std::string device;
  std::string link;
  std::string output = "-";
  std::optional<std::uint32_t> baud;
  bool is_redacted = false;
  bool is_json = false;
};

int complain(const std::string& why, Exit code) {
  fmt::print(stderr, "vmodem-conform record: {}\n", why);
  return code;
}

// UTC, as ISO 8601 writes it. fmt's own way there wants a locale, which its archive is without.
std::string calendar_text(std::time_t instant) {
  std::tm fields{};
  gmtime_r(&instant, &fields);
  std::array<char, sizeof "2026-11-28T17:45:00Z"> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  return text.data();
}

std::string head_of(const RecordOptions& options) {
  const auto start = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const auto what =
      options.is_redacted
          ? "without what is secret: to be read, since what is masked cannot be played"
          : "octet for octet: SECRETS THAT WERE TYPED STAND IN IT. For its owner alone (mode 0600)";
  return fmt::format("# A session with {}, {}.\n# Recorded at {}.\n\n",
                     printable(options.device, 200), what, calendar_text(start));
}

Expected<app::Pty, std::string> open_host_port(const std::string& link) {
  auto pty = app::Pty::open();
  if (!pty) return pty;
  // By this whoever finds the link finds its keeper; without it the link is only less guarded.
  static_cast<void>(pty->mark(app::link_key(link)));
  return pty;
}

// The link is there: a host may come.
void announce(const RecordOptions& options, const std::string& pty) {
  if (!options.is_json) {
    fmt::print(stderr, "vmodem-conform record: {} is at {}\n", options.device, options.link);
    return;
  }
  const nlohmann::json line{{"pty", pty}, {"link", options.link}, {"port", options.device}};
  fmt::print("{}\n", line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  std::fflush(stdout);
}

int record(const RecordOptions& options) {
  auto device = Line::open(options.device, options.baud);
  if (!device) return complain(device.error().what, kExitNoDevice);
  app::EndSignals signals;
  auto file = RecordedFile::open(options.output, head_of(options), options.is_redacted);
  if (!file) return complain(file.error(), kExitUnusable);
  auto host = open_host_port(options.link);
  if (!host) return complain(host.error(), kExitUnusable);
  const auto link = app::PortLink::create(options.link, host->path());
  if (!link) return complain(link.error(), kExitUnusable);

  announce(options, host->path());
  SessionRecorder recorder;
  const auto write = [&] { file->write(recorder.take_text()); };
  const auto ended = Relay(*host, *device, recorder, write).run(signals);
  if (!file->is_whole()) {
    complain("the transcript is not whole: there was no room for what came", kExitIncomplete);
  }
  if (ended.end == Relay::End::kDeviceLost) return complain(ended.why, kExitNoDevice);
  return file->is_whole() ? kExitDone : kExitIncomplete;
}

}  // namespace

int run_record(int argc, char** argv) {
  RecordOptions options;
  CLI::App app("Sits between a host and a device, and writes down what they say.");
  app.add_option("--port", options.device,
                 "the serial device, or unix:PATH, tcp://HOST:PORT, rfc2217://HOST:PORT")
      ->required();
  app.add_option("--link", options.link, "where the host finds its serial port")->required();
  app.add_option("--output", options.output,
                 "the transcript; standard output where it is not said");
  app.add_option("--baud", options.baud, "the speed of the device")
      ->check(CLI::IsMember(std::vector<unsigned>(baud_rates().begin(), baud_rates().end())));
  app.add_flag("--redact", options.is_redacted,
               "without what is secret; such a transcript cannot be played");
  app.add_flag("--json", options.is_json, "announce the port as one line of JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitDone : kExitUnusable;
  }
  if (options.is_json && options.output == app::PrivateOutput::kStandardOutput) {
    return complain("--json and the transcript on standard output; right: --output FILE.at",
                    kExitUnusable);
  }
  return record(options);
}

}  // namespace vmodem::conform
