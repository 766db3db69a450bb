#include "firmware/configuration/texts/listening.h"

#include <string_view>

#include "net/listen_address.h"

namespace vmodem::app {

std::string allowed_listening() {
  return net::allowed_listen_addresses();
}

bool accept_listening(std::string& text) {
  if (text.empty()) return true;
  const auto address = net::parse_listen_address(text);
  if (address) text = to_string(*address);
  return address.has_value();
}

std::string allowed_page_place() {
  return "HOST:PORT of loopback as 127.0.0.1:0";
}

bool accept_page_place(std::string& text) {
  constexpr std::string_view kTcp = "tcp://";
  if (text.empty()) return true;
  const auto address = net::parse_listen_address(std::string(kTcp) + text);
  if (address) text = to_string(*address).substr(kTcp.size());
  return address.has_value();
}

std::string allowed_host_port() {
  return net::allowed_host_port_addresses();
}

bool accept_host_port(std::string& text) {
  const auto address = net::parse_host_port_address(text);
  if (address) text = to_string(*address);
  return address.has_value();
}

}  // namespace vmodem::app
