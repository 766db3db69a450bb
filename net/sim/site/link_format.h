// Resource discovery (RFC 6690).
#pragma once

#include <string>
#include <string_view>

#include "net/sim/description/resource.h"

namespace vmodem::sim {

inline constexpr std::uint16_t kLinkFormat = 40;  // RFC 7252 §12.3
inline constexpr std::string_view kDiscoveryPath = ".well-known/core";

// `</path>;rt="a b";ct=0;obs`.
[[nodiscard]] std::string link_description(std::string_view path, const ResourceConfig& config);

// RFC 6690 §4.1: "href=/x*", "rt=Type1" and the like; a trailing * asks for a prefix. rt, if and
// rel are lists of values, one of which has to match.
[[nodiscard]] bool link_matches(std::string_view path, const ResourceConfig& config,
                                std::string_view query);

}  // namespace vmodem::sim
