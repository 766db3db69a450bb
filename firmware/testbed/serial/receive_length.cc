#include "firmware/testbed/serial/receive_length.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace vmodem::testbed {
namespace {

constexpr std::string_view kName = "+QCOAPRECV: ";

struct LengthField {
  std::size_t begin;
  std::size_t size;
  std::int64_t value;
};

// The number in front of the line end at `end`, where it is the length of what follows that line
// end.
std::optional<LengthField> length_before(std::string_view urc, std::size_t end) {
  const auto comma = urc.rfind(',', end);
  if (comma == std::string_view::npos) return std::nullopt;

  const auto digits = urc.substr(comma + 1, end - comma - 1);
  std::int64_t value = 0;
  const auto [rest, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failure != std::errc{} || rest != digits.data() + digits.size()) return std::nullopt;

  const auto behind = static_cast<std::int64_t>(urc.size() - end - kLineEndSize);
  const auto expected = value == 0 ? 0 : value + static_cast<std::int64_t>(kLineEndSize);
  if (behind != expected) return std::nullopt;
  return LengthField{comma + 1, digits.size(), value};
}

// A string option may hold line ends, and so may the payload: the length proves which line end it
// is.
std::optional<LengthField> find_length(std::string_view urc) {
  const auto line_end = urc.substr(0, kLineEndSize);
  for (auto end = urc.find(line_end, kLineEndSize); end != std::string_view::npos;
       end = urc.find(line_end, end + 1)) {
    if (const auto field = length_before(urc, end)) return field;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Bytes> with_receive_length_changed(ByteView urc, int delta) {
  std::string text(as_text(urc));
  if (text.size() < kLineEndSize || !text.substr(kLineEndSize).starts_with(kName)) {
    return std::nullopt;
  }
  const auto field = find_length(text);
  if (!field) return std::nullopt;

  const auto changed = std::max<std::int64_t>(field->value + delta, 0);
  if (changed == field->value) return std::nullopt;
  return to_bytes(text.replace(field->begin, field->size, std::to_string(changed)));
}

}  // namespace vmodem::testbed
