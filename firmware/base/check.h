// Assertions for the impossible. They stay on in every build: a simulator that goes on with a
// broken invariant misleads whoever trusts it.
#pragma once

namespace vmodem {

[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);

}  // namespace vmodem

#define BG_CHECK(condition, why) \
  (static_cast<bool>(condition)  \
       ? static_cast<void>(0)    \
       : ::vmodem::check_failed(#condition, why, __FILE__, __LINE__))
