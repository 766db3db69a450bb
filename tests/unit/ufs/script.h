// A random but repeatable sequence of file operations, run by a process that gets killed and by the
// model that knows what must be left.
#pragma once

#include <cstdint>
#include <string>

#include "firmware/base/expected.h"
#include "firmware/base/random.h"
#include "ufs/file_system.h"

namespace vmodem::ufs {

class Script {
 public:
  explicit Script(std::uint64_t seed) : random_(seed) {}

  // Performs the next operation. An operation the rules refuse is a step too: it changes nothing.
  void perform_next(FileSystem& files);

 private:
  std::uint64_t below(std::uint64_t bound);
  std::string name();
  Bytes pattern();

  SeededRandom random_;
};

}  // namespace vmodem::ufs
