#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tools/conform/device/modem_backend.h"
#include "tools/conform/report.h"
#include "tools/conform/settings.h"
#include "tools/conform/suite.h"

namespace vmodem::conform {
namespace {

std::vector<std::string> cases() {
  const auto files = cases_below({CASES_DIRECTORY});
  REQUIRE(files);
  return *files;
}

std::string name_of(const std::string& file) {
  return std::filesystem::path(file).lexically_relative(CASES_DIRECTORY).string();
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

TEST_CASE("every case holds on the modem object") {
  const auto files = cases();
  REQUIRE(files.size() > 100);
  for (const auto& file : files) {
    DYNAMIC_SECTION(name_of(file)) {
      const auto report = run(file, ModemBackend::Chunks::kWholeLines);
      INFO(to_text(report));
      CHECK(report.verdict == Verdict::kPassed);
    }
  }
}

TEST_CASE("every case holds when the host sends one octet at a time") {
  for (const auto& file : cases()) {
    DYNAMIC_SECTION(name_of(file)) {
      const auto report = run(file, ModemBackend::Chunks::kSingleOctets);
      INFO(to_text(report));
      CHECK(report.verdict == Verdict::kPassed);
    }
  }
}

}  // namespace
}  // namespace vmodem::conform
