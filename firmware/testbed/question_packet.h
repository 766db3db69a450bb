// What crosses the link for a question to the internet and for its answer: stand-ins of their size
// that carry the question's number, for the simulated internet answers questions, not packets.
#pragma once

#include <cstdint>
#include <optional>

#include "firmware/base/bytes.h"
#include "net/sim/query_service.h"

namespace vmodem::testbed {

// The module's side of them; no session has it.
inline constexpr std::uint16_t kQuestionPort = 0;

using WorldAnswer = decltype(sim::QueryAnswer::answer);

[[nodiscard]] Bytes question_packet(sim::QueryId id, const sim::Query& query);
[[nodiscard]] Bytes answer_packet(sim::QueryId id, const sim::Query& query,
                                  const WorldAnswer& answer);
// Nothing where the link has changed it, as by a checksum.
[[nodiscard]] std::optional<sim::QueryId> question_in(ByteView packet);

}  // namespace vmodem::testbed
