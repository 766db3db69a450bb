#include "dtls/engine.h"

#include <mbedtls/ssl.h>
#include <mbedtls/version.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <new>

#include "dtls/cookies.h"
#include "dtls/library_result.h"
#include "dtls/owned.h"
#include "dtls/record.h"
#include "dtls/resumption.h"
#include "dtls/system_random.h"
#include "firmware/base/check.h"

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
#include <psa/crypto.h>
#else
#define MBEDTLS_PRIVATE(member) member
#endif

namespace vmodem::dtls {
namespace {

using Config = Owned<mbedtls_ssl_config, mbedtls_ssl_config_init, mbedtls_ssl_config_free>;
using Context = Owned<mbedtls_ssl_context, mbedtls_ssl_init, mbedtls_ssl_free>;

constexpr std::size_t kMasterSize = 48;  // RFC 5246 §8.1
constexpr std::size_t kMtuMax = 0xFFFF;  // what the library can be told
constexpr int kAccepted = 0;

std::uint32_t to_milliseconds(Duration duration) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

#if MBEDTLS_VERSION_NUMBER < 0x03000000
// DTLS 1.0 is TLS 1.1 over datagrams (RFC 4347 §1).
constexpr int minor(Version version) {
  return version == Version::kDtls1_0 ? MBEDTLS_SSL_MINOR_VERSION_2 : MBEDTLS_SSL_MINOR_VERSION_3;
}
#endif

class MbedtlsEngine final : public Engine {
 public:
  MbedtlsEngine(EngineConfig config, EngineHost& host);

  // False where the configuration is refused.
  [[nodiscard]] bool set_up();

  [[nodiscard]] Advance advance() override;
  [[nodiscard]] bool restart() override;
  [[nodiscard]] CipherSuite suite() const override;
  [[nodiscard]] Version version() const override;
  [[nodiscard]] SecretBytes resumption() const override { return save_session(*context_.get()); }
  [[nodiscard]] std::size_t payload_size_max() const override;
  void write(ByteView plaintext) override;
  void close() override;

 private:
  [[nodiscard]] bool is_sane() const;
  [[nodiscard]] int set_up_protocol();
  [[nodiscard]] int set_up_random();
  [[nodiscard]] int set_up_credentials();
  [[nodiscard]] int set_up_context();
  [[nodiscard]] int bind_to_peer();

  [[nodiscard]] Advance step() { return is_established_ ? step_record() : step_handshake(); }
  [[nodiscard]] Advance step_handshake();
  [[nodiscard]] Advance step_record();
  [[nodiscard]] Advance conclude(int result);

  int draw(std::span<std::uint8_t> out);
  int receive(std::span<std::uint8_t> room);
  int choose_key(std::string_view identity);

  static MbedtlsEngine& self(void* engine) { return *static_cast<MbedtlsEngine*>(engine); }
  // The library is C, which no exception passes: want of memory waits until its call is over.
  template <class Call>
  static int guard(void* engine, const Call& call) noexcept {
    try {
      return call(), kAccepted;
    } catch (const std::bad_alloc&) {
      self(engine).is_out_of_memory_ = true;
      return MBEDTLS_ERR_SSL_ALLOC_FAILED;
    }
  }
  void raise_want_of_memory() const {
    if (is_out_of_memory_) throw std::bad_alloc();
  }
  static int on_random(void* engine, unsigned char* out, std::size_t size) noexcept {
    return self(engine).draw({out, size});
  }
  static int on_send(void* engine, const unsigned char* octets, std::size_t size) noexcept {
    const auto send = [&] { self(engine).host_.send({octets, size}); };
    return guard(engine, send) == kAccepted ? static_cast<int>(size) : MBEDTLS_ERR_SSL_ALLOC_FAILED;
  }
  static int on_receive(void* engine, unsigned char* room, std::size_t size) noexcept {
    return self(engine).receive({room, size});
  }
  static void on_set_timer(void* engine, std::uint32_t intermediate, std::uint32_t final) noexcept {
    self(engine).host_.set_timer(intermediate * 1ms, final * 1ms);
  }
  static int on_get_timer(void* engine) noexcept {
    return static_cast<int>(self(engine).host_.timer_state());
  }
  static int on_identity(void* engine, mbedtls_ssl_context* /*context*/,
                         const unsigned char* identity, std::size_t size) noexcept {
    return self(engine).choose_key(as_text({identity, size}));
  }
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  static void on_keys(void* engine, mbedtls_ssl_key_export_type /*type: only this one in DTLS 1.2*/,
                      const unsigned char* secret, std::size_t size,
                      const unsigned char* client_random, const unsigned char* /*server_random*/,
                      mbedtls_tls_prf_types /*prf*/) noexcept {
    (void)guard(engine, [&] {
      self(engine).host_.log_keys({client_random, kRandomSize}, {secret, size});
    });
  }
#else
  static int on_keys(void* engine, const unsigned char* secret, const unsigned char* /*key_block*/,
                     std::size_t /*mac_size*/, std::size_t /*key_size*/, std::size_t /*iv_size*/,
                     const unsigned char* client_random, const unsigned char* /*server_random*/,
                     mbedtls_tls_prf_types /*prf*/) noexcept {
    return guard(engine, [&] {
      self(engine).host_.log_keys({client_random, kRandomSize}, {secret, kMasterSize});
    });
  }
#endif

  EngineConfig config_;
  EngineHost& host_;
  std::vector<int> suites_;  // the library keeps a pointer to it; ends with 0
  bool is_established_ = false;
  bool has_asked_in_vain_ = false;
  bool is_out_of_memory_ = false;
  Cookies cookies_;
  // One a session: 2.28 keeps the callback for the keys and the client's key there.
  Config library_config_;
  Context context_;
};

MbedtlsEngine::MbedtlsEngine(EngineConfig config, EngineHost& host)
    : config_(std::move(config)), host_(host) {
  for (const auto suite : config_.suites) suites_.push_back(static_cast<int>(suite));
  suites_.push_back(0);
}

bool MbedtlsEngine::set_up() {
  return is_sane() && set_up_protocol() == kAccepted && set_up_random() == kAccepted &&
         set_up_credentials() == kAccepted && set_up_context() == kAccepted;
}

// The two versions of the library differ in what they let pass; this is the common ground.
bool MbedtlsEngine::is_sane() const {
  return !config_.suites.empty() && is_supported(config_.version_max) &&
         std::ranges::all_of(config_.credentials, [](const PskCredential& credential) {
           return !credential.identity.empty() && credential.key.size() > 0 &&
                  credential.key.size() <= kPskSizeMax;
         });
}

int MbedtlsEngine::set_up_protocol() {
  auto* config = library_config_.get();
  const int endpoint =
      config_.role == Role::kClient ? MBEDTLS_SSL_IS_CLIENT : MBEDTLS_SSL_IS_SERVER;
  const int result = mbedtls_ssl_config_defaults(config, endpoint, MBEDTLS_SSL_TRANSPORT_DATAGRAM,
                                                 MBEDTLS_SSL_PRESET_DEFAULT);
  if (result != kAccepted) return result;

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
#else
  mbedtls_ssl_conf_min_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, minor(config_.version_min));
  mbedtls_ssl_conf_max_version(config, MBEDTLS_SSL_MAJOR_VERSION_3, minor(config_.version_max));
  if (config_.export_keys) mbedtls_ssl_conf_export_keys_ext_cb(config, on_keys, this);
#endif
  mbedtls_ssl_conf_ciphersuites(config, suites_.data());
  mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
  mbedtls_ssl_conf_handshake_timeout(config, to_milliseconds(config_.retransmission_min),
                                     to_milliseconds(config_.retransmission_max));
  return kAccepted;
}

int MbedtlsEngine::set_up_random() {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  if (const auto status = psa_crypto_init(); status != PSA_SUCCESS) return status;
#endif
  mbedtls_ssl_conf_rng(library_config_.get(), on_random, this);
  return config_.random != nullptr ? kAccepted : prepare_system_random();
}

int MbedtlsEngine::set_up_credentials() {
  auto* config = library_config_.get();
  if (config_.role == Role::kServer) {
    mbedtls_ssl_conf_psk_cb(config, on_identity, this);
    if (config_.sessions != nullptr) let_resume(*config, *config_.sessions);
    mbedtls_ssl_conf_dtls_cookies(config, Cookies::on_write, Cookies::on_check, &cookies_);
    return cookies_.set_up(on_random, this);
  }

  BG_CHECK(config_.credentials.size() == 1, "a client names one identity");
  // The library has its own copy from here on.
  const auto credential = std::move(config_.credentials.front());
  config_.credentials.clear();
  const auto identity = as_bytes(credential.identity);
  const auto key = credential.key.view();
  return mbedtls_ssl_conf_psk(config, key.data(), key.size(), identity.data(), identity.size());
}

int MbedtlsEngine::set_up_context() {
  auto* context = context_.get();
  const int result = mbedtls_ssl_setup(context, library_config_.get());
  if (result != kAccepted) return result;

  mbedtls_ssl_set_bio(context, this, on_send, on_receive, nullptr);
  mbedtls_ssl_set_timer_cb(context, this, on_set_timer, on_get_timer);
  mbedtls_ssl_set_mtu(context, static_cast<std::uint16_t>(std::min(config_.mtu, kMtuMax)));
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
  if (config_.export_keys) mbedtls_ssl_set_export_keys_cb(context, on_keys, this);
#endif
  if (config_.role == Role::kServer) return bind_to_peer();
  offer_session(*context, config_.resumption.view());
  if (config_.server_name.empty()) return kAccepted;
  return mbedtls_ssl_set_hostname(context, config_.server_name.c_str());
}

int MbedtlsEngine::bind_to_peer() {
  const auto& address = config_.peer_address;
  return mbedtls_ssl_set_client_transport_id(context_.get(), address.data(), address.size());
}

Advance MbedtlsEngine::advance() {
  has_asked_in_vain_ = false;
  auto advance = step();
  // The library also pauses while records of the same datagram are left.
  while (advance.outcome == Outcome::kStarved && !has_asked_in_vain_) advance = step();
  raise_want_of_memory();
  return advance;
}

Advance MbedtlsEngine::step_handshake() {
  const int result = mbedtls_ssl_handshake(context_.get());
  if (result == MBEDTLS_ERR_SSL_HELLO_VERIFY_REQUIRED) {
    // RFC 6347 §4.2.1: nothing is kept of a ClientHello that had no cookie.
    const bool is_reset =
        mbedtls_ssl_session_reset(context_.get()) == kAccepted && bind_to_peer() == kAccepted;
    return {is_reset ? Outcome::kStarved : Outcome::kLocalFault};
  }
  if (result != kAccepted) return conclude(result);

  is_established_ = true;
  return {Outcome::kEstablished};
}

Advance MbedtlsEngine::step_record() {
  std::array<std::uint8_t, MBEDTLS_SSL_IN_CONTENT_LEN> plaintext;
  const int result = mbedtls_ssl_read(context_.get(), plaintext.data(), plaintext.size());
  if (result < 0) return conclude(result);
  // RFC 5246 §6.2.1: records without content are legal and carry nothing for the application.
  if (result == 0) return {Outcome::kStarved};

  return {Outcome::kPlaintext, Bytes(plaintext.data(), plaintext.data() + result)};
}

Advance MbedtlsEngine::conclude(int result) {
  const auto outcome = meaning_of(result);
  if (outcome == Outcome::kRestarted) is_established_ = false;
  if (outcome != Outcome::kPeerAlert) return {outcome};

  // No public call tells which alert it was; the record still lies in its buffer, decrypted.
  return {outcome, {}, context_.get()->MBEDTLS_PRIVATE(in_msg)[1]};
}

bool MbedtlsEngine::restart() {
  if (mbedtls_ssl_session_reset(context_.get()) != kAccepted) return false;
  offer_session(*context_.get(), config_.resumption.view());
  return true;
}

CipherSuite MbedtlsEngine::suite() const {
  return static_cast<CipherSuite>(
      mbedtls_ssl_get_ciphersuite_id(mbedtls_ssl_get_ciphersuite(context_.get())));
}

Version MbedtlsEngine::version() const {
  const std::string_view name = mbedtls_ssl_get_version(context_.get());
  return name == "DTLSv1.0" ? Version::kDtls1_0 : Version::kDtls1_2;
}

std::size_t MbedtlsEngine::payload_size_max() const {
  const int size = mbedtls_ssl_get_max_out_record_payload(context_.get());
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

void MbedtlsEngine::write(ByteView plaintext) {
  const int written = mbedtls_ssl_write(context_.get(), plaintext.data(), plaintext.size());
  raise_want_of_memory();
  BG_CHECK(written >= 0 && static_cast<std::size_t>(written) == plaintext.size(),
           "the payload fits one record and the queue of datagrams takes all");
}

void MbedtlsEngine::close() {
  const int result = mbedtls_ssl_close_notify(context_.get());
  raise_want_of_memory();
  BG_CHECK(result == kAccepted, "the queue of datagrams takes all");
}

int MbedtlsEngine::draw(std::span<std::uint8_t> out) {
  if (!config_.random) return draw_system_random(out);
  config_.random->fill(RandomStream::kDtls, out);
  return kAccepted;
}

int MbedtlsEngine::receive(std::span<std::uint8_t> room) {
  const auto size = host_.receive(room);
  has_asked_in_vain_ = size == 0;
  return has_asked_in_vain_ ? MBEDTLS_ERR_SSL_WANT_READ : static_cast<int>(size);
}

int MbedtlsEngine::choose_key(std::string_view identity) {
  const auto known = std::ranges::find(config_.credentials, identity, &PskCredential::identity);
  if (known == config_.credentials.end()) return MBEDTLS_ERR_SSL_UNKNOWN_IDENTITY;

  const auto key = known->key.view();
  return mbedtls_ssl_set_hs_psk(context_.get(), key.data(), key.size());
}

}  // namespace

bool is_supported(Version version) {
  return version == Version::kDtls1_2 || MBEDTLS_VERSION_NUMBER < 0x03000000;
}

std::unique_ptr<Engine> make_engine(EngineConfig config, EngineHost& host) {
  auto engine = std::make_unique<MbedtlsEngine>(std::move(config), host);
  if (!engine->set_up()) return nullptr;
  return engine;
}

}  // namespace vmodem::dtls
