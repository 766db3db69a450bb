// What a recording has written so far.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

namespace vmodem::app {

[[nodiscard]] inline std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace vmodem::app
