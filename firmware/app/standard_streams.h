// Standard input, output and error as a program finds them: open or not, read by somebody or not.
#pragma once

#include <string_view>

namespace vmodem::app {

// Gives a program that was started without some of them descriptors that stand for nothing; before
// any other is opened, which would else be taken for them.
void occupy_standard_descriptors();

// Whether so many more descriptors can be opened.
[[nodiscard]] bool has_descriptors(int count);

// All of `text` to standard output; false, with errno, where that failed.
[[nodiscard]] bool print(std::string_view text);
// print() to `stream`, which gives up as soon as `until`, a descriptor, is readable.
[[nodiscard]] bool print_until(std::string_view text, int until, int stream);

// "vmodem: `message`" to standard error. Allocates nothing, and waits a second at the most.
void complain(std::string_view message);

}  // namespace vmodem::app
