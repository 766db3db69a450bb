#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <string_view>

#include "firmware/app/application.h"

namespace {

// Where there is no room even for an exception none is thrown, and before main() nobody catches
// one.
[[noreturn]] void end_without_memory() {
  if (std::current_exception()) std::abort();
  constexpr std::string_view kText = "vmodem: there is not enough memory (ulimit -v)\n";
  (void)!::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(1);
}

[[gnu::constructor(101)]] void prepare_for_want_of_memory() {
  std::set_terminate(end_without_memory);
}

}  // namespace

int main(int argc, char** argv) {
  return vmodem::app::run(argc, argv);
}
