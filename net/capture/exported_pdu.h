// What stands on no wire, for an interface of LinkType::kUpperPdu: Wireshark hands it to the
// dissector that it names (wsutil/exported_pdu_tlvs.h).
#pragma once

#include <string_view>

#include "firmware/base/bytes.h"
#include "net/endpoint.h"

namespace vmodem::capture {

// Whom Wireshark shows at the ends; as IPv6 where one of the two is no IPv4 address.
struct Ends {
  net::Endpoint from;
  net::Endpoint to;
};

// Appends the tags and the octets. `dissector` is a name of tshark -G dissector-tables, as "coap".
void append_exported_pdu(Bytes& out, std::string_view dissector, ByteView octets);
void append_exported_pdu(Bytes& out, std::string_view dissector, const Ends& ends, ByteView octets);

}  // namespace vmodem::capture
