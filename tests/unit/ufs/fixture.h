// What the tests of the file store share.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/check.h"
#include "firmware/base/expected.h"
#include "ufs/error.h"
#include "ufs/file_name.h"

namespace vmodem::ufs {

template <class Value>
std::optional<Error> error_of(const Expected<Value, Error>& result) {
  if (result) return std::nullopt;
  return result.error();
}

inline FileName named(std::string_view text) {
  return FileName::parse(text).value();
}

inline std::string text_of(const Expected<Bytes, Error>& content) {
  return content ? std::string(as_text(*content)) : "(error)";
}

// Removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    auto pattern = (std::filesystem::temp_directory_path() / "vmodem-ufs-XXXXXX").string();
    BG_CHECK(::mkdtemp(pattern.data()) != nullptr, "the temporary directory is writable");
    path_ = pattern;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  void drop(const std::string& name, std::string_view content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string content_of(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  [[nodiscard]] std::size_t entry_count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace vmodem::ufs
