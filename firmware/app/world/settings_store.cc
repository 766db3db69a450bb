#include "firmware/app/world/settings_store.h"

#include <fmt/format.h>

#include <cstdint>

#include "firmware/base/check.h"

namespace vmodem::app {
namespace {

ufs::FileName settings_name() {
  auto name = ufs::FileName::parse("settings");
  BG_CHECK(name.has_value(), "plain letters are a file name");
  return *std::move(name);
}

}  // namespace

Expected<std::unique_ptr<DirectoryNvStore>, std::string> DirectoryNvStore::open(
    const std::filesystem::path& path) {
  auto directory = ufs::DirectoryStore::open(path);
  if (!directory) return unexpected(std::move(directory.error().text));

  const auto saved = (*directory)->read(settings_name(), 0, UINT64_MAX);
  if (!saved && saved.error() != ufs::Error::kNotFound) {
    return unexpected(fmt::format("cannot read {}", (path / "settings").string()));
  }
  auto text = saved ? std::string(as_text(*saved)) : std::string();
  return std::unique_ptr<DirectoryNvStore>(
      new DirectoryNvStore(std::move(*directory), std::move(text)));
}

bool DirectoryNvStore::save(std::string_view text) {
  if (!directory_->write(settings_name(), as_bytes(text))) return false;
  text_ = text;
  return true;
}

}  // namespace vmodem::app
