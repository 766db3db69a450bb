// The generator of every session that is not of the simulated world: seeded by the operating
// system, it seeds itself again as it goes.
#pragma once

#include <cstdint>
#include <span>

namespace vmodem::dtls {

// Seeds the calling thread's generator where that is not done yet. 0, or the library's error.
[[nodiscard]] int prepare_system_random();
// The generator is prepared. 0, or the library's error.
[[nodiscard]] int draw_system_random(std::span<std::uint8_t> out);

}  // namespace vmodem::dtls
