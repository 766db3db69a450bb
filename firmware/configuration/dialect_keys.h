// The rows of the key table for what the note leaves open, each with what is known of it. The page
// docs/fidelity.md comes from them.
#pragma once

#include <span>
#include <string_view>

#include "firmware/configuration/keys.h"

namespace vmodem::app {

struct DialectKey {
  ConfigKey key;
  std::string_view known;    // what is written or was seen, and where
  std::string_view ruled;    // why the default is what it is
  std::string_view settles;  // what a module would have to show
};

[[nodiscard]] std::span<const DialectKey> dialect_keys();

}  // namespace vmodem::app
