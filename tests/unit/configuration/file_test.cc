#include "firmware/configuration/file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/unit/configuration/mistake.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

std::string routed(const Config& config, std::string_view host, std::uint16_t port) {
  const auto endpoint = config.network.routes.find(host, port);
  return endpoint ? to_string(*endpoint) : "none";
}

}  // namespace

TEST_CASE("sections, dotted keys and inline tables say the same") {
  const auto* text = GENERATE("[dialect]\nnstart = 4\ntoken_text = true\n",
                              "dialect.nstart = 4\ndialect.token_text = true\n",
                              "dialect = { nstart = 4, token_text = true }\n");
  Config config;
  REQUIRE(apply_config_text(config, text, "f.toml"));
  CHECK(config.modem.dialect.messages.nstart == 4);
  CHECK(config.modem.dialect.token_text);
}

TEST_CASE("an empty file leaves the defaults") {
  Config config;
  CHECK(apply_config_text(config, "# nothing\n", "f.toml"));
  CHECK(config.modem.identity.model == "BG95-M3");
}

TEST_CASE("an integer is a number too") {
  Config config;
  REQUIRE(apply_config_text(config, "dialect.ack_random_factor = 2", "f.toml"));
  CHECK(config.modem.dialect.ack_random_factor == 2.0);
}

TEST_CASE("routes are a table of FROM and TO") {
  Config config;
  REQUIRE(apply_config_text(config,
                            "[routes]\n"
                            "\"220.180.239.212:8028\" = \"127.0.0.1:5683\"\n"
                            "coap.me = \"[::1]:5684\"\n",
                            "f.toml"));
  CHECK(routed(config, "220.180.239.212", 8028) == "127.0.0.1:5683");
  CHECK(routed(config, "coap.me", 1) == "[::1]:5684");
}

TEST_CASE("routes are a list of FROM=TO") {
  Config config;
  REQUIRE(apply_config_text(config, "routes = [\"a.b=127.0.0.1:1\", \"c.d:5=127.0.0.1:2\"]",
                            "f.toml"));
  CHECK(routed(config, "a.b", 9) == "127.0.0.1:1");
  CHECK(routed(config, "c.d", 5) == "127.0.0.1:2");
}

TEST_CASE("a file has one route from each place, however it is written") {
  const auto second =
      ": there is a route from there already; expected each FROM once, in letters "
      "of either case";
  CHECK(error_of("[routes]\n\"a.b\" = \"127.0.0.1:1\"\n\"A.B\" = \"127.0.0.1:2\"\n") ==
        fmt::format("f.toml:3:1: routes.A.B{}", second));
  CHECK(error_of("[routes]\na.b = \"127.0.0.1:1\"\n\"a.b\" = \"127.0.0.1:1\"\n") ==
        fmt::format("f.toml:3:1: routes.a.b{}", second));
  CHECK(error_of("routes = [\"[::1]:7=127.0.0.1:1\",\n\"[0::1]:7=127.0.0.1:2\"]\n") ==
        fmt::format("f.toml:2:1: routes.[0::1]:7{}", second));
  Config config;
  CHECK(apply_config_text(config, "routes = [\"a.b=127.0.0.1:1\", \"a.b:1=127.0.0.1:2\"]", "f"));
}

TEST_CASE("a mistake in the routes is found by line and column") {
  CHECK(error_of("[routes]\n\"coap.me\" = \"127.0.0.1\"\n") ==
        "f.toml:2:13: routes.coap.me: \"127.0.0.1\" has no port; expected an address and a "
        "port, as 127.0.0.1:5683 or [::1]:5683");
  CHECK(error_of("[routes]\n\"coap.me\" = 5683\n") ==
        "f.toml:2:13: routes.coap.me: 5683 is not allowed; expected an address and a port in "
        "quotes, as \"127.0.0.1:5683\"");
  CHECK(error_of("routes = [\"coap.me\"]\n") ==
        "f.toml:1:11: \"coap.me\" has no \"=\"; expected FROM=TO, as "
        "220.180.239.212:8028=127.0.0.1:5683 or coap.me=[::1]:5683");
  CHECK(error_of("routes = [\n  7\n]\n") ==
        "f.toml:2:3: routes: integer is not allowed; expected routes in quotes, as "
        "\"coap.me=127.0.0.1:5683\"");
}

TEST_CASE("an unknown key is found by line and column") {
  CHECK(error_of("[log]\nlevel = \"info\"\n  verbosity = 3\n") ==
        "f.toml:3:3: unknown key \"log.verbosity\" (did you mean \"log.level\" or "
        "\"log.file\"?); expected a key that vmodem --help keys lists");
  CHECK(error_of("verbosity = 3\n").find("f.toml:1:1: unknown key \"verbosity\" (did ") == 0);
  CHECK(
      error_of("\n[logging]\nlevel = 3\n").find("f.toml:2:2: unknown key \"logging\" (did ") ==
      0);
  CHECK(error_of("routes = 5\n").find("f.toml:1:1: unknown key \"routes\" (did ") == 0);
}

TEST_CASE("what can be no key in the head of a section is a mistake") {
  CHECK(error_of("[\\\n").find("f.toml:1:2: ") == 0);
}

TEST_CASE("a mistake of syntax is found by line and column") {
  const auto error = error_of("[log]\nlevel = \n");
  CAPTURE(error);
  CHECK(error.find("f.toml:2:") == 0);
  CHECK(error.find("; expected TOML 1.0 (https://toml.io/en/v1.0.0)") != std::string::npos);
}

TEST_CASE("other characters than ASCII stand in quotes and comments only") {
  Config config;
  const auto* right = GENERATE("# \u00fc\nlink = \"\u00fc\" # \u00fc", "link = '\u00fc'#\u00fc",
                               "\xEF\xBB\xBFlink = ''", "link = \"\\\"\u00fc\" # \"",
                               "link = \"\"\"\n\u00fc \"\" \\\"\"\"\"\" # \u00fc",
                               "link = '''\n'' \u00fc''' # \u00fc", "link = \"\" # \u00fc");
  CAPTURE(right);
  CHECK(apply_config_text(config, right, "f.toml"));
  const auto* wrong = GENERATE("link = '\u00fc' \u00fc", "link = \"\n\u00fc\"", "\u00fc = 1",
                               "link = '''a'''\u0330", "link = 0\u01bf", "[[[]\u00fc");
  CAPTURE(wrong);
  CHECK(error_of(wrong).find("; expected TOML 1.0") != std::string::npos);
}

TEST_CASE("a file that cannot be read says why") {
  Config config;
  const auto absent = apply_config_file(config, "/no/such/f.toml");
  REQUIRE_FALSE(absent);
  CHECK(to_string(absent.error()) ==
        "/no/such/f.toml: cannot be read: No such file or directory; expected a readable TOML "
        "file");

  const auto folder = apply_config_file(config, std::filesystem::temp_directory_path().string());
  REQUIRE_FALSE(folder);
  CHECK(folder.error().wrong == "cannot be read: Is a directory");
}

TEST_CASE("a key of thousands of parts is a mistake with its place and the limit") {
  std::string parts = "a";
  for (int i = 0; i < 20'000; ++i) parts += ".a";
  const std::string told = "a key of more than 32 parts; expected at most 32, between dots";
  CHECK(error_of("seed = 1\n" + parts + " = 1\n") == "f.toml:2:1: " + told);
  CHECK(error_of("\n[" + parts + "]\n") == "f.toml:2:2: " + told);
  CHECK(error_of("[[" + parts + "]]\n") == "f.toml:1:3: " + told);
  CHECK(error_of("x = { " + parts + " = 1 }\n") == "f.toml:1:7: " + told);
  CHECK(error_of("x = [\"\\\"\", '''\n''''', '#'] # \"\n" + parts + " = 1\n") ==
        "f.toml:3:1: " + told);
}

TEST_CASE("dots in values and comments, and a name of a host, are not deep") {
  const std::string dots(40, '.');
  Config config;
  CHECK(apply_config_text(config, "link = \"" + dots + "\" # " + dots + "\n", "f"));
  CHECK(apply_config_text(config, "link = '" + dots + "'\n# " + dots + "\n", "f"));
  CHECK(apply_config_text(config, "[routes]\na.b.c.d.e.f.g.h = \"127.0.0.1:1\"\n", "f"));
}

TEST_CASE("arrays in one another are bounded") {
  CHECK(error_of("x = " + std::string(20'000, '[') + "\n").find("f.toml:1:") == 0);
}

TEST_CASE("twenty mistakes are told, the others are counted") {
  std::string path = std::filesystem::temp_directory_path() / "vmodem-file-XXXXXX";
  ::close(::mkstemp(path.data()));
  {
    std::ofstream file(path);
    for (int i = 0; i < 5000; ++i) file << "unknown" << i << " = 1\n";
  }
  const auto errors = check_config_file(path);
  std::filesystem::remove(path);
  REQUIRE(errors.size() == 21);
  CHECK(to_string(errors[19]).find(path + ":20:1: unknown key \"unknown19\"") == 0);
  CHECK(to_string(errors[20]) == path + ": 4980 more mistakes; expected none");
}

TEST_CASE("a message is one short line without control characters") {
  const std::string control = "identity.imei = \"\\u001b[2J\\r\\n\"\n";
  CHECK(error_of(control) ==
        "f.toml:1:17: identity.imei: \"\\x1B[2J\\x0D\\x0A\" is not allowed; "
        "expected 15 digits");
  const auto error = error_of("identity.imei = \"" + std::string(3 << 20, '1') + "\"\n");
  CHECK(error.size() < 500);
  CHECK(error.find("f.toml:1:17: identity.imei: \"111") == 0);
  CHECK(error.ends_with("111\" is not allowed; expected 15 digits"));
}
