// Records only the server could have made: what no session of ours sends can be tried with them.
#pragma once

#include "tests/unit/dtls/bench.h"

namespace vmodem::dtls::testing {

struct RecordContent {
  std::uint8_t type;
  std::uint64_t sequence_number;
  Bytes fragment;
};

// Sealed with the server's keys of a connected bench whose client exports keys, for
// TLS_PSK_WITH_AES_128_CCM_8 in epoch 1.
Bytes seal_as_server(const Bench& bench, const RecordContent& content);

}  // namespace vmodem::dtls::testing
