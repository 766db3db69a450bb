#include "firmware/app/loop/key_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace vmodem::app {

Expected<KeyLogFile, std::string> KeyLogFile::open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  auto* file = fd < 0 ? nullptr : ::fdopen(fd, "a");
  if (file == nullptr) {
    auto why = fmt::format("key log {}: {}", path, std::strerror(errno));
    if (fd >= 0) ::close(fd);
    return unexpected(std::move(why));
  }
  return KeyLogFile(file);
}

void KeyLogFile::write(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), file_.get());
  std::fputc('\n', file_.get());
  std::fflush(file_.get());
}

}  // namespace vmodem::app
