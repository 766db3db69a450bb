// A command line of the journal, as far as judging a host needs it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "at_engine/command_line.h"
#include "firmware/base/hash.h"
#include "firmware/journal/journal.h"

namespace vmodem::lint {

struct Argument {
  std::string_view text;  // without its quotes
  bool is_quoted;
};

// One command of a line; borrowed from it.
struct Command {
  static constexpr std::size_t kArgumentsMax = 8;

  std::string name;  // "+QCOAPOPEN"
  at::Form form;
  std::array<Argument, kArgumentsMax> arguments{};

  [[nodiscard]] bool is_write_of(std::string_view wanted) const {
    return form == at::Form::kWrite && name == wanted;
  }
  // Where argument `index` is a number.
  [[nodiscard]] std::optional<std::uint32_t> number(std::size_t index) const;
  // The client, where the first argument is one.
  [[nodiscard]] std::optional<std::size_t> client() const;
};

// As they were typed, `text` from AT on. Up to the first that cannot be read; of a line without end
// the first few.
[[nodiscard]] std::vector<Command> commands_of(std::string_view text);

// To know texts again without keeping them; what follows one is told from what stands in it.
class Digest {
 public:
  Digest& add(ByteView octets) {
    hash_.add(octets).add_number(octets.size());
    return *this;
  }
  Digest& add(std::string_view text) { return add(as_bytes(text)); }
  [[nodiscard]] std::uint64_t value() const { return hash_.value(); }

 private:
  Hash hash_;
};

// For a finding: "#12 AT+QCOAPOPEN=0,…".
[[nodiscard]] std::string shown(journal::Number number, std::string_view text);

}  // namespace vmodem::lint
