#include "firmware/configuration/texts/serving.h"

#include <cstdint>
#include <optional>

#include "firmware/base/number.h"

namespace vmodem::app {
namespace {

using net::SyntaxError;

std::optional<net::IpAddress> parse_address(std::string_view text) {
  if (text == "localhost") return net::IpAddress::v4({127, 0, 0, 1});
  const bool is_bracketed = text.starts_with('[') && text.ends_with(']') && text.size() > 2;
  if (is_bracketed) text = text.substr(1, text.size() - 2);
  const auto address = net::parse_ip_address(text);
  // RFC 3986 §3.2.2: an IPv6 address stands in brackets, and no other does.
  if (!address || address->is_v4() == is_bracketed) return std::nullopt;
  return address;
}

SyntaxError wrong(std::string what) {
  return {std::move(what), allowed_serving()};
}

}  // namespace

Expected<ServingText, SyntaxError> parse_serving(std::string_view text) {
  ServingText serving;
  if (const auto equals = text.find('='); equals != std::string_view::npos) {
    serving.host = text.substr(0, equals);
    if (serving.host.empty()) return unexpected(wrong("no host in front of the \"=\""));
    text.remove_prefix(equals + 1);
  }
  const auto colon = text.rfind(':');
  const auto port = colon == std::string_view::npos
                        ? std::nullopt
                        : parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!port) return unexpected(wrong("no port of 0–65535 behind the address"));
  const auto address = parse_address(text.substr(0, colon));
  if (!address) return unexpected(wrong("no address in front of the port"));
  serving.at = {*address, *port};
  return serving;
}

std::string to_string(const ServingText& serving) {
  const auto at = to_string(serving.at);
  return serving.host.empty() ? at : serving.host + "=" + at;
}

std::string allowed_serving() {
  return "ADDRESS:PORT or HOST=ADDRESS:PORT, as 127.0.0.1:0 or coap.sim=[::1]:5683";
}

}  // namespace vmodem::app
