#include "firmware/app/world/settings_store.h"

#include <fmt/format.h>

#include <system_error>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

ufs::FileName settings_name() {
  auto name = ufs::FileName::parse("settings");
  BG_CHECK(name.has_value(), "plain letters are a file name");
  return *std::move(name);
}

// What keeps it from being read as settings, in words that go behind its name; empty: nothing.
std::string why_no_settings(const std::filesystem::file_status& status, std::string_view text) {
  if (std::filesystem::is_symlink(status)) return "is a symbolic link";
  if (std::filesystem::is_directory(status)) return "is a directory";
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return "is no plain file";
  }
  return firmware::is_settings_text(text) ? "" : "holds something else than settings";
}

// Empty where nothing was ever saved.
Expected<std::string, std::string> read_settings(const ufs::DirectoryStore& directory,
                                                 const std::filesystem::file_status& status) {
  const auto size = directory.size(settings_name());
  if (size && *size > DirectoryNvStore::kSizeMax) {
    return unexpected(std::string("is larger than 1 MiB"));
  }
  const auto saved = directory.read(settings_name(), 0, DirectoryNvStore::kSizeMax);
  if (!saved && saved.error() != ufs::Error::kNotFound) {
    return unexpected(std::string("cannot be read"));
  }
  auto text = saved ? std::string(as_text(*saved)) : std::string();
  auto why = why_no_settings(status, text);
  if (!why.empty()) return unexpected(std::move(why));
  return text;
}

}  // namespace

Expected<std::unique_ptr<DirectoryNvStore>, std::string> DirectoryNvStore::open(
    const std::filesystem::path& path, bool is_new) {
  auto directory = ufs::DirectoryStore::open(path);
  if (!directory) return unexpected(std::move(directory.error().text));

  const auto file = path / "settings";
  std::error_code none;
  const auto status = std::filesystem::symlink_status(file, none);
  auto text = read_settings(**directory, status);
  const bool is_in_the_way = std::filesystem::is_directory(status);
  if (is_new && !is_in_the_way) {
    // The store writes over plain files only.
    if (!std::filesystem::is_regular_file(status)) std::filesystem::remove(file, none);
    text = std::string();
  }
  if (!text) {
    const auto* otherwise = is_in_the_way ? "" : ", or begin with a new module by --new";
    return unexpected(fmt::format("{} {}: move it away{}", file.string(), text.error(), otherwise));
  }
  return std::unique_ptr<DirectoryNvStore>(
      new DirectoryNvStore(std::move(*directory), std::move(*text)));
}

bool DirectoryNvStore::save(std::string_view text) {
  if (!directory_->write(settings_name(), as_bytes(text))) return false;
  text_ = text;
  return true;
}

}  // namespace vmodem::app
