#include "ufs/file_name.h"

#include <algorithm>

namespace vmodem::ufs {
namespace {

constexpr std::string_view kStorage = "UFS:";

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
  // FILE95 §1: only a storage's name is followed by a colon.
  if (text.starts_with(kStorage)) {
    text.remove_prefix(kStorage.size());
  } else if (text.find(':') != std::string_view::npos) {
    return unexpected(Error::kUnsupportedStorage);
  }
  if (!is_name(text)) return unexpected(Error::kInvalidName);

  return FileName(std::string(text));
}

}  // namespace vmodem::ufs
