// The fields of any event by their names, for whoever compares them.
#pragma once

#include <string_view>
#include <variant>

#include "firmware/journal/event.h"

namespace vmodem::journal {

// Numbers of either sign are of the type that fits them in the event. Borrowed from the event.
using FieldValue = std::variant<std::monostate, std::string_view, std::uint64_t, std::int64_t, bool,
                                ByteView, Duration, net::Endpoint, const OptionFields*>;

// Nothing where the field is empty or secret, or the kind has none of this name.
[[nodiscard]] FieldValue field_value(const Event& event, std::string_view name);

}  // namespace vmodem::journal
