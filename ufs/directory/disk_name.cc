#include "ufs/directory/disk_name.h"

namespace vmodem::ufs {
namespace {

constexpr std::string_view kDatatxSpelling = "EUFS:/datatx/";
constexpr std::string_view kDatatxDiskName = "EUFS:datatx:";

// "%2E", "%252E", "%25252E", …
bool begins_with_escaped_dot(std::string_view text) {
  if (!text.starts_with('%')) return false;
  text.remove_prefix(1);
  while (text.starts_with("25")) text.remove_prefix(2);
  return text.starts_with("2E");
}

std::string unescape(std::string_view disk_name) {
  if (disk_name.starts_with(kDatatxDiskName)) {
    return std::string(kDatatxSpelling).append(disk_name.substr(kDatatxDiskName.size()));
  }
  if (!begins_with_escaped_dot(disk_name)) return std::string(disk_name);
  const auto rest = std::string(disk_name.substr(3));
  return (disk_name.starts_with("%2E") ? "." : "%") + rest;
}

}  // namespace

std::string to_disk_name(const FileName& name) {
  const auto text = name.spelling();
  if (text.starts_with(kDatatxSpelling)) {
    return std::string(kDatatxDiskName) + text.substr(kDatatxSpelling.size());
  }
  if (text.starts_with('.')) return "%2E" + text.substr(1);
  if (begins_with_escaped_dot(text)) return "%25" + text.substr(1);
  return text;
}

std::optional<FileName> from_disk_name(std::string_view disk_name) {
  if (disk_name.starts_with('.')) return std::nullopt;

  const auto text = unescape(disk_name);
  auto name = FileName::parse(text);
  // A dropped file "UFS:name" is not the file "name".
  if (!name || name->spelling() != text) return std::nullopt;
  return *std::move(name);
}

}  // namespace vmodem::ufs
