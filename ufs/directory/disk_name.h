// How a file of the module is called in a directory. Names that begin with a dot are the
// directory's own (temporaries, hidden files of other programs); all others are files of the
// module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ufs/file_name.h"

namespace vmodem::ufs {

// A file of the extended storage keeps its prefix, "EUFS:name", which no other name has; of its
// directory datatx it is "EUFS:datatx:name". Of all
// others a leading dot becomes "%2E", and a leading "%2E", "%252E" and so on gets one "25" more, so
// that no two names share a file. Everything else stays as it is.
[[nodiscard]] std::string to_disk_name(const FileName& name);

// The reverse; nothing for what is no file of the module.
[[nodiscard]] std::optional<FileName> from_disk_name(std::string_view disk_name);

}  // namespace vmodem::ufs
