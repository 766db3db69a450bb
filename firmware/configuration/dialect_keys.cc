#include "firmware/configuration/dialect_keys.h"

#include <vector>

#include "firmware/configuration/dialect_tables.h"

namespace vmodem::app {

std::span<const DialectKey> dialect_keys() {
  static const auto kAll = [] {
    std::vector<DialectKey> all;
    for (const auto keys : {command_dialect(), payload_dialect(), message_dialect()}) {
      all.insert(all.end(), keys.begin(), keys.end());
    }
    return all;
  }();
  return kAll;
}

}  // namespace vmodem::app
