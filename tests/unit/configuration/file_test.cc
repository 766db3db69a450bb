#include "firmware/configuration/file.h"

#include <fmt/format.h>

#include <filesystem>

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
        "f.toml:3:3: unknown key \"log.verbosity\"; expected one of log.level, log.file");
  CHECK(error_of("verbosity = 3\n").find("f.toml:1:1: unknown key \"verbosity\"; expected ") ==
        0);
  CHECK(error_of("\n[logging]\nlevel = 3\n").find("f.toml:2:2: unknown key \"logging\"; ") ==
        0);
  CHECK(error_of("routes = 5\n").find("f.toml:1:1: unknown key \"routes\"; ") == 0);
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
