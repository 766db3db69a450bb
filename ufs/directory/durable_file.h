// Replacing a file so that a crash at any moment leaves it whole, old or new.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/expected.h"
#include "ufs/error.h"

namespace vmodem::ufs {

// Creates or replaces `path` (mode 0600: files hold keys): writes a temporary beside it, syncs it,
// renames it, syncs the directory. On return without error the content is durable. kNoSpace leaves
// the old file and no temporary; so does kIo, unless the very last step failed. Writers of one
// directory exclude each other. A directory or symbolic link of that name is kIo and is left alone.
[[nodiscard]] Expected<void, Error> replace_file_durably(const std::filesystem::path& path,
                                                         ByteView content);
// The same for the file `name` of an open directory.
[[nodiscard]] Expected<void, Error> replace_file_durably(int directory, const std::string& name,
                                                         ByteView content);

// Whether a crash in replace_file_durably() may have left a file of this name behind.
[[nodiscard]] bool is_temporary(std::string_view name);

}  // namespace vmodem::ufs
