// What a case reads out of datagrams and lines and means again later, by name.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "firmware/base/bytes.h"

namespace vmodem::conform {

// Octets of datagrams.
using Captures = std::map<std::string, Bytes, std::less<>>;
// What a script has declared so far: how many octets each name stands for.
using CaptureSizes = std::map<std::string, std::size_t, std::less<>>;
// Text of lines.
using Texts = std::map<std::string, std::string, std::less<>>;
using TextNames = std::set<std::string, std::less<>>;

// What is wrong with a piece of a script, and what would be right.
struct Fault {
  std::string what;
  std::string right;
};

}  // namespace vmodem::conform
