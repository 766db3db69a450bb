// The module's settings as one file of a directory, "settings". kill -9 at any moment leaves the
// settings of one save() whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/expected.h"
#include "firmware/settings/saved.h"
#include "ufs/directory/store.h"

namespace vmodem::app {

class DirectoryNvStore final : public firmware::NvStore {
 public:
  static constexpr std::uint64_t kSizeMax = 1U << 20;

  // Creates the last component of `path` if it is missing, locks the directory until destruction
  // and reads what was saved; `is_new`: nothing was, and what is there goes with the first save.
  // The error is one sentence with the path.
  [[nodiscard]] static Expected<std::unique_ptr<DirectoryNvStore>, std::string> open(
      const std::filesystem::path& path, bool is_new = false);

  [[nodiscard]] std::string load() const override { return text_; }
  [[nodiscard]] bool save(std::string_view text) override;

 private:
  DirectoryNvStore(std::unique_ptr<ufs::DirectoryStore> directory, std::string text)
      : directory_(std::move(directory)), text_(std::move(text)) {}

  std::unique_ptr<ufs::DirectoryStore> directory_;
  std::string text_;  // as the file has it
};

}  // namespace vmodem::app
