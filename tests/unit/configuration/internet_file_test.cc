// Mistakes in the sections [servers] and [hosts].
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "firmware/app/options.h"
#include "firmware/configuration/file.h"
#include "firmware/configuration/print.h"
#include "firmware/configuration/texts/internet.h"
#include "tests/support/catch.h"
#include "tests/unit/configuration/mistake.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

bool begins(const std::string& text, std::string_view with) {
  CAPTURE(text);
  return text.starts_with(with);
}

// A server that is right, and what follows in its section.
std::string server_with(std::string_view lines) {
  return fmt::format("[servers.a]\naddress = '198.51.100.9:1'\n{}\n", lines);
}

std::string many(std::string_view form, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += fmt::format(fmt::runtime(form), fmt::arg("i", i));
  return text;
}

}  // namespace

TEST_CASE("a server needs an address of its own") {
  CHECK(error_of("[servers.a]\nblock_szx = 1\n") ==
        "f.toml:1:10: servers.a: there is no address; expected address = \"198.51.100.9:5683\" or "
        "another one");
  CHECK(error_of("[servers.a]\naddress = '[::9]:1'\n[servers.b]\naddress = '[::9]:1'\n") ==
        "f.toml:3:10: servers.b.address: [::9]:1 is where servers.a is; expected an address and "
        "port of its own");
}

TEST_CASE("hosts have addresses of their own") {
  CHECK(error_of("[hosts.a]\naddresses = ['::1', '::2']\n[hosts.b]\naddresses = ['::2']\n") ==
        "f.toml:3:8: hosts.b.addresses: ::2 is one of hosts.a; expected addresses of its own");
}

TEST_CASE("a name leads to one place") {
  const auto* second = GENERATE("[servers.b]\naddress = '[::8]:1'\nnames = ['X']\n",
                                "[hosts.b]\nnames = ['y', 'X']\naddresses = ['::8']\n");
  const auto* first = GENERATE("[servers.a]\naddress = '[::9]:1'\nnames = ['x']\n",
                               "[hosts.a]\nnames = ['x']\naddresses = ['::9']\n");
  CHECK(error_of(fmt::format("{}{}", first, second)).find("leads to ") != std::string::npos);
}

TEST_CASE("an unknown key of a server, resource or host is answered with the two nearest") {
  CHECK(begins(
      error_of(server_with("addres = 1")),
      "f.toml:3:1: unknown key \"servers.a.addres\" (did you mean \"servers.a.address\" or "));
  CHECK(begins(error_of(server_with("initiate = 1")),
               "f.toml:3:1: unknown key "
               "\"servers.a.initiate\" (did you mean \"servers.a.initiated\" or "));
  CHECK(begins(error_of(server_with("handshake.alerts = 1")),
               "f.toml:3:11: unknown key \"servers.a.handshake.alerts\" (did you mean "
               "\"servers.a.handshake.alert\" or \"servers.a.handshake.hides_alerts\"?)"));
  CHECK(error_of(server_with("resources.b.answer = 1")).find("\"servers.a.resources.b.answers\"") !=
        std::string::npos);
  CHECK(
      begins(error_of("[hosts.a]\n  colour = 1\n"), "f.toml:2:3: unknown key \"hosts.a.colour\""));
}

TEST_CASE("a value that is not allowed is found by line and column, however deep it is") {
  CHECK(error_of(server_with("manners.duplicates = 'all'")) ==
        "f.toml:3:22: servers.a.manners.duplicates: \"all\" is not allowed; expected one of "
        "message-id-and-token, message-id, none");
  CHECK(begins(error_of(server_with("[servers.a.resources.'b/c']\nanswers = [\n{ form = 'x' } ]")),
               "f.toml:5:10: servers.a.resources.b/c.answers.form: \"x\" is not allowed"));
  CHECK(begins(error_of(server_with("initiated = [{ code = '2.05' }]")),
               "f.toml:3:23: servers.a.initiated.code: \"2.05\" is not allowed"));
  CHECK(begins(error_of(server_with("answer.copies = 17")),
               "f.toml:3:17: servers.a.answer.copies: 17 is not allowed"));
}

TEST_CASE("what is no table or list where one belongs is refused") {
  CHECK(begins(error_of("servers = 1\n"), "f.toml:1:11: servers: integer is not allowed"));
  CHECK(begins(error_of("[servers]\na = []\n"), "f.toml:2:5: servers.a: array is not allowed"));
  CHECK(begins(error_of("hosts = [1]\n"), "f.toml:1:9: hosts: array is not allowed"));
  CHECK(begins(error_of("[hosts]\na = 1979-05-27\n"), "f.toml:2:5: hosts.a: date is not "));
  CHECK(begins(error_of(server_with("resources = 1")), "f.toml:3:13: servers.a.resources: "));
  CHECK(begins(error_of(server_with("resources.b = 1")), "f.toml:3:15: servers.a.resources.b: "));
  CHECK(begins(error_of(server_with("answer = 1")), "f.toml:3:10: servers.a.answer: "));
  CHECK(begins(error_of(server_with("initiated = {}")), "f.toml:3:13: servers.a.initiated: "));
  CHECK(begins(error_of(server_with("initiated = [1]")), "f.toml:3:14: servers.a.initiated: "));
  CHECK(begins(error_of(server_with("names = [[]]")), "f.toml:3:10: servers.a.names: "));
  CHECK(begins(error_of(server_with("names = {}")), "f.toml:3:9: servers.a.names: "));
}

TEST_CASE("a path of a resource has no empty and no long segments") {
  const auto path =
      GENERATE(std::string("a//b"), std::string("a/"), std::string(256, 'a'), std::string("//"));
  CHECK(error_of(server_with(fmt::format("resources.'{}'.etag = true", path)))
            .ends_with("; expected " + allowed_uri_path()));
}

TEST_CASE("a path of a resource is there once, with a slash in front or without") {
  CHECK(error_of(server_with("[servers.a.resources.a]\n[servers.a.resources.'/a']")) ==
        "f.toml:4:22: servers.a.resources: the path \"a\" is there twice; expected each path once, "
        "with or without a slash in front");
  Config config;
  const auto* shipped = "[servers.coap-sim.resources.'/test']\netag = true\n";
  CHECK(apply_config_text(config, shipped, "f.toml"));
}

TEST_CASE("an identity of a server has one key") {
  CHECK(error_of(server_with("psk = ['me:31', 'you:31',\n'me:32']")) ==
        "f.toml:4:1: servers.a.psk: an identity is there twice; expected each identity once");
  Config config;
  CHECK(apply_config_text(config, server_with("psk = ['me:31', 'you:31']"), "f.toml"));
}

TEST_CASE("a key of a server is shown in no message") {
  const auto* line =
      GENERATE("psk = ['me:5ecre']", "psk = 'me:5ecre'", "psk = ['5ecre7']", "psk = [[5]]",
               "psk = 5", "psk = ['me:5ecre7', 'me:x5ecre7']", "psk = { me = '5ecre7' }");
  const auto error = error_of(server_with(line));
  CAPTURE(error);
  CHECK(error.find("servers.a.psk: ") != std::string::npos);
  CHECK(error.find("5ec") == std::string::npos);
}

TEST_CASE("a key of a server that is no TOML is shown in no message") {
  const auto* line = GENERATE("psk = [55555555555555555555555]", "psk = 55e55555", "psk = ['55555",
                              "psk = [0x5555555555555555555]", "psk = 55555555555555555555 'a' '5");
  const auto error = error_of(server_with(line));
  CAPTURE(error);
  CHECK(error.find("; expected TOML 1.0") != std::string::npos);
  CHECK(error.find("555") == std::string::npos);
}

TEST_CASE("a key of a server in --set is shown in no message") {
  const char* arguments[] = {"vmodem", "--set", "servers.leshan.psk=me:5ecre"};
  const auto parsed = parse_command_line(3, arguments);
  const auto made = make_config(std::get<CommandLine>(*parsed));
  REQUIRE_FALSE(made);
  CHECK(begins(to_string(made.error()), "--set servers.leshan.psk: servers.leshan.psk: "));
  CHECK(to_string(made.error()).find("5ecre") == std::string::npos);
}

TEST_CASE("there are bounds to how much a file may describe") {
  const auto text =
      GENERATE(many("[servers.s{i}]\naddress = '[::9]:{i}'\n", 65), many("[hosts.h{i}]\n", 257),
               server_with(many("resources.r{i}.etag = true\n", 257)),
               server_with("initiated = [" + many("{{}},", 65) + "]"),
               server_with("resources.a.answers = [" + many("{{}},", 65) + "]"),
               server_with("names = [" + many("'n{i}',", 17) + "]"),
               server_with("names = '" + many("n{i},", 17) + "'"),
               server_with("resources.a.representations = [" + many("'{i}: ',", 17) + "]"),
               server_with("resources.a.location_path = [" + many("'{i}',", 11) + "]"));
  CHECK(error_of(text).find(": there are too many; expected at most ") != std::string::npos);
}

TEST_CASE("a payload has at most 65536 octets") {
  const std::string most(65536, 'x');
  CHECK(parse_payload(most));
  CHECK_FALSE(parse_payload(most + "x"));
  CHECK(parse_payload("hex:" + std::string(131072, '0')));
  CHECK_FALSE(parse_payload("hex:" + std::string(131074, '0')));
}

TEST_CASE("octets that are no text, or look like hex digits, are written as hex digits") {
  for (const auto& octets : {Bytes{}, Bytes{0}, Bytes{0xC2, 0xB0}, to_bytes("hex:00"),
                             to_bytes("two\nlines"), to_bytes("hex")}) {
    CHECK(parse_payload(payload_text(octets)) == octets);
  }
  CHECK(payload_text(to_bytes("hex:00")) == "hex:6865783a3030");
}

TEST_CASE("a time of the calendar is a day and a time that exist, in UTC") {
  CHECK(calendar_text(parse_calendar("2025-03-30T00:59:50Z").value()) == "2025-03-30T00:59:50Z");
  CHECK(calendar_text(parse_calendar("1970-01-01T00:00:00.001Z").value()) ==
        "1970-01-01T00:00:00.001Z");
  const auto* text = GENERATE(
      "", "Z", "2025-01-01", "2025-01-01T00:00:00", "2025-13-01T00:00:00Z", "2025-01-01T24:00:00Z",
      "2025-01-01T00:60:00Z", "2025-1-1T0:0:0Z", "2025-01-01T00:00:60Z", "2025-01-01T00:00:00.5Z",
      "1969-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "-025-01-01T00:00:00Z",
      "2025-01-01 00:00:00Z", "2025-01-01T00:00:00+01:00");
  CAPTURE(text);
  CHECK_FALSE(parse_calendar(text));
}

TEST_CASE("a file of more than 4 MiB is refused") {
  const test::Folder folder;
  const auto path = folder.file("large.toml");
  std::ofstream(path) << std::string((4U << 20) + 1, '#');
  const auto errors = check_config_file(path);
  REQUIRE(errors.size() == 1);
  CHECK(to_string(errors.front()) ==
        path + ": is larger than 4 MiB; expected a readable TOML file");
}

TEST_CASE("a file is not right with a scenario that the start would refuse") {
  const test::Folder folder;
  const auto path = folder.file("f.toml");
  const auto scenario = folder.file("a.scenario");
  std::ofstream(path) << "seed = -1\nscenario = '" << scenario << "'\n";
  auto errors = check_config_file(path);
  REQUIRE(errors.size() == 2);
  CHECK(to_string(errors.back()).starts_with(scenario + ": cannot be read: "));
  std::ofstream(scenario) << "10s: reset\nlater: reset\n10s: link-down 3x\n";
  errors = check_config_file(path);
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].where == path + ":1:8");
  CHECK(errors[1].where == scenario + ":2");
  CHECK(errors[2].where == scenario + ":3");
}

TEST_CASE("a fault of a server that is not there is told with those that are") {
  const test::Folder folder;
  const auto path = folder.file("f.toml");
  const auto scenario = folder.file("a.scenario");
  const auto* servers = "198.51.100.9:1";
  std::ofstream(scenario) << "10s: server-restart 1s 1.2.3.4:5\n";
  std::ofstream(path) << "faults = ['server-silent 198.51.100.9:2', 'server-silent " << servers
                      << "', 'server-silent']\nscenario = '" << scenario
                      << "'\ninternet.shipped = false\n"
                      << server_with("");
  const auto errors = check_config_file(path);
  REQUIRE(errors.size() == 2);
  CHECK(to_string(errors[0]) ==
        "faults: \"server-silent 198.51.100.9:2\": no simulated server is at 198.51.100.9:2; "
        "expected one of 198.51.100.9:1");
  CHECK(to_string(errors[1]) ==
        scenario +
            ": \"10s: server-restart 1s 1.2.3.4:5\": no simulated server is at 1.2.3.4:5; expected "
            "one of 198.51.100.9:1");
  const auto started = make_config({.assignments = {}, .config_file = path});
  REQUIRE_FALSE(started);
  CHECK(to_string(started.error()) == to_string(errors[0]));
}

TEST_CASE("an internet without servers has none for a fault") {
  CommandLine command_line;
  command_line.assignments = {{"--set", "internet.shipped", "false"},
                              {"--set", "faults", "server-silent 1.2.3.4:5"}};
  const auto started = make_config(command_line);
  REQUIRE_FALSE(started);
  CHECK(started.error().right == "a server of the simulated internet, which has none");
}

TEST_CASE("every mistake in servers and hosts is told, in the order of the file") {
  const test::Folder folder;
  const auto path = folder.file("f.toml");
  std::ofstream(path) << "[servers.z]\naddress = 'x'\nblock_szx = 7\n"
                         "resources.b = { etag = 1, answers = [{ copies = 0 }] }\n"
                         "[hosts.y]\nping = 1\n[servers.a]\n[hosts]\nx = 1\n";
  std::string places;
  for (const auto& error : check_config_file(path)) {
    places += error.where.substr(path.size()) + " ";
  }
  CHECK(places == ":2:11 :3:13 :4:24 :4:49 :6:8 :7:10 :9:5 ");
}
