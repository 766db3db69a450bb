// What a resource answers, before it becomes a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coap_core/message.h"
#include "net/sim/site/block.h"

namespace vmodem::sim {

struct Response {
  coap::Code code = coap::Code::kContent;
  std::optional<std::uint32_t> etag;
  std::optional<std::uint32_t> observe;
  std::optional<std::uint16_t> content_format;
  std::optional<std::uint32_t> max_age;
  std::optional<Block> block1;
  std::optional<Block> block2;
  std::optional<std::uint32_t> size1;
  std::optional<std::uint32_t> size2;
  // Borrowed from the configuration of the resource; null: none.
  const std::vector<std::string>* location_path = nullptr;
  const std::vector<std::string>* location_query = nullptr;
  std::string child;  // one more Location-Path segment
  // Borrowed from the resource until its next change, or from `owned`.
  ByteView payload;
  Bytes owned;

  void own(Bytes octets) {
    owned = std::move(octets);
    payload = owned;
  }
};

// The reason phrase of RFC 7252 §12.1.2; empty for a code that has none here.
[[nodiscard]] std::string_view reason_phrase(coap::Code code);

}  // namespace vmodem::sim
