#include "firmware/app/control/token.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/catch.h"
#include "tests/unit/app/support/folder.h"

using namespace vmodem;
using namespace vmodem::app;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

void write(const std::string& path, const std::string& text, mode_t mode) {
  std::ofstream(path) << text;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
}

}  // namespace

TEST_CASE("a token that is missing is made, for its owner alone, and read again") {
  const test::Folder folder;
  const auto path = folder.file("token");
  const auto made = Token::of_file(path);
  REQUIRE(made);
  CHECK(made->word().size() == 64);
  CHECK(mode_of(path) == 0600);
  const auto read = Token::of_file(path);
  REQUIRE(read);
  CHECK(read->word() == made->word());
}

TEST_CASE("a token of one's own is taken as it stands") {
  const test::Folder folder;
  const auto path = folder.file("token");
  write(path, "AZaz09-._~+/=abcdef\n", 0600);
  const auto token = Token::of_file(path);
  REQUIRE(token);
  CHECK(token->word() == "AZaz09-._~+/=abcdef");
}

TEST_CASE("a file that others read, a link and a file without a token are refused unshown") {
  const test::Folder folder;
  const auto refusal = [](const std::string& path) {
    const auto token = Token::of_file(path);
    REQUIRE_FALSE(token);
    CHECK(token.error().find("secret") == std::string::npos);
    return token.error();
  };
  write(folder.file("open"), "secretsecretsecret\n", 0640);
  CHECK(refusal(folder.file("open")).find("is open to others") != std::string::npos);
  write(folder.file("short"), "secret\n", 0600);
  CHECK(refusal(folder.file("short")).find("holds no token") != std::string::npos);
  write(folder.file("words"), "secretsecret secret\n", 0600);
  CHECK(refusal(folder.file("words")).find("holds no token") != std::string::npos);
  REQUIRE(::symlink(folder.file("open").c_str(), folder.file("link").c_str()) == 0);
  CHECK(refusal(folder.file("link")).find("is a symbolic link") != std::string::npos);
  CHECK(refusal(std::filesystem::path(folder.file("open")).parent_path().string())
            .find("is not a regular file") != std::string::npos);
}

TEST_CASE("a token's own file lies where only its user looks, and goes with it") {
  const test::Folder folder;
  const auto runtime = folder.file("runtime");
  REQUIRE(::mkdir(runtime.c_str(), 0700) == 0);
  const auto* before = std::getenv("XDG_RUNTIME_DIR");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("XDG_RUNTIME_DIR", runtime.c_str(), 1);
  std::string path;
  {
    const auto token = Token::of_own_file();
    REQUIRE(token);
    path = token->path();
    CHECK(path.starts_with(runtime + "/vmodem-"));
    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(std::filesystem::path(path).parent_path()) == 0700);
  }
  CHECK(std::filesystem::is_empty(runtime));
  // XDG Base Directory Specification: a directory of others is not to be used.
  REQUIRE(::chmod(runtime.c_str(), 0755) == 0);
  {
    const auto token = Token::of_own_file();
    REQUIRE(token);
    CHECK_FALSE(token->path().starts_with(runtime));
  }
  if (before == nullptr) {
    ::unsetenv("XDG_RUNTIME_DIR");
  } else {
    ::setenv("XDG_RUNTIME_DIR", kept.c_str(), 1);
  }
}
