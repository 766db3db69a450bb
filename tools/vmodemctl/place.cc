#include "tools/vmodemctl/place.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "tools/vmodemctl/client.h"

namespace vmodem::ctl {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAdvice =
    "say --control unix:PATH or tcp://HOST:PORT, as vmodem was started with, or set VMODEM_CONTROL";

std::vector<std::string> sockets_in(const fs::path& folder) {
  std::vector<std::string> sockets;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (!entry.is_socket(none)) continue;
    // One that a process left behind is no modem.
    const auto address = net::parse_listen_address("unix:" + entry.path().string());
    if (address && Client::connect(*address)) sockets.push_back(entry.path().string());
  }
  std::ranges::sort(sockets);
  return sockets;
}

}  // namespace

Expected<net::ListenAddress, std::string> only_socket(const char* runtime_directory) {
  if (runtime_directory == nullptr || runtime_directory[0] != '/') {
    return unexpected(fmt::format("which modem? {}", kAdvice));
  }
  const auto folder = fs::path(runtime_directory) / "vmodem";
  const auto sockets = sockets_in(folder);
  if (sockets.empty()) {
    return unexpected(fmt::format("no modem listens in {}: {}", folder.string(), kAdvice));
  }
  if (sockets.size() > 1) {
    return unexpected(fmt::format("which of {}? {}", fmt::join(sockets, ", "), kAdvice));
  }
  return net::UnixAddress{sockets.front()};
}

Expected<std::string, std::string> read_token(const std::string& path) {
  std::ifstream file(path);
  std::string word;
  if (!file) return unexpected(fmt::format("control token {}: {}", path, std::strerror(errno)));
  std::getline(file, word);
  const bool is_word = !word.empty() && std::ranges::all_of(word, [](char letter) {
    return letter > ' ' && letter < '\x7f';
  });
  if (!is_word) return unexpected(fmt::format("control token {}: holds no token", path));
  return word;
}

}  // namespace vmodem::ctl
