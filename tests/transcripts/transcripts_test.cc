#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/transcript/modem_backend.h"
#include "tools/transcript/report.h"
#include "tools/transcript/settings.h"

namespace vmodem::transcript {
namespace {

std::vector<std::filesystem::path> transcripts() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(TRANSCRIPTS_DIRECTORY)) {
    if (entry.path().extension() == ".at") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

Report run(const std::string& file, ModemBackend::Chunks chunks) {
  const auto script = read_script(file);
  if (!script) return unusable(file, script.error());
  const auto config = make_modem_config(*script);
  if (!config) return unusable(file, config.error());
  ModemBackend backend(*config, *script, chunks);
  if (auto failure = play(*script, backend)) return failed(file, std::move(*failure));
  return passed(file);
}

TEST_CASE("every transcript holds on the modem object") {
  const auto files = transcripts();
  REQUIRE(files.size() > 100);
  for (const auto& file : files) {
    DYNAMIC_SECTION(file.stem().string()) {
      const auto report = run(file.string(), ModemBackend::Chunks::kWholeLines);
      INFO(to_text(report));
      CHECK(report.verdict == Verdict::kPassed);
    }
  }
}

TEST_CASE("every transcript holds when the host sends one octet at a time") {
  for (const auto& file : transcripts()) {
    DYNAMIC_SECTION(file.stem().string()) {
      const auto report = run(file.string(), ModemBackend::Chunks::kSingleOctets);
      INFO(to_text(report));
      CHECK(report.verdict == Verdict::kPassed);
    }
  }
}

}  // namespace
}  // namespace vmodem::transcript
