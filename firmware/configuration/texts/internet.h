// The texts of servers, resources and hosts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/configuration/texts/rules.h"
#include "net/sim/description/world.h"

namespace vmodem::app {

// "198.51.100.9:5683" and "[2001:db8::9]:5683".
[[nodiscard]] std::string allowed_endpoint();
[[nodiscard]] bool accept_endpoint(std::string& text);
inline constexpr TextRule kEndpointText{allowed_endpoint, accept_endpoint};

// UTC as "2025-01-01T00:00:00Z", with milliseconds where there are some.
[[nodiscard]] std::string allowed_calendar();
[[nodiscard]] bool accept_calendar(std::string& text);
[[nodiscard]] std::optional<sim::CalendarTime> parse_calendar(std::string_view text);
[[nodiscard]] std::string calendar_text(const sim::CalendarTime& time);
inline constexpr TextRule kCalendarText{allowed_calendar, accept_calendar};

[[nodiscard]] std::string allowed_error_code();
[[nodiscard]] bool accept_error_code(std::string& text);
inline constexpr TextRule kErrorCodeText{allowed_error_code, accept_error_code};

// "GET", or "0.05" and the like.
[[nodiscard]] std::optional<coap::Code> parse_method(std::string_view text);
[[nodiscard]] std::string method_text(coap::Code code);
[[nodiscard]] std::string allowed_method();
[[nodiscard]] bool accept_method(std::string& text);
[[nodiscard]] std::string allowed_methods();
inline constexpr TextRule kMethodText{allowed_method, accept_method};

// The names of net/sim/malformation.h.
[[nodiscard]] std::string allowed_malformation();
[[nodiscard]] bool accept_malformation(std::string& text);
[[nodiscard]] sim::Malformation malformation_of(std::string_view name);
[[nodiscard]] std::string malformation_text(sim::Malformation malformation);
inline constexpr TextRule kMalformationText{allowed_malformation, accept_malformation};

// Octets as the text they are, or as "hex:00FF" where they are none.
[[nodiscard]] std::string allowed_payload();
[[nodiscard]] bool accept_payload(std::string& text);
[[nodiscard]] std::optional<Bytes> parse_payload(std::string_view text);
[[nodiscard]] std::string payload_text(const Bytes& payload);
inline constexpr TextRule kPayloadText{allowed_payload, accept_payload};

// Segments with slashes between them; nothing for the root. A slash in front is dropped.
[[nodiscard]] std::string allowed_uri_path();
[[nodiscard]] bool accept_uri_path(std::string& text);
inline constexpr TextRule kUriPathText{allowed_uri_path, accept_uri_path};

// Elements of lists.
[[nodiscard]] std::string same_text(const std::string& text);
[[nodiscard]] std::string allowed_segments();
[[nodiscard]] std::optional<std::string> parse_segment(std::string_view text);
[[nodiscard]] std::string allowed_host_names();
[[nodiscard]] std::optional<std::string> parse_host_name(std::string_view text);
[[nodiscard]] std::string allowed_addresses();
[[nodiscard]] std::optional<net::IpAddress> parse_address(std::string_view text);
[[nodiscard]] std::string address_text(const net::IpAddress& address);
// "IDENTITY:KEY", the key in hex.
[[nodiscard]] std::string allowed_credentials();
[[nodiscard]] std::optional<dtls::PskCredential> parse_credential(std::string_view text);
[[nodiscard]] std::string credential_text(const dtls::PskCredential& credential);
[[nodiscard]] std::string allowed_suites();
[[nodiscard]] std::optional<dtls::CipherSuite> parse_suite(std::string_view text);
[[nodiscard]] std::string suite_text(const dtls::CipherSuite& suite);
// "at 1min for 5s" and "upon request 3 for 5s".
[[nodiscard]] std::string allowed_restarts();
[[nodiscard]] std::optional<sim::RestartConfig> parse_restart(std::string_view text);
[[nodiscard]] std::string restart_text(const sim::RestartConfig& restart);
// `rt="temperature"` and `ct=0`, as in RFC 6690.
[[nodiscard]] std::string allowed_attributes();
[[nodiscard]] std::optional<sim::LinkAttribute> parse_attribute(std::string_view text);
[[nodiscard]] std::string attribute_text(const sim::LinkAttribute& attribute);
// "0: 22.5" and "none: hex:00FF": a content format, and a payload.
[[nodiscard]] std::string allowed_representations();
[[nodiscard]] std::optional<sim::Representation> parse_representation(std::string_view text);
[[nodiscard]] std::string representation_text(const sim::Representation& representation);

}  // namespace vmodem::app
