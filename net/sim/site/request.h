// A request as a server's resources see it. Borrows the octets of the datagram.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "coap_core/codec.h"
#include "net/sim/site/block.h"

namespace vmodem::sim {

struct Request {
  coap::Type type = coap::Type::kConfirmable;
  coap::Code code = coap::Code::kGet;
  coap::MessageId message_id = 0;
  coap::Token token;
  std::string path;  // Uri-Path segments joined by '/'
  std::vector<std::string_view> queries;
  std::vector<ByteView> etags;
  std::vector<ByteView> if_match;
  bool has_if_none_match = false;
  bool is_for_proxy = false;
  bool has_bad_block = false;  // a Block option that RFC 7959 §2.2 does not know
  std::optional<std::uint16_t> accept;
  std::optional<std::uint16_t> content_format;
  std::optional<Block> block1;
  std::optional<Block> block2;
  std::optional<std::uint32_t> observe;
  ByteView payload;

  // Reads a decoded request, keeping the storage of the one before it.
  void assign(const coap::MessageView& message);

 private:
  void take(const coap::OptionView& option);
  void take_uint(const coap::OptionView& option);
};

}  // namespace vmodem::sim
