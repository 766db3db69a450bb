#include "ufs/file_name.h"

#include <algorithm>

namespace vmodem::ufs {
namespace {

constexpr std::string_view kUserPrefix = "UFS:";
constexpr std::string_view kExtendedPrefix = "EUFS:";
constexpr std::string_view kExtendedDirectory = "/ufs/";  // FILE95 §1: the default

bool is_forbidden(char character) {
  const auto octet = static_cast<unsigned char>(character);
  return octet < 0x20 || octet == 0x7F ||
         std::string_view("/:*\"").find(character) != std::string_view::npos;
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kNameSizeMax) return false;
  if (text == "." || text == "..") return false;
  return std::ranges::none_of(text, is_forbidden);
}

}  // namespace

Expected<FileName, Error> FileName::parse(std::string_view text) {
  auto storage = Storage::kUser;
  if (text.starts_with(kUserPrefix)) {
    text.remove_prefix(kUserPrefix.size());
  } else if (text.starts_with(kExtendedPrefix)) {
    storage = Storage::kExtended;
    text.remove_prefix(kExtendedPrefix.size());
    if (text.starts_with(kExtendedDirectory)) text.remove_prefix(kExtendedDirectory.size());
  }
  if (!is_name(text)) return unexpected(Error::kInvalidName);

  return FileName(storage, std::string(text));
}

std::string FileName::spelling() const {
  return storage_ == Storage::kUser ? text_ : std::string(kExtendedPrefix) + text_;
}

}  // namespace vmodem::ufs
