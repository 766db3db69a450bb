#include "firmware/configuration/internet/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "firmware/configuration/file.h"
#include "firmware/configuration/internet/print.h"
#include "firmware/configuration/keys.h"
#include "net/sim/description/ready_worlds.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

Config read(std::string_view text) {
  Config config;
  const auto applied = apply_config_text(config, text, "modem.toml");
  CAPTURE(applied ? "" : to_string(applied.error()));
  REQUIRE(applied);
  return config;
}

const sim::ServerConfig* server_at(const sim::WorldConfig& world, std::string_view endpoint) {
  const auto server = std::ranges::find_if(
      world.servers, [&](const auto& one) { return to_string(one.endpoint) == endpoint; });
  return server == world.servers.end() ? nullptr : &*server;
}

// The addresses that a name leads to.
std::string resolved(const sim::WorldConfig& world, std::string_view name) {
  std::string addresses;
  for (const auto& host : world.hosts) {
    if (std::ranges::find(host.names, name) == host.names.end()) continue;
    for (const auto& address : host.addresses) addresses += to_string(address) + " ";
  }
  return addresses;
}

// A world as text, whatever the order of its hosts.
std::vector<std::string> as_texts(const sim::WorldConfig& world) {
  std::vector<std::string> texts;
  for (const auto& server : world.servers) {
    texts.push_back(entries_text({.servers = {{"s", {}, server}}}));
  }
  for (const auto& host : world.hosts) texts.push_back(entries_text({.hosts = {{"h", host}}}));
  std::ranges::sort(texts);
  return texts;
}

}  // namespace

TEST_CASE("without any configuration the internet is the shipped one") {
  CHECK(as_texts(Config{}.internet.world()) == as_texts(sim::ready_world()));
}

TEST_CASE("the shipped servers can be left out") {
  const auto world = read("internet.shipped = false").internet.world();
  CHECK(world.servers.empty());
  CHECK(world.hosts.empty());
}

TEST_CASE("the shipped internet, written to a file, is read back as it is") {
  auto config = read("internet.shipped = false\n" + entries_text(shipped_internet()));
  CHECK(as_texts(config.internet.world()) == as_texts(sim::ready_world()));
  config.internet.shipped = true;
  CHECK(as_texts(config.internet.world()) == as_texts(sim::ready_world()));
}

TEST_CASE("the internet is made later, unless a server of the configuration acts alone") {
  CHECK_FALSE(sim::ready_world().acts_alone());
  const auto config = read("[servers.my]\naddress = '198.51.100.9:5683'\n");
  CHECK_FALSE(config.internet.source().acts_alone);
  CHECK(as_texts(config.internet.source().make()) == as_texts(config.internet.world()));
  const auto restarting =
      read("[servers.my]\naddress = '198.51.100.9:5683'\nrestarts = 'at 30s for 5s'\n");
  CHECK(restarting.internet.source().acts_alone);
}

TEST_CASE("every shipped server and host has a name that a key of TOML can be") {
  const auto shipped = shipped_internet();
  for (const auto& server : shipped.servers) CHECK(key_literal(server.name) == server.name);
  for (const auto& host : shipped.hosts) CHECK(key_literal(host.name) == host.name);
}

TEST_CASE("a server of the configuration stands beside the shipped ones, with its names") {
  const auto world =
      read("[servers.my]\naddress = '198.51.100.9:5683'\nnames = ['my.server']\n").internet.world();
  CHECK(server_at(world, "198.51.100.9:5683") != nullptr);
  CHECK(server_at(world, "198.51.100.7:5683") != nullptr);
  CHECK(resolved(world, "my.server") == "198.51.100.9 ");
}

TEST_CASE("a server with the address of a shipped one takes its place") {
  const auto world = read(
                         "[servers.my]\naddress = '198.51.100.7:5683'\n"
                         "[servers.my.resources.a]\n")
                         .internet.world();
  const auto* server = server_at(world, "198.51.100.7:5683");
  REQUIRE(server != nullptr);
  CHECK(server->resources.size() == 1);
  CHECK(world.servers.size() == sim::ready_world().servers.size());
  CHECK(resolved(world, "coap.sim") == "198.51.100.7 ");
}

TEST_CASE("a section with the name of a shipped server alters it") {
  const auto world = read(
                         "[servers.coap-sim]\nblock_szx = 2\nresources.test.max_age = 7\n"
                         "resources.new.etag = true\n")
                         .internet.world();
  const auto* server = server_at(world, "198.51.100.7:5683");
  REQUIRE(server != nullptr);
  CHECK(server->block_szx == 2);
  const auto test = std::ranges::find(server->resources, "test", &sim::ResourceConfig::path);
  REQUIRE(test != server->resources.end());
  CHECK(test->max_age == 7U);
  CHECK(test->content == sim::Content::kRequest);
  CHECK(server->resources.back().path == "new");
}

TEST_CASE("an altered shipped server is written so that it is read back as it is") {
  const auto* text =
      "[servers.leshan]\npsk = []\nhandshake.hides_alerts = false\n"
      "resources.async.answers = []\nresources.time.observe.offered = false\n";
  const auto config = read(text);
  const auto printed = entries_text(config.internet);
  CHECK(as_texts(read(printed).internet.world()) == as_texts(config.internet.world()));
  CHECK(as_texts(config.internet.world()) != as_texts(sim::ready_world()));
}

TEST_CASE("a name of the configuration leads away from where it was shipped to") {
  const auto world = read(
                         "[hosts.my]\nnames = ['coap.sim']\naddresses = ['198.51.100.10']\n"
                         "[servers.my]\naddress = '198.51.100.11:1'\nnames = ['ntp.sim']\n")
                         .internet.world();
  CHECK(resolved(world, "coap.sim") == "198.51.100.10 ");
  CHECK(resolved(world, "ntp.sim") == "198.51.100.11 ");
  CHECK(resolved(world, "pool.ntp.org") == "198.51.100.123 ");
}

TEST_CASE("a host of the configuration takes the place of the shipped one at its address") {
  const auto world =
      read("[hosts.my]\naddresses = ['198.51.100.123']\nping = false\n").internet.world();
  CHECK(resolved(world, "ntp.sim").empty());
  CHECK(world.hosts.size() == sim::ready_world().hosts.size());
}

TEST_CASE("a host and a server may share an address and a name") {
  const auto world = read(
                         "[hosts.my]\nnames = ['my']\naddresses = ['198.51.100.9', '::2']\n"
                         "[servers.my]\naddress = '198.51.100.9:1'\nnames = ['my', 'other']\n")
                         .internet.world();
  CHECK(resolved(world, "my") == "198.51.100.9 ::2 ");
  CHECK(resolved(world, "other") == "198.51.100.9 ::2 ");
}

TEST_CASE("psk, suites or handshake make a server a secured one, none of them a plain one") {
  const auto* key = GENERATE("psk = ['me:00']", "psk = []", "suites = ['psk-aes128-ccm8']",
                             "handshake.hides_alerts = true", "handshake.datagrams_max = 0");
  const auto secured = read(fmt::format("[servers.my]\naddress = '[::9]:1'\n{}\n", key));
  CHECK(secured.internet.servers.front().config.security.has_value());
  const auto plain = read("[servers.my]\naddress = '[::9]:1'\n");
  CHECK_FALSE(plain.internet.servers.front().config.security.has_value());
}

TEST_CASE("--set reaches the keys of servers, answers, resources and hosts that are there") {
  auto config = read("[servers.'my.server']\naddress = '[::9]:1'\nresources.'a/b'.max_age = 1\n");
  for (const auto& [name, text] : {std::pair{"servers.my.server.block_szx", "1"},
                                   {"servers.my.server.answer.form", "silence"},
                                   {"servers.my.server.resources.a/b.observe.offered", "true"},
                                   {"servers.my.server.psk", "a:00"},
                                   {"servers.coap-sim.answer.delay", "9s"},
                                   {"hosts.ntp-sim.ping", "false"}}) {
    CAPTURE(name);
    CHECK(set_config_text(config, name, text));
  }
  const auto world = config.internet.world();
  const auto& mine = *server_at(world, "[::9]:1");
  CHECK(mine.block_szx == 1);
  CHECK(mine.answer.form == sim::AnswerForm::kSilence);
  CHECK(mine.resources.front().observe.is_offered);
  CHECK(mine.security->credentials.front().identity == "a");
  CHECK(server_at(world, "198.51.100.7:5683")->answer.delay == 9s);
  CHECK(resolved(world, "ntp.sim") == "198.51.100.123 ");
}

TEST_CASE("--set of a server, resource, host or key that is not there names the nearest two") {
  Config config;
  const auto answer = [&](const std::string& name) {
    const auto set = set_config_text(config, name, "1");
    REQUIRE_FALSE(set);
    CHECK(set.error().right == "a key that vmodem --help keys lists");
    const auto shown = fmt::format("unknown key \"{}\" (did you mean ", name);
    CHECK(set.error().wrong.find(shown) == 0);
    return set.error().wrong.substr(shown.size());
  };
  CHECK(answer("servers.notes.block_szx").find("\"servers.note\"") != std::string::npos);
  CHECK(answer("servers.note").find("\"servers.note\" or ") == 0);
  CHECK(answer("servers.note.limits.all") ==
        "\"servers.note.limits.delayed_max\" or \"servers.note.limits.awaited_max\"?)");
  CHECK(answer("servers.note.resources.tim.etag").find("\"servers.note.resources.time\"") == 0);
  CHECK(answer("servers.note.resources.time.tag").find("\"servers.note.resources.time.etag\"") ==
        0);
  CHECK(answer("servers.note.answer.dela").find("\"servers.note.answer.delay\" or ") == 0);
  CHECK(answer("hosts.my.ping") == "\"hosts.ntp-sim\"?)");
  CHECK(answer("hosts.ntp-sim.name").find("\"hosts.ntp-sim.names\" or ") == 0);
}

TEST_CASE("--set leads no server to the address of another") {
  Config config;
  REQUIRE(set_config_text(config, "servers.note.block_szx", "1"));
  const auto set = set_config_text(config, "servers.leshan.address", "220.180.239.212:8028");
  REQUIRE_FALSE(set);
  CHECK(set.error().wrong ==
        "servers.leshan.address: 220.180.239.212:8028 is where servers.note is");
}
