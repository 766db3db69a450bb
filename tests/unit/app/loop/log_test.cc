#include "firmware/app/loop/log.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.h"

using namespace vmodem::app;

namespace {

std::string scratch_file() {
  auto path = (std::filesystem::temp_directory_path() / "vmodem-log-XXXXXX").string();
  const int fd = ::mkstemp(path.data());
  REQUIRE(fd >= 0);
  ::close(fd);
  return path;
}

std::string contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a file gets each message from the threshold up at once, with its level") {
  const auto path = scratch_file();
  auto log = Log::open(LogLevel::kInfo, path);
  REQUIRE(log);
  log->write(LogLevel::kDebug, "too fine");
  log->write(LogLevel::kInfo, "just so");
  log->format(LogLevel::kError, "{} {}", "quite", "bad {}");
  const auto text = contents(path);
  CHECK(text.find("too fine") == std::string::npos);
  CHECK(text.find("info: just so\n") != std::string::npos);
  CHECK(text.find("error: quite bad {}\n") != std::string::npos);
  std::filesystem::remove(path);
}

TEST_CASE("a file is appended to") {
  const auto path = scratch_file();
  Log::open(LogLevel::kInfo, path)->write(LogLevel::kInfo, "first");
  Log::open(LogLevel::kInfo, path)->write(LogLevel::kInfo, "second");
  CHECK(contents(path).find("first\n") < contents(path).find("second\n"));
  std::filesystem::remove(path);
}

TEST_CASE("below the threshold nothing is formatted, and off is silent") {
  auto warning = Log::open(LogLevel::kWarning, "");
  REQUIRE(warning);
  CHECK_FALSE(warning->is_enabled(LogLevel::kInfo));
  CHECK(warning->is_enabled(LogLevel::kWarning));
  CHECK(warning->is_enabled(LogLevel::kError));
  const auto off = Log::open(LogLevel::kOff, "");
  REQUIRE(off);
  CHECK_FALSE(off->is_enabled(LogLevel::kError));
  CHECK_FALSE(off->is_enabled(LogLevel::kOff));
}

TEST_CASE("a file that cannot be written is an error") {
  const auto log = Log::open(LogLevel::kInfo, "/proc/no/such/log");
  REQUIRE_FALSE(log);
  CHECK(log.error().find("/proc/no/such/log") != std::string::npos);
}
