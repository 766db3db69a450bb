// AT+QSSLCFG (SSL95 §2.3.1). Four of its tags take effect on CoAP sessions; the others are stored.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "at_engine/text.h"
#include "firmware/commands/coap/tables.h"
#include "firmware/commands/internet/socket_outcome.h"
#include "firmware/handlers.h"

namespace vmodem::firmware {
namespace {

constexpr IntParam<std::size_t> kContextId{"SSL_ctxID", 0, 5};
constexpr IntParam<> kSslVersion{"SSL_version", 0, 4};
constexpr IntParam<> kSecurityLevel{"seclevel", 0, 2};
constexpr IntParam<> kSwitch{"enable", {0, 1}};
constexpr IntParam<> kNegotiateTime{"negotiate_time", 10, 300};
constexpr IntParam<> kDtlsVersion{"DTLS_version", 0, 2};
constexpr TextParam kCipherSuite{"cipher_suites",
                                 {.size_min = 3, .size_max = 6, .bare = Bare::kAny, .sample = "0XFFFF"}};
constexpr TextParam kCaPath{"cacertpath", {.size_max = 255, .sample = "cacert.pem"}};
constexpr TextParam kCertificatePath{"clientcertpath", {.size_max = 255, .sample = "client.pem"}};
constexpr TextParam kKeyPath{"clientkeypath", {.size_max = 255, .sample = "key.pem"}};

struct NumberTag {
  std::string_view name;
  int SslContext::*field;
  const IntParam<>& param;
};

struct PathTag {
  std::string_view name;
  std::string SslContext::*field;
  const TextParam& param;
};

constexpr NumberTag kSslVersionTag{"sslversion", &SslContext::ssl_version, kSslVersion};
constexpr NumberTag kSecurityLevelTag{"seclevel", &SslContext::security_level, kSecurityLevel};
constexpr NumberTag kSessionTag{"session", &SslContext::session_resumption, kSwitch};
constexpr NumberTag kSniTag{"sni", &SslContext::sni, kSwitch};
constexpr NumberTag kCheckHostTag{"checkhost", &SslContext::check_host, kSwitch};
constexpr NumberTag kIgnoreTimeTag{"ignorelocaltime", &SslContext::ignore_local_time, kSwitch};
constexpr NumberTag kNegotiateTag{"negotiatetime", &SslContext::negotiate_time_s, kNegotiateTime};
constexpr NumberTag kRenegotiationTag{"renegotiation", &SslContext::renegotiation, kSwitch};
constexpr NumberTag kDtlsTag{"dtls", &SslContext::dtls, kSwitch};
constexpr NumberTag kDtlsVersionTag{"dtlsversion", &SslContext::dtls_version, kDtlsVersion};
constexpr PathTag kCaTag{"cacert", &SslContext::ca_certificate, kCaPath};
constexpr PathTag kCertificateTag{"clientcert", &SslContext::client_certificate, kCertificatePath};
constexpr PathTag kKeyTag{"clientkey", &SslContext::client_key, kKeyPath};

template <const NumberTag& kTag>
Outcome configure_number(Services& services, Instant, const Arguments& args) {
  const auto id = args.get(kContextId);
  auto& field = services.ssl[id].*kTag.field;
  const auto value = args.find(kTag.param);
  if (!value) {
    return accept(services, at::ok(fmt::format("+QSSLCFG: \"{}\",{},{}", kTag.name, id, field)));
  }
  field = *value;
  return accept(services);
}

template <const PathTag& kTag>
Outcome configure_path(Services& services, Instant, const Arguments& args) {
  const auto id = args.get(kContextId);
  auto& field = services.ssl[id].*kTag.field;
  if (!args.has(kTag.param)) {
    return accept(services,
                  at::ok(fmt::format("+QSSLCFG: \"{}\",{},\"{}\"", kTag.name, id, field)));
  }
  field = args.get(kTag.param);
  return accept(services);
}

// The list of the SSL note's V1.1, Table 3.
constexpr std::array kKnownSuites = {
    0x0035, 0x002F, 0x0005, 0x0004, 0x000A, 0x003D, 0xC002, 0xC003, 0xC004, 0xC005, 0xC007, 0xC008,
    0xC009, 0xC00A, 0xC011, 0xC012, 0xC013, 0xC014, 0xC00C, 0xC00D, 0xC00E, 0xC00F, 0xC023, 0xC024,
    0xC025, 0xC026, 0xC027, 0xC028, 0xC029, 0xC02A, 0xC02B, 0xC02F, 0xC0A8, 0x00AE, 0xC0AE, kAllCipherSuites};
constexpr std::string_view kCipherSuiteTest =
    "+QSSLCFG: \"ciphersuite\",(0-5),(0X0035,0X002F,0X0005,0X0004,0X000A,0X003D,0XC002,0XC003,"
    "0XC004,0XC005,0XC007,0XC008,0XC009,0XC00A,0XC011,0XC012,0XC013,0XC014,0XC00C,0XC00D,0XC00E,"
    "0XC00F,0XC023,0XC024,0XC025,0XC026,0XC027,0XC028,0XC029,0XC02A,0XC02B,0XC02F,0XC0A8,0X00AE,"
    "0XC0AE,0XFFFF)";

std::optional<int> parse_suite(std::string_view text) {
  if (text.size() < 3 || text[0] != '0' || at::to_upper(text[1]) != 'X') return std::nullopt;
  int number = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + 2, last, number, 16);
  if (error != std::errc{} || end != last) return std::nullopt;
  if (std::ranges::find(kKnownSuites, number) == kKnownSuites.end()) return std::nullopt;
  return number;
}

Outcome configure_suite(Services& services, Instant, const Arguments& args) {
  const auto id = args.get(kContextId);
  auto& suite = services.ssl[id].cipher_suite;
  const auto& value = args.find_argument(kCipherSuite);
  if (!value.present) {
    return accept(services,
                  at::ok(fmt::format("+QSSLCFG: \"ciphersuite\",{},0X{:04X}", id, suite)));
  }
  // A module refuses the quoted form and takes the bare one (LOG-96).
  const auto number = value.quoted ? std::nullopt : parse_suite(value.text);
  if (!number) return refuse(services, SocketError::kInvalidParameters);
  suite = *number;
  return accept(services);
}

constexpr std::string_view kName = "+QSSLCFG";
constexpr std::string_view kSource = "SSL95 §2.3.1";

template <const NumberTag& kTag>
constexpr CommandSpec number_row(std::string_view summary) {
  return {.name = kName, .keyword = kTag.name, .summary = summary, .write = {kContextId, kTag.param},
          .optional = 1, .on_write = configure_number<kTag>,
          .on_refused = note_invalid_parameters, .source = kSource};
}

template <const PathTag& kTag>
constexpr CommandSpec path_row(std::string_view summary) {
  return {.name = kName, .keyword = kTag.name, .summary = summary, .write = {kContextId, kTag.param},
          .optional = 1, .on_write = configure_path<kTag>,
          .on_refused = note_invalid_parameters, .source = kSource};
}

constexpr CommandSpec kSslCommands[] = {
    number_row<kSslVersionTag>("TLS version, stored"),
    {.name = kName, .keyword = "ciphersuite", .summary = "The suite offered, or 0XFFFF for all",
     .write = {kContextId, kCipherSuite}, .optional = 1, .test = kCipherSuiteTest,
     .on_write = configure_suite, .on_refused = note_invalid_parameters, .source = kSource,
     .evidence = Evidence::kCaptured},
    path_row<kCaTag>("CA certificate, stored"),
    path_row<kCertificateTag>("Client certificate, stored"),
    path_row<kKeyTag>("Client key, stored"),
    number_row<kSecurityLevelTag>("Authentication mode, stored"),
    number_row<kSessionTag>("Session resumption at the next open"),
    number_row<kSniTag>("Server name indication"),
    number_row<kCheckHostTag>("Host name check, stored"),
    number_row<kIgnoreTimeTag>("Ignore certificate dates, stored"),
    number_row<kNegotiateTag>("Longest handshake, seconds"),
    number_row<kRenegotiationTag>("Renegotiation, stored"),
    number_row<kDtlsTag>("DTLS mode, stored: AT+QCOAPCFG decides for CoAP"),
    number_row<kDtlsVersionTag>("DTLS version"),
};
static_assert(at::is_sorted_by_name(kSslCommands));

}  // namespace

std::span<const CommandSpec> ssl_commands() { return kSslCommands; }

}  // namespace vmodem::firmware
