// What a DTLS session said, as a record has it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "dtls/session.h"

namespace vmodem::recording {

[[nodiscard]] nlohmann::json session_event_json(const dtls::Event& event);

// Of an array of such values as text; json::exception where it is none.
[[nodiscard]] std::vector<dtls::Event> session_events_of(const std::string& text);

}  // namespace vmodem::recording
