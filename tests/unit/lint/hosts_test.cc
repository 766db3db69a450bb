// Whole hosts: each of tests/lint does one thing wrong, and those of tests/conformance/hosts are as hosts
// in the field are.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "firmware/lint/lint.h"
#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/report.h"
#include "tools/conform/settings.h"

namespace vmodem::lint {
namespace {

// Keeps what is found, for the test to read.
class Witness {
 public:
  void handle(const journal::Entry& entry) {
    lint_.handle(entry);
    keep();
  }
  void end(Instant now) {
    lint_.end(now);
    keep();
  }

  std::multiset<std::string> rules;
  std::string texts;

 private:
  void keep() {
    while (const auto finding = lint_.poll_finding()) {
      rules.emplace(finding->what.rule);
      texts += fmt::format("#{} {}: {}\n", finding->entry, finding->what.rule, finding->what.text);
    }
  }

  Lint lint_;
};

std::vector<std::filesystem::path> transcripts_in(const char* folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".at") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void play_before(Witness& witness, const std::filesystem::path& file) {
  const auto script = conform::read_script(file.string());
  REQUIRE(script);
  const auto config = conform::make_modem_config(*script);
  REQUIRE(config);
  conform::ModemBackend backend(*config, *script, conform::ModemBackend::Chunks::kWholeLines,
                                   [&](const journal::Entry& entry) { witness.handle(entry); });
  const auto failure = conform::play(*script, backend);
  if (failure) FAIL(to_text(conform::failed(file.string(), *failure)));
  witness.end(backend.now());
}

// "# finds: a, b" is the first line.
std::multiset<std::string> planted_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  constexpr std::string_view kBegin = "# finds: ";
  REQUIRE(line.starts_with(kBegin));
  std::multiset<std::string> rules;
  for (auto rest = std::string_view(line).substr(kBegin.size()); !rest.empty();) {
    const auto end = std::min(rest.find(", "), rest.size());
    rules.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return rules;
}

TEST_CASE("each bad host is found out, and for nothing else") {
  const auto files = transcripts_in(BAD_HOSTS);
  CHECK(files.size() >= 20);
  for (const auto& file : files) {
    DYNAMIC_SECTION(file.stem().string()) {
      Witness witness;
      play_before(witness, file);
      INFO(witness.texts);
      CHECK(witness.rules == planted_in(file));
    }
  }
}

TEST_CASE("every rule has a bad host") {
  std::set<std::string> planted;
  for (const auto& file : transcripts_in(BAD_HOSTS)) {
    const auto rules = planted_in(file);
    planted.insert(rules.begin(), rules.end());
  }
  for (const auto& rule : rules()) {
    INFO(rule.name);
    CHECK(planted.contains(std::string(rule.name)));
  }
}

TEST_CASE(
    "hosts as they are in the field are found to do what their transcripts say, and nothing else") {
  const std::string open = "session-not-closed";
  // Most of them end where what they show ends, with their session open.
  const std::map<std::string, std::multiset<std::string>> kKnown{
      {"every_line", {"undocumented-form"}},
      {"h02_does_not_wait",
       {"command-before-result", "command-before-result", "command-before-result"}},
      {"h03_windows", {open}},
      {"h05_payload_at_once", {open}},
      {"h06_ctrl_z_behind_payload", {open}},
      {"h07_payload_again", {open}},
      {"h08_octets_behind_data", {open}},
      {"h09_constant_message_id", {"message-id-reused", open}},
      {"h09_token_per_message", {open}},
      {"h09_without_header", {open}},
      // Four requests at once, and the transcript's server says nothing.
      {"h10_full_bitmask", {"non-too-fast", open}},
      {"h11_option_again", {open}},
      {"h12_path_with_slashes", {"slash-in-uri-path", open}},
      {"h13_any_client", {open, open}},
      {"h14_ack_for_every_type", {open}},
      {"h16_payload_cut", {open}},
      {"h17_reopen_at_once", {open}},
      {"h25_contexts", {open}},
      {"h28_other_dialects", {open}},
      {"h29_power_off_at_once", {open}},
  };
  for (const auto& file : transcripts_in(HOSTS)) {
    DYNAMIC_SECTION(file.stem().string()) {
      Witness witness;
      play_before(witness, file);
      const auto known = kKnown.find(file.stem().string());
      INFO(witness.texts);
      CHECK(witness.rules ==
            (known == kKnown.end() ? std::multiset<std::string>() : known->second));
    }
  }
}

}  // namespace
}  // namespace vmodem::lint
