// Who holds a lock on one octet of a file, told by the kernel without opening the file: a terminal
// that a host has for itself alone cannot be opened, and others are not ours to open.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace vmodem::app {

// Takes the lock on octet `offset` for this process. It ends with the process, and when the process
// closes any descriptor of the file (fcntl(2)). False, with errno, when it cannot be had.
[[nodiscard]] bool lock_octet(int fd, std::uint64_t offset);

// The other process that holds that lock (proc(5), /proc/locks); nothing where nobody does, or
// where there is no such table.
[[nodiscard]] std::optional<pid_t> lock_holder(const struct stat& file, std::uint64_t offset);

}  // namespace vmodem::app
