// Where something listens, as a person writes it.
#pragma once

#include <string>

#include "firmware/configuration/texts/rules.h"

namespace vmodem::app {

// "unix:PATH" and "tcp://127.0.0.1:8080", or nothing at all.
[[nodiscard]] std::string allowed_listening();
[[nodiscard]] bool accept_listening(std::string& text);
inline constexpr TextRule kListeningText{allowed_listening, accept_listening};

// "127.0.0.1:8080", or nothing at all: what a browser reaches.
[[nodiscard]] std::string allowed_page_place();
[[nodiscard]] bool accept_page_place(std::string& text);
inline constexpr TextRule kPagePlaceText{allowed_page_place, accept_page_place};

// Where a module listens for its host.
[[nodiscard]] std::string allowed_host_port();
// False for text that is not allowed; it gets its canonical form.
[[nodiscard]] bool accept_host_port(std::string& text);

}  // namespace vmodem::app
