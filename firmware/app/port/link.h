// The symbolic link under which the port keeps one name from run to run.
#pragma once

#include <string>

#include "firmware/base/expected.h"

namespace vmodem::app {

class PortLink {
 public:
  // Whoever looks sees the old link or the new one, never none. A symbolic link at `path` is
  // replaced; any other file there is an error, one phrase.
  [[nodiscard]] static Expected<PortLink, std::string> create(std::string path, std::string target);
  // Removes the link, unless another run has replaced it.
  ~PortLink();
  PortLink(PortLink&& other) noexcept;
  PortLink& operator=(PortLink&&) = delete;

 private:
  PortLink(std::string path, std::string target)
      : path_(std::move(path)), target_(std::move(target)) {}

  std::string path_;  // empty: moved from
  std::string target_;
};

}  // namespace vmodem::app
