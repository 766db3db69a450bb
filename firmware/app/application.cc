#include "firmware/app/application.h"

#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "firmware/app/control/control.h"
#include "firmware/app/journal_readers.h"
#include "firmware/app/loop/end_signals.h"
#include "firmware/app/loop/event_loop.h"
#include "firmware/app/loop/readers.h"
#include "firmware/app/memory_protection.h"
#include "firmware/app/options.h"
#include "firmware/app/port/serial_port.h"
#include "firmware/app/port/shared_port.h"
#include "firmware/app/readiness.h"
#include "firmware/app/recording/recorded_run.h"
#include "firmware/app/recordings.h"
#include "firmware/app/replay.h"
#include "firmware/app/serving/outside_servers.h"
#include "firmware/app/standard_streams.h"
#include "firmware/app/way_back.h"
#include "firmware/app/world/settings_store.h"
#include "firmware/app/world/sockets.h"
#include "firmware/base/check.h"
#include "firmware/base/printable.h"
#include "firmware/configuration/faults.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/testbed.h"
#include "firmware/control/api.h"
#include "firmware/journal/why.h"
#include "net/sockets/system_lookup.h"
#include "ufs/directory/store.h"
#include "ufs/memory_store.h"

namespace vmodem::app {
namespace {

constexpr int kExitEnded = 0;
constexpr int kExitFailed = 1;
constexpr int kExitRefused = 2;
constexpr int kExitFound = 3;
constexpr std::size_t kPathSizeMax = 4096;

// What a start and a module with all its sockets may have open at a time.
constexpr int kDescriptorsNeeded = 24;

using Result = Expected<void, std::string>;

int report(int status, std::string_view message) {
  constexpr std::size_t kMessageSizeMax = 2000;
  complain(printable(message, kMessageSizeMax));
  return status;
}

// Text that was asked for, and that the status of the program vouches for.
int print_all(std::string_view text) {
  if (print(text)) return kExitEnded;
  return report(kExitFailed, fmt::format("standard output: {}", std::strerror(errno)));
}

// 32 bits are enough to tell runs apart and short enough to type.
std::int64_t draw_seed() {
  std::uint32_t seed = 0;
  BG_CHECK(::getrandom(&seed, sizeof seed, 0) == sizeof seed, "small requests are never cut short");
  return seed;
}

std::vector<Served> served_by(const OutsideServers* outside) {
  std::vector<Served> served;
  if (outside == nullptr) return served;
  for (const auto& [host, uri] : outside->addresses()) served.push_back({host, uri});
  return served;
}

void announce(const Config& config, const SharedPort& port, const Control* control,
              const OutsideServers* outside, bool is_json, EndSignals& signals, Log& log) {
  const auto address = control != nullptr ? control->address() : std::string();
  const auto token = control != nullptr ? control->token_path() : std::string();
  const auto window = control != nullptr ? control->window_link() : std::string();
  const Readiness readiness{config.modem.identity.model,
                            port.path(),
                            config.link,
                            ::getpid(),
                            address,
                            token,
                            port.addresses(),
                            served_by(outside),
                            window};
  const auto text = is_json ? to_json_line(readiness) : to_human_text(readiness);
  // Standard output may be a recording's.
  const int stream = uses_standard_output(config) ? STDERR_FILENO : STDOUT_FILENO;
  if (print_until(text, signals.fd(), stream)) return;
  // The modem is there all the same.
  log.format(LogLevel::kInfo, "nobody is told that it is ready: {}", std::strerror(errno));
}

Expected<std::unique_ptr<firmware::NvStore>, std::string> open_settings(const StateConfig& state) {
  if (state.directory.empty()) return std::make_unique<firmware::MemoryNvStore>();
  auto store = DirectoryNvStore::open(state.directory, state.starts_new);
  if (!store) return unexpected(std::move(store.error()));
  return std::move(*store);
}

Expected<std::unique_ptr<ufs::Store>, std::string> open_files(const Config& config) {
  auto directory = config.ufs.directory;
  if (directory.empty() && !config.state.directory.empty()) {
    directory = config.state.directory + "/ufs";
  }
  if (directory.empty()) return std::make_unique<ufs::MemoryStore>();
  auto store = ufs::DirectoryStore::open(directory);
  if (!store) return unexpected(std::move(store.error().text));
  return std::move(*store);
}

int report_check(const std::string& path, const std::vector<ConfigError>& errors) {
  for (const auto& error : errors) report(kExitRefused, to_string(error));
  if (!errors.empty()) return kExitRefused;
  return print_all(fmt::format("{} is right\n", printable(path, kPathSizeMax)));
}

Expected<std::unique_ptr<Control>, std::string> open_control(const ControlConfig& config,
                                                             const Control::World& world) {
  if (!config.is_open()) return nullptr;
  return Control::open(config, world);
}

// What a network tells by itself: the time, but the same in every run that is to be repeated.
ClockSources clock_sources(const Config& config) {
  const CalendarTime host = std::chrono::system_clock::now();
  const bool is_repeatable = config.seed || config.time.mode == ClockMode::kVirtual ||
                             config.time.mode == ClockMode::kManual;
  return {host, is_repeatable ? CalendarTime(config.internet.calendar_start) : host};
}

Expected<testbed::Stores, std::string> open_stores(const Config& config, const Start& start) {
  if (start.record) return make_stores(start.record->header);
  auto settings = open_settings(config.state);
  if (!settings) return unexpected(std::move(settings.error()));
  auto files = open_files(config);
  if (!files) return unexpected(std::move(files.error()));
  return testbed::Stores{std::move(*settings), std::move(*files)};
}

// A run that was recorded is played, and goes on from its end.
Result play_first(const Start& start, testbed::Testbed& testbed, SocketNetwork& network,
                  SteeredClock& clock, Control* control,
                  const std::vector<JournalReader*>& readers) {
  const journal::Ring nothing;
  control::Api api({.testbed = testbed, .journal = nothing});
  auto played = play_record(*start.record, start.command_line.replay_until, testbed, network,
                            control != nullptr ? control->api() : api,
                            [&](const journal::Entry& entry) {
                              for (auto* reader : readers) reader->handle(entry);
                            });
  if (!played) return unexpected(std::move(played.error()));
  clock.set_now(played->now);
  return {};
}

// Why a run that is recorded cannot go back; empty: it can.
std::string objection_to_way_back(const Config& config, const Start& start) {
  if (start.record) return "the run begins with that of --replay";
  if (!config.state.directory.empty() || !config.ufs.directory.empty()) {
    return "the module keeps its state in a directory, which does not go back";
  }
  if (!config.transcript.empty()) return "a transcript is written, which does not go back";
  return {};
}

// What is known at the end of a run beside how it ended.
struct Aftermath {
  bool has_running_lookup = false;
  bool has_findings = false;
};

// Where the parts are made and die; by its end the link is gone. It is made last, when nothing can
// fail any more.
Result simulate(const Config& config, const Start& start, EndSignals& signals,
                Aftermath& aftermath) {
  auto log = Log::open(config.log.level, config.log.file);
  if (!log) return unexpected(std::move(log.error()));
  const auto seed = config.seed ? *config.seed : draw_seed();
  log->format(LogLevel::kInfo, "seed {}", seed);
  auto stores = open_stores(config, start);
  if (!stores) return unexpected(std::move(stores.error()));
  auto readers = JournalReaders::open(config, *log);
  if (!readers) return unexpected(std::move(readers.error()));
  // Entries are counted only where they are built.
  if (start.command_line.replay_until) readers->wanted = journal::Journal::everything();
  const auto clocks = start.record ? ClockSources{start.record->header.host_time,
                                                  start.record->header.automatic_time}
                                   : clock_sources(config);
  auto recordings = open_recordings(config, seed, clocks.automatic);
  if (!recordings) return unexpected(std::move(recordings.error()));
  for (auto& reader : recordings->readers) {
    readers->add(std::move(reader), journal::Journal::everything());
  }
  const auto header = [&] {
    return make_header(start.command_line, seed, clocks, *stores->settings, *stores->files);
  };
  auto session = RecordedRun::open(config.record, start.record, header, *log);
  if (!session) return unexpected(std::move(session.error()));
  auto surroundings = make_testbed_config(config, clocks);
  surroundings.modem.sessions = session->sessions();
  surroundings.journal = readers->wanted;
  testbed::Machine machine(std::move(surroundings), seed, std::move(*stores));
  auto& testbed = machine.testbed();
  Poller poller;
  const MonotonicClock wall;
  const auto clock = make_clock(config.time, wall);
  SocketNetwork network(poller, {config.network.mode, config.network.routes},
                        net::system_lookup(config.network.mode), *log);
  std::optional<WayBack> way_back;
  if (session->file() != nullptr) {
    way_back.emplace(WayBack::Run{machine, network, *clock, *session->file(), config.record,
                                  objection_to_way_back(config, start)});
  }
  auto* const past = way_back ? &*way_back : nullptr;
  auto control = open_control(config.control, {testbed, *clock, poller, VMODEM_VERSION,
                                               session->recorder(), recordings->capture, past});
  if (!control) return unexpected(std::move(control.error()));
  auto all_readers = readers->pointers(control->get());
  if (start.record) {
    auto played = play_first(start, testbed, network, *clock, control->get(), all_readers);
    if (!played) return played;
    session->end_playing();
  }
  if (session->file() != nullptr) all_readers.push_back(session->file());
  if (past != nullptr && *control) past->set_observers(all_readers, (*control)->api());
  auto serial = SerialPort::open({config.link, config.port_reappears}, poller, *log);
  if (!serial) return unexpected(std::move(serial.error()));
  auto port = SharedPort::open(config.listen, *serial, poller, *log);
  if (!port) return unexpected(std::move(port.error()));
  auto outside = OutsideServers::open(config, static_cast<std::uint64_t>(seed), poller, *log);
  if (!outside) return unexpected(std::move(outside.error()));
  // A module that boots does so without a host.
  ModemPort& at = config.listen.empty() ? static_cast<ModemPort&>(*serial) : *port;
  EventLoop loop({testbed, at, network, poller, *clock, *log, signals, all_readers,
                  !config.modem.power.cold_start && !start.record, control->get(), outside->get(),
                  session->recorder(), recordings->tap_pointers(), past});

  announce(config, *port, control->get(), outside->get(), start.command_line.is_json, signals,
           *log);
  auto ended = loop.run();
  aftermath.has_running_lookup = network.has_running_lookup();
  if (readers->lint != nullptr) {
    end_lint(clock->now(), testbed.journal(), all_readers);
    for (const auto& line : readers->lint->lines()) complain(line);
    aftermath.has_findings = !readers->lint->is_empty();
  }
  return ended;
}

// The arguments, and the record that they ask to play.
Expected<Start, std::string> make_start(const CommandLine& command_line) {
  Start start{command_line, std::nullopt};
  if (command_line.replay_file.empty()) return start;
  auto record = load_record(command_line.replay_file);
  if (!record) return unexpected(std::move(record.error()));
  start.record = std::move(*record);
  return start;
}

int run_program(int argc, const char* const* argv) {
  if (!has_descriptors(kDescriptorsNeeded)) {
    return report(kExitFailed,
                  fmt::format("fewer than {} more files can be open at a time (ulimit -n)",
                              kDescriptorsNeeded));
  }
  // From here on a signal is only noticed, so that what is made is also removed.
  EndSignals signals;
  // A reader of standard output that leaves must not end the modem.
  std::signal(SIGPIPE, SIG_IGN);
  auto parsed = parse_command_line(argc, argv);
  if (!parsed) return report(kExitRefused, to_string(parsed.error()));
  if (const auto* notice = std::get_if<Notice>(&*parsed)) return print_all(notice->text);
  const auto& command_line = std::get<CommandLine>(*parsed);
  if (const auto& path = command_line.checked_file) {
    return report_check(*path, check_config_file(*path));
  }
  if (const auto& path = command_line.checked_scenario) {
    return report_check(*path, check_scenario(*path));
  }
  const auto start = make_start(command_line);
  if (!start) return report(kExitRefused, start.error());
  const auto config = start->record ? make_replayed_config(start->record->header, command_line)
                                    : make_config(command_line);
  if (!config) return report(kExitRefused, to_string(config.error()));

  Aftermath aftermath;
  const auto ended = simulate(*config, *start, signals, aftermath);
  const bool is_found = config->lint == LintMode::kError && aftermath.has_findings;
  const int status = !ended     ? report(kExitFailed, ended.error())
                     : is_found ? kExitFound
                                : kExitEnded;
  // Static destructors would pull the C library from under a thread that still looks up a name.
  if (aftermath.has_running_lookup) std::_Exit(status);
  return status;
}

constexpr const char* kNoMemory = "there is not enough memory (ulimit -v)";

}  // namespace

int run(int argc, const char* const* argv) {
  occupy_standard_descriptors();
  hide_memory();
  try {
    return run_program(argc, argv);
  } catch (const std::bad_alloc&) {
    // Not by way of what would allocate.
    complain(kNoMemory);
    return kExitFailed;
  } catch (const std::exception& error) {
    // What the libraries throw where the system denies them something.
    return report(kExitFailed, error.what());
  }
}

}  // namespace vmodem::app
