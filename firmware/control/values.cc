#include "firmware/control/values.h"

#include "firmware/base/printable.h"

namespace vmodem::control {

void put_octets(nlohmann::json& object, ByteView octets) {
  const auto text = as_text(octets);
  object["hex"] = to_hex_lower(octets);
  object["payload"] = nullptr;
  if (printable(text, text.size()) == text) object["payload"] = text;
}

Expected<Bytes, Problem> octets_of(const nlohmann::json& body, const char* text_name,
                                   std::size_t size_max) {
  const auto text = find_member<std::string>(body, text_name);
  const auto hex = find_member<std::string>(body, "hex");
  if (text && hex) {
    return unexpected(Problem{.detail = fmt::format("{} and hex say two things", text_name),
                              .field = "hex",
                              .right = "one of the two"});
  }
  auto octets = hex ? from_hex(*hex).value_or(Bytes{}) : to_bytes(text.value_or(""));
  if (octets.size() > size_max) {
    return unexpected(Problem{.detail = fmt::format("{} octets are too many", octets.size()),
                              .field = hex ? "hex" : text_name,
                              .right = fmt::format("up to {}", size_max)});
  }
  return octets;
}

}  // namespace vmodem::control
