#include "firmware/coap/security.h"

#include <fmt/format.h>

#include "firmware/coap/host_name.h"

namespace vmodem::firmware {

Expected<dtls::ClientConfig, std::string> make_security(const SslContext& context, int context_id,
                                                        const ufs::FileSystem& files,
                                                        std::string_view host) {
  if (!context.allows_dtls_1_2()) {
    return unexpected(fmt::format("SSL context {} asks for DTLS 1.0 only", context_id));
  }
  dtls::ClientConfig config;
  config.suites = context.offered_suites();
  if (config.suites.empty()) {
    return unexpected(
        fmt::format("SSL context {} offers the suite 0x{:04X}, which CoAP does not have",
                    context_id, context.cipher_suite));
  }
  const auto file = fmt::format("{}_server.psk", context_id);
  auto content = files.read_file(file);
  if (!content) return unexpected(fmt::format("{} is missing in UFS", file));

  auto credential = dtls::parse_psk_file(*content);
  const dtls::SecretBytes overwritten(std::move(*content));
  if (!credential) {
    return unexpected(fmt::format("{}: {}", file, dtls::describe(credential.error())));
  }
  config.credential = std::move(*credential);
  config.negotiation_time = std::chrono::seconds(context.negotiate_time_s);
  if (context.sni == 1 && !is_ip_literal(host)) config.server_name = host;
  return config;
}

}  // namespace vmodem::firmware
