#include "firmware/configuration/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace vmodem::app {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, FileCloser>;

// O_NONBLOCK: what has no end, as a pipe or the kernel's messages, must not hold the start up.
FileHandle open_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return nullptr;
  FileHandle file(::fdopen(fd, "r"));
  if (!file) ::close(fd);
  return file;
}

auto failure(int cause) {
  return unexpected("cannot be read: " + std::generic_category().message(cause));
}

}  // namespace

Expected<std::string, std::string> read_text_file(const std::string& path) {
  const auto file = open_file(path);
  struct stat status {};
  if (!file || ::fstat(::fileno(file.get()), &status) != 0) return failure(errno);
  if (S_ISDIR(status.st_mode)) return failure(EISDIR);
  if (!S_ISREG(status.st_mode)) return unexpected(std::string("is not a regular file"));

  std::string text;
  std::array<char, 4096> chunk;
  for (;;) {
    const auto size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    text.append(chunk.data(), size);
    if (text.size() > kTextSizeMax) return unexpected(std::string("is larger than 4 MiB"));
    if (size == chunk.size()) continue;
    if (std::ferror(file.get()) != 0) return failure(errno);
    return text;
  }
}

}  // namespace vmodem::app
