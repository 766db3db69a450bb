#include "tests/unit/dtls/sealed_record.h"

#include <mbedtls/ccm.h>
#include <mbedtls/ssl.h>

#include "firmware/base/hex.h"
#include "tests/support/catch.h"

namespace vmodem::dtls::testing {
namespace {

constexpr std::size_t kRecordHeaderSize = 13;
constexpr std::size_t kServerRandomAt = 27;  // record 13, handshake header 12, version 2
constexpr std::size_t kKeySize = 16;
constexpr std::size_t kSaltSize = 4;  // RFC 6655 §3
constexpr std::size_t kTagSize = 8;
constexpr std::uint8_t kHandshake = 22;
constexpr std::uint8_t kServerHello = 2;

struct Keys {
  Bytes key;
  Bytes salt;
};

void append(Bytes& to, ByteView octets) {
  to.insert(to.end(), octets.begin(), octets.end());
}

Bytes server_random(const Bench& bench) {
  for (const auto& one : bench.sent) {
    const auto& datagram = one.datagram;
    const bool is_server_hello = one.from == End::kServer && datagram[0] == kHandshake &&
                                 datagram[kRecordHeaderSize] == kServerHello;
    if (!is_server_hello) continue;
    const auto begin = datagram.begin() + kServerRandomAt;
    return {begin, begin + 32};
  }
  FAIL("no ServerHello was sent");
  return {};
}

// RFC 5246 §6.3: client key, server key, client salt, server salt; AEAD suites have no MAC keys.
Keys server_keys(const Bench& bench) {
  const auto line = bench.all<KeyLogLine>(End::kClient).at(0).line;
  const auto client_random = from_hex(line.substr(14, 64)).value();
  const auto master_secret = from_hex(line.substr(79, 96)).value();
  auto seed = server_random(bench);
  append(seed, client_random);

  Bytes block(2 * kKeySize + 2 * kSaltSize);
  const int result =
      mbedtls_ssl_tls_prf(MBEDTLS_SSL_TLS_PRF_SHA256, master_secret.data(), master_secret.size(),
                          "key expansion", seed.data(), seed.size(), block.data(), block.size());
  REQUIRE(result == 0);
  const auto key = block.begin() + kKeySize;
  const auto salt = block.begin() + 2 * kKeySize + kSaltSize;
  return {Bytes(key, key + kKeySize), Bytes(salt, salt + kSaltSize)};
}

Bytes big_endian(std::uint64_t value, std::size_t size) {
  Bytes octets(size);
  for (std::size_t i = size; i-- > 0; value >>= 8) octets[i] = static_cast<std::uint8_t>(value);
  return octets;
}

Bytes encrypt(const Keys& keys, ByteView nonce, ByteView additional, ByteView plaintext) {
  Bytes sealed(plaintext.size() + kTagSize);
  mbedtls_ccm_context ccm;
  mbedtls_ccm_init(&ccm);
  const int key_result =
      mbedtls_ccm_setkey(&ccm, MBEDTLS_CIPHER_ID_AES, keys.key.data(), 8 * kKeySize);
  const int result = mbedtls_ccm_encrypt_and_tag(
      &ccm, plaintext.size(), nonce.data(), nonce.size(), additional.data(), additional.size(),
      plaintext.data(), sealed.data(), sealed.data() + plaintext.size(), kTagSize);
  mbedtls_ccm_free(&ccm);
  REQUIRE(key_result == 0);
  REQUIRE(result == 0);
  return sealed;
}

}  // namespace

Bytes seal_as_server(const Bench& bench, const RecordContent& content) {
  const auto keys = server_keys(bench);
  const auto epoch_and_number = big_endian(std::uint64_t{1} << 48 | content.sequence_number, 8);
  const Bytes type_and_version = {content.type, 0xFE, 0xFD};

  auto nonce = keys.salt;
  append(nonce, epoch_and_number);
  auto additional = epoch_and_number;
  append(additional, type_and_version);
  append(additional, big_endian(content.fragment.size(), 2));
  const auto sealed = encrypt(keys, nonce, additional, content.fragment);

  auto record = type_and_version;
  append(record, epoch_and_number);
  append(record, big_endian(epoch_and_number.size() + sealed.size(), 2));
  append(record, epoch_and_number);
  append(record, sealed);
  return record;
}

}  // namespace vmodem::dtls::testing
