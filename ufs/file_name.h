// The name of a file in one of the module's storages.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "firmware/base/expected.h"
#include "ufs/error.h"

namespace vmodem::ufs {

// FILE95 §1: at most 80 bytes. Counted without the prefix, inferred: "UFS:name" and "name" are one
// file, so both spellings must be legal or neither.
inline constexpr std::size_t kNameSizeMax = 80;

// FILE95 §1, §2.2.2: "UFS:", which may be left out, "EUFS:" or "EUFS:/ufs/", and "EUFS:/datatx/".
// One name may be in each.
enum class Storage : std::uint8_t { kUser, kExtended, kExtendedDatatx };

// A legal name, case-sensitive, without prefix. It never holds '/', ':', '*', '"' or a control
// character and is never empty, "." or "..": it can neither leave a directory, nor be taken for a
// pattern, nor break the line of AT+QFLST.
class FileName {
 public:
  // Takes a host's spelling, with or without the storage; kInvalidName for what is no name. "/ufs/"
  // behind "EUFS:" is the directory that is meant without it; others than it and "/datatx/" are
  // none.
  [[nodiscard]] static Expected<FileName, Error> parse(std::string_view text);

  [[nodiscard]] Storage storage() const { return storage_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  // As lists print it: with "EUFS:" or "EUFS:/datatx/", without "UFS:".
  [[nodiscard]] std::string spelling() const;

  // By storage, then by the bytes of the name.
  friend auto operator<=>(const FileName&, const FileName&) = default;

 private:
  FileName(Storage storage, std::string text) : storage_(storage), text_(std::move(text)) {}

  Storage storage_;
  std::string text_;
};

}  // namespace vmodem::ufs
