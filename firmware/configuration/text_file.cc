#include "firmware/configuration/text_file.h"

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

}  // namespace

Expected<std::string, std::string> read_text_file(const std::string& path) {
  const FileHandle file(std::fopen(path.c_str(), "re"));
  std::string text;
  std::array<char, 4096> chunk;
  while (file && text.size() <= kTextSizeMax) {
    const auto size = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (size == 0) break;
    text.append(chunk.data(), size);
  }
  if (text.size() > kTextSizeMax) return unexpected(std::string("is larger than 4 MiB"));
  if (file && std::ferror(file.get()) == 0) return text;
  return unexpected("cannot be read: " + std::generic_category().message(errno));
}

}  // namespace vmodem::app
