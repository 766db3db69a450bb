#include "tools/conform/survey/survey.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "firmware/base/duration_text.h"
#include "firmware/base/overloaded.h"
#include "firmware/base/random.h"
#include "firmware/configuration/dialect_keys.h"
#include "firmware/configuration/file.h"
#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"
#include "tools/conform/survey/report.h"

namespace vmodem::conform {
namespace {

using Dialect = std::map<std::string, std::string>;  // values by key, as --set takes them
using Rewrite = std::string (*)(std::string serial);

std::string as_it_is(std::string serial) {
  return serial;
}

// A modem object that says some things otherwise.
class DeviatingBackend final : public Backend {
 private:
  template <class Act>
  auto listen(Inbox& inbox, const Act& act) {
    Inbox fresh;
    fresh.datagrams.resize(inbox.datagrams.size());
    auto result = act(fresh);
    inbox.serial += rewrite_(std::move(fresh.serial));
    for (std::size_t i = 0; i < fresh.datagrams.size(); ++i) {
      for (auto& one : fresh.datagrams[i]) inbox.datagrams[i].push_back(std::move(one));
    }
    return result;
  }

 public:
  DeviatingBackend(const firmware::ModemConfig& config, const Script& script, Rewrite rewrite)
      : modem_(config, script), rewrite_(rewrite) {}

  Instant now() const override { return modem_.now(); }
  Duration tolerance() const override { return modem_.tolerance(); }
  bool knows_instants() const override { return true; }
  void handle_expected(std::size_t peer) override { modem_.handle_expected(peer); }
  std::string sender(std::size_t peer) const override { return modem_.sender(peer); }
  Done send_serial(Inbox& inbox, ByteView octets) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.send_serial(fresh, octets); });
  }
  Done send_datagram(Inbox& inbox, std::size_t peer, ByteView datagram) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.send_datagram(fresh, peer, datagram); });
  }
  Done run_until(Inbox& inbox, Instant end) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.run_until(fresh, end); });
  }
  Done run_until_heard(Inbox& inbox, Instant end) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.run_until_heard(fresh, end); });
  }
  Expected<bool, BackendError> await(Inbox& inbox) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.await(fresh); });
  }
  Done settle(Inbox& inbox) override {
    return listen(inbox, [&](Inbox& fresh) { return modem_.settle(fresh); });
  }

 private:
  ModemBackend modem_;
  Rewrite rewrite_;
};

Script with_settings(Script script, const Dialect& dialect) {
  for (const auto& [key, value] : dialect) script.settings.push_back({key, value, 1});
  return script;
}

class ObjectSite final : public Site {
 public:
  explicit ObjectSite(Dialect dialect, std::uint64_t seed = 1, Rewrite rewrite = &as_it_is)
      : dialect_(std::move(dialect)), rewrite_(rewrite) {
    script_.seed = seed;
    script_.peers = {{.name = "server", .host = "203.0.113.5", .port = 5683},
                     {.name = "mute", .host = "203.0.113.5", .port = 5684}};
    script_ = with_settings(std::move(script_), dialect_);
  }

  Expected<Backend*, BackendError> bring_back() override {
    ++resets;
    const auto config = make_modem_config(script_);
    REQUIRE(config);
    backend_ = std::make_unique<DeviatingBackend>(*config, script_, rewrite_);
    return backend_.get();
  }
  Meeting meeting() const override {
    return {.host = "203.0.113.5",
            .ports = {5683, 5684},
            .input_wait = 3601s,
            .resolution = 1ms,
            .sample_count = 40,
            .is_virtual = true};
  }
  Dialogue::Patience patience() const override { return {}; }
  Report play(const Planned& one) override {
    const auto script = with_settings(*one.script, dialect_);
    const auto config = make_modem_config(script);
    REQUIRE(config);
    DeviatingBackend backend(*config, script, rewrite_);
    auto failure = conform::play(script, backend);
    return failure ? failed(one.file, std::move(*failure)) : passed(one.file);
  }

  int resets = 0;

 private:
  Dialect dialect_;
  Rewrite rewrite_;
  Script script_;
  std::unique_ptr<DeviatingBackend> backend_;
};

SurveyListener nobody() {
  return {.tell = [](const std::string&, const Finding&) {}, .keep = [](const Findings&) {}};
}

SurveyResult survey_of(ObjectSite& site, Findings before = {}) {
  auto result = ask_all(site, std::move(before), nobody());
  REQUIRE(result);
  CHECK_FALSE(result->lost);
  return std::move(*result);
}

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  std::uint64_t below(std::uint64_t bound) { return random_.below(RandomStream::kFault, bound); }

 private:
  SeededRandom random_;
};

// The factor is one that chance can show (docs/survey.md).
std::string drawn(const app::ConfigKey& key, Chance& chance) {
  const auto text = [&](Duration duration) { return duration_text(duration); };
  return std::visit(
      Overloaded{[&](const app::BooleanKey&) {
                   return std::string(chance.below(2) == 0 ? "true" : "false");
                 },
                 [&](const app::IntegerKey& one) {
                   return std::to_string(one.min +
                                         static_cast<std::int64_t>(chance.below(
                                             static_cast<std::uint64_t>(one.max - one.min + 1))));
                 },
                 [&](const app::NumberKey&) {
                   return fmt::format("{:.1f}", 1.0 + 0.5 * static_cast<double>(chance.below(5)));
                 },
                 [&](const app::WordKey& one) {
                   return std::string(one.words[chance.below(one.words.size())]);
                 },
                 [&](const app::DurationKey& one) {
                   if (!one.absent.empty() && chance.below(2) == 0) return std::string(one.absent);
                   if (chance.below(3) == 0) return text(one.min);
                   const auto span = (one.max - one.min) / 1ms;
                   return text(one.min + 1ms * chance.below(static_cast<std::uint64_t>(span) + 1));
                 },
                 [&](const auto&) -> std::string {
                   FAIL("a kind of key without values to draw");
                   return {};
                 }},
      key.kind);
}

Dialect random_dialect(std::uint64_t seed) {
  Chance chance(seed);
  Dialect dialect;
  for (const auto& one : app::dialect_keys())
    dialect[std::string(one.key.name)] = drawn(one.key, chance);
  return dialect;
}

std::string canonical(const std::string& key, const std::string& value) {
  app::Config config;
  REQUIRE(app::set_config_text(config, key, value));
  return app::find_config_key(key)->literal(config);
}

std::vector<Planned> shipped_cases() {
  const std::string root = CASES_DIRECTORY;
  const auto files = cases_below({root + "/note"});
  REQUIRE(files);
  return quick_cases(*files, root, "");
}

std::string swapped(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST_CASE("a hundred random dialects are found as they are") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto dialect = random_dialect(seed);
    ObjectSite site(dialect, seed);
    const auto result = survey_of(site);
    CHECK(site.resets == 1);
    CHECK(result.strays.empty());
    for (const auto& [key, value] : dialect) {
      INFO("seed " << seed << ", " << key << "=" << value);
      const auto* finding = result.findings.find(key);
      REQUIRE(finding != nullptr);
      INFO(finding->question << ": " << finding->answer << " " << finding->note);
      REQUIRE(finding->kind == Finding::Kind::kFound);
      CHECK(canonical(key, finding->value) == canonical(key, value));
    }
  }
}

TEST_CASE("the file of a survey makes a modem that speaks so") {
  const auto dialect = random_dialect(7);
  ObjectSite site(dialect, 7);
  const auto text = dialect_file(survey_of(site));
  app::Config found;
  REQUIRE(app::apply_config_text(found, text, "found.toml"));
  for (const auto& [key, value] : dialect) {
    CHECK(app::find_config_key(key)->literal(found) == canonical(key, value));
  }
}

TEST_CASE("each switch has a question of its own") {
  std::set<std::string> keys;
  ObjectSite site({});
  for (const auto& [key, finding] : survey_of(site).findings.switches) keys.insert(key);
  for (const auto& one : app::dialect_keys()) CHECK(keys.contains(std::string(one.key.name)));
  CHECK(keys.size() == app::dialect_keys().size());
}

TEST_CASE("a line that is none of the note's is named, and so is each case it fails") {
  ObjectSite site({}, 1, [](std::string serial) {
    return swapped(std::move(serial), "+QCOAPACK", "+COAPACK");
  });
  auto result = survey_of(site);
  play_quick_cases(site, shipped_cases(), result);
  const auto report = survey_text(result);
  INFO(report);
  CHECK(report.find("+COAPACK: ") != std::string::npos);
  CHECK_FALSE(result.differences.empty());
  CHECK(report.find(result.differences.front().name) != std::string::npos);
}

TEST_CASE("an answer that fits no value is told with what the values would have answered") {
  ObjectSite site({}, 1, [](std::string serial) {
    return swapped(std::move(serial), "+QCOAPOPEN: 5,-9", "+QCOAPOPEN: 5,-8");
  });
  const auto result = survey_of(site);
  const auto& finding = *result.findings.find("dialect.dead_dtls_port");
  CHECK(finding.kind == Finding::Kind::kUnexplained);
  const auto report = survey_text(result);
  CHECK(report.find("+QCOAPOPEN: 5,-8; no value fits: handshake_failure: +QCOAPOPEN: 5,-9") !=
        std::string::npos);
  CHECK(dialect_file(result).find("# dead_dtls_port = \"handshake_failure\"") != std::string::npos);
}

TEST_CASE("the shipped cases fail nowhere on a modem of another dialect") {
  ObjectSite site(random_dialect(3), 3);
  auto result = survey_of(site);
  play_quick_cases(site, shipped_cases(), result);
  INFO(survey_text(result));
  CHECK(result.differences.empty());
  CHECK(result.cases_played > 0);
}

TEST_CASE("what has been answered is not asked again") {
  const auto path =
      (std::filesystem::temp_directory_path() / fmt::format("vmodem-survey-{}.json", getpid()))
          .string();
  ObjectSite first(random_dialect(5), 5);
  const auto whole = survey_of(first).findings;
  REQUIRE(write_findings(path, whole));
  const auto read = read_findings(path);
  std::filesystem::remove(path);
  REQUIRE(read);
  REQUIRE(*read);
  ObjectSite second({});
  auto again = ask_all(second, **read, nobody());
  REQUIRE(again);
  for (const auto& [key, finding] : whole.switches) {
    CHECK(again->findings.find(key)->value == finding.value);
  }
  CHECK_FALSE(read_findings("/nowhere/at/all")->has_value());
}

TEST_CASE("a file that is no state is refused") {
  const auto path =
      (std::filesystem::temp_directory_path() / fmt::format("vmodem-no-survey-{}.json", getpid()))
          .string();
  for (const auto* text :
       {"", "{", "[]", "{}", R"({"switches":{"a":3}})", R"({"switches":{"a":{"kind":"guessed"}}})",
        R"({"switches":{},"times_ms":{"a":-1}})"}) {
    std::ofstream(path, std::ios::trunc) << text;
    CHECK_FALSE(read_findings(path));
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace vmodem::conform
