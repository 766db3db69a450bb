#include "firmware/coap/security.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "firmware/coap/host_name.h"

namespace vmodem::firmware {

namespace {

std::string_view why_not_read(ufs::Error error) {
  if (error == ufs::Error::kNotFound) return "is missing in UFS";
  return error == ufs::Error::kTooLarge ? "is too large to be read"
                                        : "cannot be read: the file storage fails";
}

// The suites that both the context and its highest version have.
Expected<std::vector<dtls::CipherSuite>, std::string> choose_suites(const SslContext& context,
                                                                    int context_id) {
  if (!is_supported(context.version_max())) {
    return unexpected(
        fmt::format("SSL context {} asks for DTLS 1.0, which mbedTLS 3 does not have", context_id));
  }
  auto suites = context.offered_suites();
  if (suites.empty()) {
    return unexpected(
        fmt::format("SSL context {} offers the suite 0x{:04X}, which CoAP does not have",
                    context_id, context.cipher_suite));
  }
  std::erase_if(suites, [&](auto suite) { return version_min(suite) > context.version_max(); });
  if (suites.empty()) {
    return unexpected(
        fmt::format("SSL context {} asks for DTLS 1.0, which does not have the suite 0x{:04X}",
                    context_id, context.cipher_suite));
  }
  return suites;
}

}  // namespace

Expected<dtls::ClientConfig, std::string> make_security(SslContext& context, int context_id,
                                                        const ufs::FileSystem& files,
                                                        const Server& server,
                                                        const Dialect& dialect,
                                                        CoapClient& client) {
  auto suites = choose_suites(context, context_id);
  if (!suites) return unexpected(suites.error());

  dtls::ClientConfig config;
  config.suites = std::move(*suites);
  config.version_min = context.version_min();
  config.version_max = context.version_max();
  const auto file = fmt::format("{}_server.psk", context_id);
  auto content = files.read_file(file);
  if (!content) return unexpected(fmt::format("{} {}", file, why_not_read(content.error())));

  const auto form = dialect.psk_key_text ? dtls::PskKeyForm::kText : dtls::PskKeyForm::kHex;
  auto credential = dtls::parse_psk_file(*content, form);
  client.note_credential(file, *content, credential ? "" : dtls::describe(credential.error()));
  const dtls::SecretBytes overwritten(std::move(*content));
  if (!credential) {
    return unexpected(fmt::format("{}: {}", file, dtls::describe(credential.error())));
  }
  config.credential = std::move(*credential);
  config.negotiation_time = std::chrono::seconds(context.negotiate_time_s);
  if (context.sni == 1 && !is_ip_literal(server.host)) config.server_name = server.host;
  auto resumption = context.resumable.take(server, config.credential);
  if (context.session_resumption == 1) config.resumption = std::move(resumption);
  return config;
}

}  // namespace vmodem::firmware
