#include "net/serving/serving_random.h"

#include <sys/random.h>

#include "firmware/base/check.h"

namespace vmodem::net {

std::uint64_t ServingRandom::next(RandomStream stream) {
  if (stream != RandomStream::kDtls) return seeded_.next(stream);

  std::uint64_t drawn = 0;
  BG_CHECK(::getrandom(&drawn, sizeof drawn, 0) == sizeof drawn,
           "small requests are never cut short");
  return drawn;
}

}  // namespace vmodem::net
