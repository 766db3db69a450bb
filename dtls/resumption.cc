#include "dtls/resumption.h"

#include <mbedtls/version.h>

#include <new>
#include <utility>

#include "dtls/owned.h"

#if MBEDTLS_VERSION_NUMBER < 0x03000000
#define MBEDTLS_PRIVATE(member) member
#endif

namespace vmodem::dtls {
namespace {

constexpr int kFound = 0;
constexpr int kNotFound = MBEDTLS_ERR_SSL_INTERNAL_ERROR;  // any error: the handshake is a full one

using LibrarySession = Owned<mbedtls_ssl_session, mbedtls_ssl_session_init, mbedtls_ssl_session_free>;

SecretBytes save(const mbedtls_ssl_session& session) {
  std::size_t size = 0;
  // With no room it tells how much it takes.
  (void)mbedtls_ssl_session_save(&session, nullptr, 0, &size);
  Bytes saved(size);
  if (mbedtls_ssl_session_save(&session, saved.data(), saved.size(), &size) != 0) return {};
  return SecretBytes(std::move(saved));
}

bool load(ByteView saved, mbedtls_ssl_session* session) {
  return !saved.empty() && mbedtls_ssl_session_load(session, saved.data(), saved.size()) == 0;
}

// No exception passes through the library, which is C: where memory wants, the next handshake is a
// full one, and no more.
int remember(void* sessions, ByteView id, const mbedtls_ssl_session& session) noexcept {
  try {
    static_cast<SessionStore*>(sessions)->remember(id, save(session));
  } catch (const std::bad_alloc&) {
  }
  return kFound;
}

#if MBEDTLS_VERSION_NUMBER >= 0x03000000
int on_find(void* sessions, const unsigned char* id, std::size_t size,
            mbedtls_ssl_session* session) noexcept {
  return load(static_cast<SessionStore*>(sessions)->find({id, size}), session) ? kFound : kNotFound;
}
int on_established(void* sessions, const unsigned char* id, std::size_t size,
                   const mbedtls_ssl_session* session) noexcept {
  return remember(sessions, {id, size}, *session);
}
#else
int on_find(void* sessions, mbedtls_ssl_session* session) noexcept {
  const auto saved = static_cast<SessionStore*>(sessions)->find({session->id, session->id_len});
  LibrarySession known;
  if (!load(saved, known.get())) return kNotFound;
  // RFC 5246 §7.4.1.3: a resumed session keeps its suite. Here `session` has the one chosen, if any.
  const bool is_other = session->ciphersuite != known.get()->ciphersuite;
  if (session->ciphersuite != 0 && is_other) return kNotFound;
  return load(saved, session) ? kFound : kNotFound;
}
int on_established(void* sessions, const mbedtls_ssl_session* session) noexcept {
  return remember(sessions, {session->id, session->id_len}, *session);
}
#endif

}  // namespace

SecretBytes save_session(const mbedtls_ssl_context& context) {
  LibrarySession session;
  if (mbedtls_ssl_get_session(&context, session.get()) != 0) return {};
  return save(*session.get());
}

void offer_session(mbedtls_ssl_context& context, ByteView saved) {
  LibrarySession session;
  if (load(saved, session.get())) (void)mbedtls_ssl_set_session(&context, session.get());
}

void let_resume(mbedtls_ssl_config& config, SessionStore& sessions) {
  mbedtls_ssl_conf_session_cache(&config, &sessions, on_find, on_established);
}

}  // namespace vmodem::dtls
