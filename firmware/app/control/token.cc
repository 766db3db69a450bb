#include "firmware/app/control/token.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "firmware/base/check.h"
#include "firmware/base/hex.h"
#include "net/sockets/unique_fd.h"

namespace vmodem::app {
namespace {

constexpr mode_t kOwnersFile = S_IRUSR | S_IWUSR;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

// RFC 6750 §2.1, b64token.
bool is_word(std::string_view text) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
  return text.size() >= Token::kSizeMin && text.size() <= Token::kSizeMax &&
         text.find_first_not_of(kLetters) == std::string_view::npos;
}

std::optional<std::string> objection_to_file(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return net::last_error().message();
  if (!S_ISREG(status.st_mode)) return "is not a regular file";
  if (status.st_uid != ::geteuid()) return "belongs to another user";
  if ((status.st_mode & kOthers) != 0) return "is open to others: chmod 600 it";
  return std::nullopt;
}

Expected<std::string, std::string> read_word(int fd) {
  if (auto objection = objection_to_file(fd)) return unexpected(std::move(*objection));
  std::string text(Token::kSizeMax + 2, '\0');
  const auto size = ::read(fd, text.data(), text.size());
  if (size < 0) return unexpected(net::last_error().message());
  text.resize(static_cast<std::size_t>(size));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (is_word(text)) return text;
  return unexpected(fmt::format("holds no token: {}–{} of A–Z a–z 0–9 - . _ ~ + / = on one line",
                                Token::kSizeMin, Token::kSizeMax));
}

Expected<std::string, std::string> write_word(int fd) {
  auto word = draw_word();
  const auto line = word + "\n";
  if (::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size())) return word;
  return unexpected(net::last_error().message());
}

Expected<std::string, std::string> read_or_make(const std::string& path) {
  constexpr int kSafely = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  const net::UniqueFd made(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | kSafely, kOwnersFile));
  if (made.is_open()) return write_word(made.get());
  if (errno != EEXIST) return unexpected(net::last_error().message());
  const net::UniqueFd found(::open(path.c_str(), O_RDONLY | kSafely));
  if (found.is_open()) return read_word(found.get());
  const auto cause = net::last_error();
  if (cause != std::errc::too_many_symbolic_link_levels) return unexpected(cause.message());
  return unexpected(std::string("is a symbolic link"));
}

// XDG Base Directory Specification: of the user alone, or not to be used.
std::string private_place() {
  const auto* named = std::getenv("XDG_RUNTIME_DIR");
  struct stat status {};
  const bool is_private = named != nullptr && named[0] == '/' && ::stat(named, &status) == 0 &&
                          S_ISDIR(status.st_mode) && status.st_uid == ::geteuid() &&
                          (status.st_mode & kOthers) == 0;
  if (is_private) return named;
  std::error_code none;
  return std::filesystem::temp_directory_path(none).string();
}

}  // namespace

std::string draw_word() {
  std::array<std::uint8_t, 32> octets{};
  BG_CHECK(::getrandom(octets.data(), octets.size(), 0) == std::ssize(octets),
           "small requests are never cut short");
  return to_hex_lower(octets);
}

Expected<Token, std::string> Token::of_file(const std::string& path) {
  auto word = read_or_make(path);
  if (!word) return unexpected(fmt::format("control token {}: {}", path, word.error()));
  return Token(std::filesystem::absolute(path).lexically_normal(), std::move(*word));
}

Expected<Token, std::string> Token::of_own_file() {
  auto folder = private_place() + "/vmodem-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) {
    return unexpected(fmt::format("control token in {}: {}", folder, net::last_error().message()));
  }
  auto token = of_file(folder + "/token");
  if (!token) {
    ::rmdir(folder.c_str());
    return token;
  }
  token->folder_ = std::move(folder);
  return token;
}

Token::Token(Token&& other) noexcept
    : path_(std::move(other.path_)),
      word_(std::move(other.word_)),
      folder_(std::exchange(other.folder_, {})) {
}

Token::~Token() {
  if (folder_.empty()) return;
  ::unlink(path_.c_str());
  ::rmdir(folder_.c_str());
}

}  // namespace vmodem::app
