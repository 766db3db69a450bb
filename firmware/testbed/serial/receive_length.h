// The payload length in the text of a +QCOAPRECV (qcoap.md §9).
#pragma once

#include <cstddef>
#include <optional>

#include "firmware/base/bytes.h"

namespace vmodem::testbed {

inline constexpr std::size_t kLineEndSize = 2;  // S3 and S4, whatever they are

// The URC with its line ends, its payload length changed by `delta` but not below 0. Nothing where
// it is another URC, or the length stays as it is.
[[nodiscard]] std::optional<Bytes> with_receive_length_changed(ByteView urc, int delta);

}  // namespace vmodem::testbed
