#include "dtls/system_random.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>

#include <memory>

namespace vmodem::dtls {
namespace {

struct Generator {
  Generator() {
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&drbg);
    result = mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, nullptr, 0);
  }
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;
  ~Generator() {
    mbedtls_ctr_drbg_free(&drbg);
    mbedtls_entropy_free(&entropy);
  }

  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context drbg;
  int result;
};

// One a thread and not one a session: Debian's 2.28 fills an entropy pool first, which takes longer
// than a handshake and more memory than its buffers. On the heap, as every thread, and the start of
// the program, would clear its 38 KiB for it.
Generator& generator() {
  thread_local const auto generator = std::make_unique<Generator>();
  return *generator;
}

}  // namespace

int prepare_system_random() {
  return generator().result;
}

int draw_system_random(std::span<std::uint8_t> out) {
  return mbedtls_ctr_drbg_random(&generator().drbg, out.data(), out.size());
}

}  // namespace vmodem::dtls
