#include "firmware/configuration/internet/keys.h"

#include <algorithm>

#include "firmware/configuration/file.h"
#include "firmware/configuration/internet/print.h"
#include "tests/support/catch.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

struct MemberSample {
  const char* name;
  const char* good;       // as --set takes it
  const char* canonical;  // as it is given back
  const char* bad;        // null: every text is allowed
};
using Samples = std::span<const MemberSample>;

// One row a key; a test below fails when a key of the tables has none.
const MemberSample kServerSamples[] = {
    {"address", "[::FFFF:198.51.100.9]:5683", "198.51.100.9:5683", "198.51.100.9"},
    {"names", "a.example,b.example", "a.example, b.example", "two words"},
    {"psk", "me:00FF", "me:00ff", "me:0"},
    {"suites", "psk-aes128-ccm8", "psk-aes128-ccm8", "aes"},
    {"handshake.datagrams_max", "0", "0", "65"},
    {"handshake.alert", "40", "40", "256"},
    {"handshake.hides_alerts", "true", "true", "1"},
    {"handshake.resumes", "false", "false", "1"},
    {"manners.duplicates", "message-id", "message-id", "all"},
    {"manners.diagnostics", "false", "false", "no"},
    {"manners.honours_conditions", "false", "false", "no"},
    {"manners.deletes_the_absent", "true", "true", "yes"},
    {"manners.keeps_message_id", "true", "true", "yes"},
    {"manners.resets_all_faults", "true", "true", "yes"},
    {"manners.omits_text_plain", "true", "true", "yes"},
    {"manners.keeps_transfers", "true", "true", "yes"},
    {"manners.confirms_last_block", "false", "false", "no"},
    {"block_szx", "0", "0", "7"},
    {"blocks", "false", "false", "no"},
    {"discovery", "false", "false", "no"},
    {"transmission.ack_timeout", "2500ms", "2500ms", "0s"},
    {"transmission.ack_random_factor", "1", "1", "0.9"},
    {"transmission.max_retransmit", "0", "0", "9"},
    {"restarts", "at 60s for 0s,upon request 3 for 5s", "at 1min for 0s, upon request 3 for 5s",
     "upon request 0 for 5s"},
    {"limits.sessions_max", "1", "1", "0"},
    {"limits.observers_max", "1", "1", "0"},
    {"limits.exchanges_max", "1", "1", "0"},
    {"limits.delayed_max", "1", "1", "0"},
    {"limits.remembered_max", "1", "1", "0"},
    {"limits.remembered_octets_max", "1", "1", "0"},
    {"limits.transfers_max", "1", "1", "0"},
    {"limits.transfer_octets_max", "1", "1", "0"},
    {"limits.body_size_max", "1", "1", "0"},
    {"limits.children_max", "1", "1", "0"},
    {"limits.awaited_max", "1", "1", "0"},
};

const MemberSample kResourceSamples[] = {
    {"methods", "GET,FETCH,0.31", "GET, FETCH, 0.31", "HEAD"},
    {"content", "links", "links", "nothing"},
    {"representations", "41: <t/>", "41: <t/>", "22.5"},
    {"exists", "false", "false", "no"},
    {"permanent", "true", "true", "yes"},
    {"secured", "true", "true", "yes"},
    {"post", "echo", "echo", "append"},
    {"child_methods", "POST,DELETE", "POST, DELETE", "HEAD"},
    {"location_path", "a, b", "a, b", nullptr},
    {"location_query", "page=1", "page=1", nullptr},
    {"etag", "true", "true", "yes"},
    {"max_age", "4294967295", "4294967295", "4294967296"},
    {"listed", "false", "false", "no"},
    {"attributes", "rt=\"a b\"", "rt=\"a b\"", "rt"},
    {"observe.offered", "true", "true", "yes"},
    {"observe.period", "24h", "24h", "25h"},
    {"observe.notification", "non", "non", "NON"},
};

const MemberSample kAnswerSamples[] = {
    {"first_request", "2", "2", "0"},
    {"request_count", "4294967295", "4294967295", "-1"},
    {"form", "ack-only", "ack-only", "ack"},
    {"type", "non", "non", "ack"},
    {"delay", "3s", "3s", "25h"},
    {"delay_from_query", "true", "true", "yes"},
    {"ack_delay", "100ms", "100ms", "100"},
    {"acknowledged", "false", "false", "no"},
    {"copies", "16", "16", "17"},
    {"copy_interval", "1s", "1s", "1d"},
    {"malformation", "wrong-token", "wrong-token", "wrong"},
    {"code", "5.31", "5.31", "2.05"},
};

const MemberSample kInitiatedSamples[] = {
    {"upon_request", "0", "0", "-1"},
    {"upon_path", "/rd", "rd", "a//b"},
    {"delay", "1h", "1h", "61min"},
    {"type", "non", "non", "rst"},
    {"code", "0.02", "POST", "2.01"},
    {"path", "/a/b", "a/b", "a//b"},
    {"observe", "true", "true", "yes"},
    {"accept", "65535", "65535", "65536"},
    {"payload", "hex:00fF", "hex:00ff", "hex:0"},
};

const MemberSample kHostSamples[] = {
    {"names", "a,b", "a, b", "a\tb"},
    {"addresses", "198.51.100.9,2001:DB8::9", "198.51.100.9, 2001:db8::9", "198.51.100"},
    {"outcome", "not-found", "not-found", "absent"},
    {"name_delay", "0s", "0s", "-1s"},
    {"name_ttl", "0", "0", "2147483648"},
    {"ping", "false", "false", "no"},
    {"ping_delay", "1s", "1s", "1"},
    {"ping_ttl", "255", "255", "0"},
    {"time", "true", "true", "yes"},
    {"time_delay", "24h", "24h", "25h"},
};

const MemberSample& sample_of(Samples samples, std::string_view name) {
  const auto it = std::ranges::find_if(samples, [&](const auto& one) { return one.name == name; });
  REQUIRE(it != samples.end());
  return *it;
}

template <class Owner>
void check_good_values(std::span<const KeyOf<Owner>> keys, Samples samples) {
  const Owner defaults{};
  for (const auto& key : keys) {
    CAPTURE(std::string(key.name));
    const auto& sample = sample_of(samples, key.name);
    CHECK(key.text(defaults) != sample.canonical);
    Owner owner{};
    REQUIRE(key.set_text(owner, key.name, sample.good));
    CHECK(key.text(owner) == sample.canonical);
    for (const auto& other : keys) {
      // What says that there is DTLS offers both suites.
      if (other.name == key.name || other.name == "suites") continue;
      CHECK(other.text(owner) == other.text(defaults));
    }
  }
}

template <class Owner>
void check_bad_values(std::span<const KeyOf<Owner>> keys, Samples samples) {
  for (const auto& key : keys) {
    CAPTURE(std::string(key.name));
    const auto& sample = sample_of(samples, key.name);
    Owner owner{};
    const auto wrong_type = key.set(owner, "its.name", ConfigValue(std::int64_t{-7}));
    REQUIRE_FALSE(wrong_type);
    CHECK(wrong_type.error().wrong.find("its.name: ") == 0);
    if (sample.bad == nullptr) continue;

    const auto set = key.set_text(owner, "its.name", sample.bad);
    REQUIRE_FALSE(set);
    CHECK(set.error().wrong.find("its.name: ") == 0);
    CHECK(set.error().right == key.allowed());
    CHECK(key.text(owner) == key.text(Owner{}));
  }
}

template <class Owner>
void check_comments(std::span<const KeyOf<Owner>> keys) {
  for (const auto& key : keys) {
    CAPTURE(std::string(key.name));
    CHECK(key.comment.ends_with('.'));
    CHECK(key.comment.find(". ") == std::string_view::npos);
  }
}

template <class Owner>
Owner with_all(std::span<const KeyOf<Owner>> keys, Samples samples) {
  Owner owner{};
  for (const auto& key : keys) {
    REQUIRE(key.set_text(owner, key.name, sample_of(samples, key.name).good));
  }
  return owner;
}

template <class Owner>
void check_all(const Owner& owner, std::span<const KeyOf<Owner>> keys, Samples samples) {
  for (const auto& key : keys) {
    CAPTURE(std::string(key.name));
    CHECK(key.text(owner) == sample_of(samples, key.name).canonical);
  }
}

}  // namespace

TEST_CASE("every key of servers, resources and hosts takes its value and alters no other key") {
  check_good_values(server_keys(), kServerSamples);
  check_good_values(resource_keys(), kResourceSamples);
  check_good_values(answer_keys(), kAnswerSamples);
  check_good_values(initiated_keys(), kInitiatedSamples);
  check_good_values(host_keys(), kHostSamples);
}

TEST_CASE(
    "every key of servers, resources and hosts refuses a bad value and says what is allowed") {
  check_bad_values(server_keys(), kServerSamples);
  check_bad_values(resource_keys(), kResourceSamples);
  check_bad_values(answer_keys(), kAnswerSamples);
  check_bad_values(initiated_keys(), kInitiatedSamples);
  check_bad_values(host_keys(), kHostSamples);
}

TEST_CASE("every key of servers, resources and hosts has a comment of one sentence") {
  check_comments(server_keys());
  check_comments(resource_keys());
  check_comments(answer_keys());
  check_comments(initiated_keys());
  check_comments(host_keys());
}

TEST_CASE("every key of servers, resources and hosts is written to a file as it is read from one") {
  InternetConfig internet;
  auto server = with_all(server_keys(), kServerSamples);
  server.name = "with a \"quote\"";
  server.config.answer = with_all(answer_keys(), kAnswerSamples);
  server.config.initiated = {with_all(initiated_keys(), kInitiatedSamples), {}};
  server.config.resources = {with_all(resource_keys(), kResourceSamples), {.path = "z/a"}};
  server.config.resources.front().answers = {with_all(answer_keys(), kAnswerSamples), {}};
  internet.servers.push_back(server);
  internet.hosts.push_back(with_all(host_keys(), kHostSamples));
  internet.hosts.back().name = "host";
  internet.hosts.back().config.names = {"c.example"};

  const auto text = entries_text(internet);
  CAPTURE(text);
  Config config;
  const auto applied = apply_config_text(config, text, "printed.toml");
  CAPTURE(applied ? "" : to_string(applied.error()));
  REQUIRE(applied);
  REQUIRE(config.internet.servers.size() == 1);
  const auto& read = config.internet.servers.front();
  check_all(read, server_keys(), kServerSamples);
  check_all(read.config.answer, answer_keys(), kAnswerSamples);
  REQUIRE(read.config.initiated.size() == 2);
  check_all(read.config.initiated.front(), initiated_keys(), kInitiatedSamples);
  REQUIRE(read.config.resources.size() == 2);
  check_all(read.config.resources.front(), resource_keys(), kResourceSamples);
  CHECK(read.config.resources.back().path == "z/a");
  REQUIRE(read.config.resources.front().answers.size() == 2);
  check_all(read.config.resources.front().answers.front(), answer_keys(), kAnswerSamples);
  CHECK(entries_text(config.internet) == text);
}

TEST_CASE("what is allowed of a malformation is what the simulated internet knows") {
  for (const auto& row : sim::malformation_names()) {
    sim::AnswerConfig answer;
    const auto* key = find_key(answer_keys(), "malformation");
    REQUIRE(key->set_text(answer, "malformation", row.name));
    CHECK(answer.malformation == row.malformation);
  }
}

TEST_CASE("words of servers and resources set the enumerators that they name") {
  sim::AnswerConfig answer;
  REQUIRE(find_key(answer_keys(), "form")->set_text(answer, "form", "reset"));
  CHECK(answer.form == sim::AnswerForm::kReset);
  REQUIRE(find_key(answer_keys(), "type")->set_text(answer, "type", "con"));
  CHECK(answer.type == sim::AnswerType::kConfirmable);

  sim::ResourceConfig resource;
  REQUIRE(find_key(resource_keys(), "content")->set_text(resource, "content", "clock"));
  CHECK(resource.content == sim::Content::kClock);
  REQUIRE(find_key(resource_keys(), "post")->set_text(resource, "post", "process"));
  CHECK(resource.post == sim::PostEffect::kProcess);

  ServerEntry server;
  const auto* duplicates = find_key(server_keys(), "manners.duplicates");
  REQUIRE(duplicates->set_text(server, "duplicates", "none"));
  CHECK(server.config.manners.duplicates == sim::DuplicateRule::kNone);

  HostEntry host;
  REQUIRE(find_key(host_keys(), "outcome")->set_text(host, "outcome", "silence"));
  CHECK(host.config.outcome == sim::NameOutcome::kSilence);
}
