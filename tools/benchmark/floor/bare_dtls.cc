#include "tools/benchmark/floor/bare_dtls.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_cookie.h>
#include <mbedtls/version.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "firmware/base/check.h"
#include "tools/benchmark/world.h"

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#endif

namespace vmodem::benchmark {
namespace {

using Queue = std::deque<Bytes>;

constexpr int kSuites[] = {0xC0A8, 0x00AE, 0};
constexpr unsigned char kPeer[] = "127.0.0.1:49152";

// One end of a connection.
struct End {
  End(const mbedtls_ssl_config& config, Queue& incoming, Queue& outgoing)
      : in(incoming), out(outgoing) {
    mbedtls_ssl_init(&context);
    BG_CHECK(mbedtls_ssl_setup(&context, &config) == 0, "there is memory");
    mbedtls_ssl_set_bio(&context, this, on_send, on_receive, nullptr);
    mbedtls_ssl_set_timer_cb(&context, this, on_set_timer, on_get_timer);
  }
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  ~End() { mbedtls_ssl_free(&context); }

  static int on_send(void* end, const unsigned char* octets, std::size_t size) noexcept {
    static_cast<End*>(end)->out.emplace_back(octets, octets + size);
    return static_cast<int>(size);
  }
  static int on_receive(void* end, unsigned char* room, std::size_t size) noexcept {
    auto& queue = static_cast<End*>(end)->in;
    if (queue.empty()) return MBEDTLS_ERR_SSL_WANT_READ;
    const auto datagram = std::move(queue.front());
    queue.pop_front();
    const auto count = std::min(size, datagram.size());
    std::copy_n(datagram.begin(), count, room);
    return static_cast<int>(count);
  }
  static void on_set_timer(void* end, std::uint32_t, std::uint32_t final_ms) noexcept {
    static_cast<End*>(end)->timer = final_ms == 0 ? -1 : 0;
  }
  // Never over: nothing is lost in memory.
  static int on_get_timer(void* end) noexcept { return static_cast<End*>(end)->timer; }

  mbedtls_ssl_context context;
  Queue& in;
  Queue& out;
  int timer = -1;
};

bool is_waiting(int result) {
  return result == MBEDTLS_ERR_SSL_WANT_READ;
}

}  // namespace

struct BareDtls::State {
  State();
  ~State();
  void set_up(mbedtls_ssl_config& config, int endpoint);
  [[nodiscard]] bool step_server();

  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context drbg;
  mbedtls_ssl_cookie_ctx cookies;
  mbedtls_ssl_config client_config;
  mbedtls_ssl_config server_config;
  Queue to_server;
  Queue to_client;
  std::optional<End> client;
  std::optional<End> server;
};

BareDtls::State::State() {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  BG_CHECK(psa_crypto_init() == PSA_SUCCESS, "the library starts");
#endif
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&drbg);
  mbedtls_ssl_cookie_init(&cookies);
  mbedtls_ssl_config_init(&client_config);
  mbedtls_ssl_config_init(&server_config);
  const bool is_seeded =
      mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, nullptr, 0) == 0 &&
      mbedtls_ssl_cookie_setup(&cookies, mbedtls_ctr_drbg_random, &drbg) == 0;
  BG_CHECK(is_seeded, "the operating system has entropy");
  set_up(client_config, MBEDTLS_SSL_IS_CLIENT);
  set_up(server_config, MBEDTLS_SSL_IS_SERVER);
  mbedtls_ssl_conf_dtls_cookies(&server_config, mbedtls_ssl_cookie_write, mbedtls_ssl_cookie_check,
                                &cookies);
}

BareDtls::State::~State() {
  client.reset();
  server.reset();
  mbedtls_ssl_config_free(&server_config);
  mbedtls_ssl_config_free(&client_config);
  mbedtls_ssl_cookie_free(&cookies);
  mbedtls_ctr_drbg_free(&drbg);
  mbedtls_entropy_free(&entropy);
}

void BareDtls::State::set_up(mbedtls_ssl_config& config, int endpoint) {
  const auto psk = credential();
  const auto key = psk.key.view();
  const auto identity = as_bytes(psk.identity);
  const bool is_set =
      mbedtls_ssl_config_defaults(&config, endpoint, MBEDTLS_SSL_TRANSPORT_DATAGRAM,
                                  MBEDTLS_SSL_PRESET_DEFAULT) == 0 &&
      mbedtls_ssl_conf_psk(&config, key.data(), key.size(), identity.data(), identity.size()) == 0;
  BG_CHECK(is_set, "there is memory");
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  mbedtls_ssl_conf_min_tls_version(&config, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(&config, MBEDTLS_SSL_VERSION_TLS1_2);
#endif
  mbedtls_ssl_conf_ciphersuites(&config, kSuites);
  mbedtls_ssl_conf_renegotiation(&config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
  mbedtls_ssl_conf_rng(&config, mbedtls_ctr_drbg_random, &drbg);
}

bool BareDtls::State::step_server() {
  const int result = mbedtls_ssl_handshake(&server->context);
  if (result != MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) return result == 0 || is_waiting(result);
  return mbedtls_ssl_session_reset(&server->context) == 0 &&
         mbedtls_ssl_set_client_transport_id(&server->context, kPeer, sizeof kPeer) == 0;
}

BareDtls::BareDtls() : state_(std::make_unique<State>()) {
}
BareDtls::~BareDtls() = default;

bool BareDtls::connect() {
  auto& s = *state_;
  s.to_server.clear();
  s.to_client.clear();
  s.client.emplace(s.client_config, s.to_client, s.to_server);
  s.server.emplace(s.server_config, s.to_server, s.to_client);
  mbedtls_ssl_set_client_transport_id(&s.server->context, kPeer, sizeof kPeer);
  for (;;) {
    const int result = mbedtls_ssl_handshake(&s.client->context);
    if (result == 0) return true;
    if (!is_waiting(result) || s.to_server.empty()) return false;
    while (!s.to_server.empty()) {
      if (!s.step_server()) return false;
    }
  }
}

bool BareDtls::exchange(std::size_t request_size, std::size_t answer_size) {
  auto& s = *state_;
  std::array<unsigned char, 256> buffer{};
  const auto pass = [&](End& from, End& to, std::size_t size) {
    const auto expected = static_cast<int>(size);
    return mbedtls_ssl_write(&from.context, buffer.data(), size) == expected &&
           mbedtls_ssl_read(&to.context, buffer.data(), buffer.size()) == expected;
  };
  return pass(*s.client, *s.server, request_size) && pass(*s.server, *s.client, answer_size);
}

void BareDtls::close() {
  mbedtls_ssl_close_notify(&state_->client->context);
  state_->client.reset();
  state_->server.reset();
}

}  // namespace vmodem::benchmark
