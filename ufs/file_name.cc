#include "ufs/file_name.h"

#include <algorithm>

namespace vmodem::ufs {
namespace {

constexpr std::string_view kUserPrefix = "UFS:";
constexpr std::string_view kExtendedPrefix = "EUFS:";
constexpr std::string_view kExtendedDirectory = "/ufs/";  // FILE95 §1: the default
constexpr std::string_view kDatatxDirectory = "/datatx/";

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
    if (text.starts_with(kExtendedDirectory)) {
      text.remove_prefix(kExtendedDirectory.size());
    } else if (text.starts_with(kDatatxDirectory)) {
      storage = Storage::kExtendedDatatx;
      text.remove_prefix(kDatatxDirectory.size());
    }
  }
  if (!is_name(text)) return unexpected(Error::kInvalidName);

  return FileName(storage, std::string(text));
}

std::string FileName::spelling() const {
  switch (storage_) {
    case Storage::kUser:
      return text_;
    case Storage::kExtended:
      return std::string(kExtendedPrefix) + text_;
    case Storage::kExtendedDatatx:
      break;
  }
  return std::string(kExtendedPrefix) + std::string(kDatatxDirectory) + text_;
}

}  // namespace vmodem::ufs
