// The name of a file in UFS.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/expected.h"
#include "ufs/error.h"

namespace vmodem::ufs {

// FILE95 §1: at most 80 bytes. Counted without the prefix, inferred: "UFS:name" and "name" are one
// file, so both spellings must be legal or neither.
inline constexpr std::size_t kNameSizeMax = 80;

// A legal name, case-sensitive, without prefix. It never holds '/', ':', '*', '"' or a control
// character and is never empty, "." or "..": it can neither leave a directory, nor be taken for a
// pattern, nor break the line of AT+QFLST.
class FileName {
 public:
  // Takes a host's spelling, with or without "UFS:"; a prefix of another storage is refused with
  // kUnsupportedStorage, anything else that is no name with kInvalidName.
  [[nodiscard]] static Expected<FileName, Error> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

  friend auto operator<=>(const FileName&, const FileName&) = default;

 private:
  explicit FileName(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace vmodem::ufs
