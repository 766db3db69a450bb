// Texts of others inside HTML, XML and Markdown.
#pragma once

#include <string>
#include <string_view>

namespace vmodem {

// As the content of an element or of an attribute in double quotes, in HTML and XML alike.
[[nodiscard]] std::string escaped(std::string_view text);
// As code of Markdown, in which nothing is markup.
[[nodiscard]] std::string code_span(std::string_view text);

}  // namespace vmodem
