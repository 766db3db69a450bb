#include "firmware/app/options.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "firmware/configuration/keys.h"
#include "firmware/configuration/print.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

Expected<std::variant<CommandLine, Notice>, ConfigError> parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "vmodem");
  return parse_command_line(static_cast<int>(arguments.size()), arguments.data());
}

Expected<Config, ConfigError> configure(const std::vector<const char*>& arguments) {
  auto parsed = parse(arguments);
  if (!parsed) return unexpected(std::move(parsed.error()));
  return make_config(std::get<CommandLine>(*parsed));
}

std::string error_of(const std::vector<const char*>& arguments) {
  const auto config = configure(arguments);
  REQUIRE_FALSE(config);
  return to_string(config.error());
}

std::string notice_of(const char* option) {
  const auto parsed = parse({option});
  REQUIRE(parsed);
  REQUIRE(std::holds_alternative<Notice>(*parsed));
  return std::get<Notice>(*parsed).text;
}

// A file with one text, gone at the end of the test.
class TextFile {
 public:
  explicit TextFile(std::string_view text) {
    const auto pattern = std::filesystem::temp_directory_path() / "vmodem-options-XXXXXX";
    path_ = pattern.string();
    const int fd = ::mkstemp(path_.data());
    REQUIRE(fd >= 0);
    ::close(fd);
    std::ofstream(path_) << text;
  }
  ~TextFile() { std::filesystem::remove(path_); }
  TextFile(const TextFile&) = delete;
  TextFile& operator=(const TextFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("without options everything has its default") {
  const auto config = configure({});
  REQUIRE(config);
  for (const auto& key : config_keys()) {
    CHECK(value_text(key, *config) == value_text(key, Config{}));
  }
  CHECK(config->network.routes.is_empty());
}

TEST_CASE("each option sets what it names") {
  const auto config = configure({"--link", "/tmp/m", "--model", "bg95-m1", "--seed", "7",
                                 "--network", "host", "--log-level", "debug", "--log-file", "l"});
  REQUIRE(config);
  CHECK(config->link == "/tmp/m");
  CHECK(config->modem.identity.model == "BG95-M1");
  CHECK(config->seed == 7);
  CHECK(config->network.mode == net::NetworkMode::kHost);
  CHECK(config->log.level == LogLevel::kDebug);
  CHECK(config->log.file == "l");
}

TEST_CASE("--route and --set may be repeated and take one value each time") {
  const auto config =
      configure({"--route", "[2001:db8::1]:1=127.0.0.1:1", "--route=coap.me=[::1]:2", "--set",
                 "dialect.nstart=2", "--set", "dialect.token_text=true"});
  REQUIRE(config);
  CHECK(to_string(config->network.routes.find("2001:db8::1", 1).value()) == "127.0.0.1:1");
  CHECK(to_string(config->network.routes.find("coap.me", 1).value()) == "[::1]:2");
  CHECK(config->modem.dialect.messages.nstart == 2);
  CHECK(config->modem.dialect.token_text);
  CHECK(error_of({"--set", "dialect.nstart=2", "dialect.token_text=true"}).find("command line: ") ==
        0);
}

TEST_CASE("--json is told apart") {
  CHECK(std::get<CommandLine>(*parse({"--json"})).is_json);
  CHECK_FALSE(std::get<CommandLine>(*parse({})).is_json);
}

TEST_CASE("the command line wins over the file") {
  const TextFile file("seed = 1\n[dialect]\nnstart = 3\n[routes]\n\"coap.me\" = \"127.0.0.1:1\"\n");
  const auto config =
      configure({"--seed", "2", "--config", file.path().c_str(), "--route", "coap.me=127.0.0.1:2"});
  REQUIRE(config);
  CHECK(config->seed == 2);
  CHECK(config->modem.dialect.messages.nstart == 3);
  CHECK(to_string(config->network.routes.find("coap.me", 5).value()) == "127.0.0.1:2");
}

TEST_CASE("a route is on the command line once") {
  CHECK(error_of({"--route", "a.b=127.0.0.1:1", "--route", "A.B=127.0.0.1:2"}) ==
        "--route A.B=127.0.0.1:2: routes.A.B: there is a route from there already; expected each "
        "FROM once, in letters of either case");
  CHECK(error_of({"--set", "routes.a.b=127.0.0.1:1", "--set", "routes.a.b=127.0.0.1:1"})
            .find("--set routes.a.b: routes.a.b: there is a route") == 0);
}

TEST_CASE("an empty name of a file or folder is no name") {
  for (const std::string option : {"--config", "--scenario", "--check-config", "--check-scenario",
                                   "--link", "--state", "--ufs", "--keylog", "--log-file"}) {
    CHECK(error_of({option.c_str(), ""}) ==
          option + " \"\": the name is empty; expected a name, or no " + option);
    const auto joined = option + "=";
    CHECK_FALSE(parse({joined.c_str()}));
  }
}

TEST_CASE("a bad value names the option, the key and what is allowed") {
  CHECK(error_of({"--seed", "x"}) ==
        "--seed x: seed: \"x\" is not allowed; expected an integer, 0–9223372036854775807");
  CHECK(error_of({"--model", "BC66"}) ==
        "--model BC66: identity.model: \"BC66\" is not allowed (did you mean \"BG77\" or "
        "\"BG95-M6\"?); expected a name that vmodem --help identity.model "
        "lists");
  CHECK(error_of({"--network", "lan"}) ==
        "--network lan: network.mode: \"lan\" is not allowed; expected one of loopback, host");
  CHECK(error_of({"--set", "dialect.nstart=9"}) ==
        "--set dialect.nstart: dialect.nstart: 9 is not allowed; expected an integer, 1–8");
  CHECK(error_of({"--set", "dialect.nstart"}) ==
        "--set dialect.nstart: no \"=\"; expected KEY=VALUE, as dialect.sticky_message_id=true");
  CHECK(error_of({"--set", "log.verbosity=1"}) ==
        "--set log.verbosity: unknown key \"log.verbosity\" (did you mean \"log.level\" or "
        "\"log.file\"?); expected a key that vmodem --help keys lists");
  CHECK(error_of({"--route", "coap.me"}) ==
        "--route coap.me: no \"=\"; expected FROM=TO, as 220.180.239.212:8028=127.0.0.1:5683");
  CHECK(error_of({"--route", "coap.me=1"}) ==
        "--route coap.me=1: routes.coap.me: \"1\" has no port; expected an address and a port, as "
        "127.0.0.1:5683 or [::1]:5683");
}

TEST_CASE("a bad fault has the same cause and remedy wherever it is written") {
  for (const std::string fault : {"link-down 3x", "link-done 3s", "signal", "reset@later"}) {
    const auto told = error_of({"--fault", fault.c_str()}).substr(("--fault " + fault).size());
    CAPTURE(told);
    CHECK(told.find("; expected ") != std::string::npos);
    const auto set = "faults=" + fault;
    CHECK(error_of({"--set", set.c_str()}) == "--set faults: faults" + told);
    const TextFile file("faults = [\n  \"reset\", \"" + fault + "\"]\n");
    CHECK(error_of({"--config", file.path().c_str()}) == file.path() + ":2:12: faults" + told);
  }
  CHECK(error_of({"--set", "faults=link-down 3x"}) ==
        "--set faults: faults: link-down: DURATION cannot be 3x; expected a duration "
        "up to 24h, as 3s or 250ms");
}

TEST_CASE("a bad file named by --config is reported in its own terms") {
  const TextFile file("\n[dialect]\nnstart = \"two\"\n");
  CHECK(error_of({"--config", file.path().c_str()}) ==
        file.path() + ":3:10: dialect.nstart: \"two\" is not allowed; expected an integer, 1–8");
}

TEST_CASE("no message shows what may be a secret") {
  const auto arguments =
      GENERATE(std::vector<const char*>{"--set", "servers.coap-sim-dtls.pskk=device:5ec4e7"},
               std::vector<const char*>{"--set", "servers.coap-sim-dtls.psk=device:5ec4e7g"},
               std::vector<const char*>{"--set", "nothing.like.it=device:5ec4e7"},
               std::vector<const char*>{"--set", "device:5ec4e7"},
               std::vector<const char*>{"--set", "servers.coap-sim-dtls.psk", "device:5ec4e7"},
               std::vector<const char*>{"--sett", "servers.coap-sim-dtls.psk=device:5ec4e7"},
               std::vector<const char*>{"--sett=servers.coap-sim-dtls.psk=device:5ec4e7"},
               std::vector<const char*>{"servers.coap-sim-dtls.psk=device:5ec4e7"},
               std::vector<const char*>{"--json=servers.coap-sim-dtls.psk=device:5ec4e7"},
               std::vector<const char*>{"--set", "sim.pin=5ec4e7"});
  const auto error = error_of(arguments);
  CAPTURE(error);
  CHECK(error.find("5ec4e7") == std::string::npos);
  CHECK(error.find("device") == std::string::npos);
}

TEST_CASE("an option that does not exist or lacks its value is named") {
  struct Row {
    std::vector<const char*> arguments;
    const char* named;
  };
  const auto row =
      GENERATE(Row{{"--frobnicate"}, "unknown option \"--frobnicate\""},
               Row{{"--json", "stray"}, "argument 2 belongs to no option"},
               Row{{"--link"}, "--link"}, Row{{"--set"}, "--set"}, Row{{"--json=maybe"}, "--json"});
  const auto error = error_of(row.arguments);
  CAPTURE(error);
  CHECK(error.find("command line: ") == 0);
  CHECK(error.find(row.named) != std::string::npos);
  CHECK(error.find("; expected an option that vmodem --help options lists") != std::string::npos);
}

TEST_CASE("a mistyped name is answered with the two nearest, not with all") {
  struct Row {
    std::vector<const char*> arguments;
    const char* nearest;
  };
  const auto row = GENERATE(
      Row{{"--sett", "x=1"}, "unknown option \"--sett\" (did you mean \"--set\" or \"--seed\"?)"},
      Row{{"--set", "nstart=1"}, "\"nstart\" (did you mean \"dialect.nstart\" or "},
      Row{{"--set", "dialec.nstart=1"}, "\"dialec.nstart\" (did you mean \"dialect.nstart\" or "},
      Row{{"--set", "hosts.ntp-sim.adress=1"},
          "\"hosts.ntp-sim.adress\" (did you mean \"hosts.ntp-sim.addresses\" or "},
      Row{{"--fault", "link-donw 3s"}, "\"link-donw\" (did you mean \"link-down\" or "},
      Row{{"--cellular", "tunel"}, "\"tunel\" is not allowed (did you mean \"tunnel\" or "},
      Row{{"--model", "BG95M3"}, "(did you mean \"BG95-M3\" or \"BG95-M1\"?)"},
      Row{{"--help", "nstart"}, "no such topic (did you mean \"dialect.nstart\" or "});
  const auto error = error_of(row.arguments);
  CAPTURE(error);
  CHECK(error.find(row.nearest) != std::string::npos);
  CHECK(std::ranges::count(error, '"') <= 8);
  CHECK(error.size() < 230);
}

TEST_CASE("--help fits a screen of 24 lines and 80 columns and says where the rest is") {
  const auto text = notice_of("--help");
  CHECK(notice_of("-h") == text);
  std::string_view help = text;
  CHECK(std::ranges::count(help, '\n') <= 24);
  for (const auto* word : {"--link PATH", "--set KEY=VALUE", "--help options", "--help keys",
                           "--help verbs", "--help KEY"}) {
    CAPTURE(word);
    CHECK(help.find(word) != std::string::npos);
  }
  while (!help.empty()) {
    const auto line = help.substr(0, help.find('\n'));
    CAPTURE(line);
    // In characters of UTF-8.
    CHECK(std::ranges::count_if(line, [](char c) { return (c & 0xC0) != 0x80; }) < 80);
    help.remove_prefix(line.size() + 1);
  }
}

TEST_CASE("--help of a topic tells all of it") {
  const auto options = notice_of("--help=options");
  for (const auto& info : option_infos())
    CHECK(options.find("  " + info.name) != std::string::npos);
  CHECK(notice_of("--help=dialect.nstart") ==
        "  dialect.nstart = 1\n      Confirmable messages in flight at once (RFC 7252 §4.7). "
        "Allowed: an integer, 1–8.\n");
  CHECK(notice_of("--help=log").find("  log.level = warning\n") == 0);
  CHECK(notice_of("--help=servers").find("  servers.NAME.resources.PATH.") != std::string::npos);
  CHECK(notice_of("--help=link-down").find("  link-down [DURATION]\n") == 0);
  CHECK(notice_of("--help=lint").find("\n  send-before-open (the note §3.3.2") !=
        std::string::npos);
  CHECK(notice_of("--help=verbs").find("\n  sim-remove [DURATION]\n") != std::string::npos);
}

TEST_CASE("--help keys lists every key with its default and what is allowed") {
  const auto help = "\n" + notice_of("--help=keys");
  for (const auto& key : config_keys()) {
    CAPTURE(std::string(key.name));
    CHECK(help.find("\n  " + std::string(key.name)) != std::string::npos);
    CHECK(help.find("Allowed: " + allowed_values(key)) != std::string::npos);
  }
  CHECK(help.find("dialect.ack_random_factor = 1.5") != std::string::npos);
}

TEST_CASE("--print-config, --check-config and --check-scenario stand alone") {
  CHECK(notice_of("--print-config") == config_text(Config{}));
  CHECK(std::get<CommandLine>(*parse({"--check-config", "f"})).checked_file == "f");
  CHECK_FALSE(std::get<CommandLine>(*parse({})).checked_file);
  CHECK(std::get<CommandLine>(*parse({"--check-scenario", "f"})).checked_scenario == "f");
  for (const auto* option : {"--print-config", "--check-config=f", "--check-scenario=f"}) {
    const auto error = error_of({option, "--seed", "7"});
    CAPTURE(error);
    CHECK(error.find("command line: --seed beside --") == 0);
  }
}

TEST_CASE("every option has its name and a word of help") {
  const auto infos = option_infos();
  CHECK(infos.size() > 10);
  for (const auto& info : infos) {
    CAPTURE(info.name);
    CHECK(info.name.find("--") == 0);
    CHECK_FALSE(info.help.empty());
  }
}

TEST_CASE("--version prints the program's name and version") {
  const auto version = notice_of("--version");
  CHECK(version.find("vmodem 0.") == 0);
  CHECK(version.back() == '\n');
}
