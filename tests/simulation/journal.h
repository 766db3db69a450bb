// What a run said and sent: a hash to compare runs by, and a text for people.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/bytes.h"
#include "firmware/base/hash.h"
#include "firmware/base/time.h"

namespace vmodem::simulation {

class Journal {
 public:
  explicit Journal(bool is_verbose) : is_verbose_(is_verbose) {}

  void note(Instant now, std::string_view who, ByteView octets);
  void note(Instant now, std::string_view who, std::string_view text) {
    note(now, who, as_bytes(text));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  bool is_verbose_;
  std::string text_;
};

}  // namespace vmodem::simulation
