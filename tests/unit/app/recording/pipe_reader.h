// Who reads a FIFO when it is asked to.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "net/sockets/unique_fd.h"
#include "tests/support/catch.h"

namespace vmodem::test {

inline void make_fifo(const std::string& path) {
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
}

class PipeReader {
 public:
  explicit PipeReader(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {
    REQUIRE(fd_.is_open());
  }

  std::string read() {
    std::string text(std::size_t{1} << 20, '\0');
    const auto size = ::read(fd_.get(), text.data(), text.size());
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

 private:
  net::UniqueFd fd_;
};

}  // namespace vmodem::test
