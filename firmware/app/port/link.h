// The symbolic link under which the port keeps one name from run to run.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "firmware/base/expected.h"

namespace vmodem::app {

// Which octet of its PTY a vmodem locks while it keeps the link `path`: so whoever finds the link
// finds its keeper, and nothing lies beside it that a kill would leave. One number for all the
// spellings of a path.
[[nodiscard]] std::uint64_t link_key(const std::string& path);

class PortLink {
 public:
  // Whoever looks sees the old link or the new one, never none. What a vmodem that is no more has
  // left at `path`, a link to a PTY that is gone or younger than the link, is replaced. The error
  // is one phrase: a living vmodem's link, with its process; any other link or file. `target` is a
  // PTY of this process, with link_key(path) locked.
  [[nodiscard]] static Expected<PortLink, std::string> create(std::string path, std::string target);
  // Removes the link, unless somebody else has put another in its place.
  ~PortLink();
  PortLink(PortLink&& other) noexcept;
  PortLink& operator=(PortLink&&) = delete;

 private:
  PortLink(std::string path, std::string target);

  std::string path_;  // empty: moved from
  std::string target_;
  ino_t inode_ = 0;
};

}  // namespace vmodem::app
