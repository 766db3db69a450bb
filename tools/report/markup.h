// Texts of others inside HTML, XML and Markdown.
#pragma once

#include <string>
#include <string_view>

#include "firmware/base/time.h"

namespace vmodem::report {

// As the content of an element or of an attribute in double quotes, in HTML and XML alike.
[[nodiscard]] std::string escaped(std::string_view text);
// As code of Markdown, in which nothing is markup.
[[nodiscard]] std::string code_span(std::string_view text);

// Seconds to the millisecond: "12.346".
[[nodiscard]] std::string seconds_text(Duration duration);
[[nodiscard]] std::string seconds_text(Instant at);
// "1 entry", "2 entries", "100,000 entries".
[[nodiscard]] std::string count_text(std::size_t count, std::string_view one,
                                     std::string_view many);
// "2023-11-14 22:13:20 UTC"; a journal may tell any year.
[[nodiscard]] std::string calendar_text(CalendarTime time);

}  // namespace vmodem::report
