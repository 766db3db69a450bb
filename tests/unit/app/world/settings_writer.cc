// Saves generation after generation of settings in a directory until it is killed: settings_writer
// <directory>. Writes a line to standard output as each generation becomes durable, the first when
// it is ready.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "firmware/app/world/settings_store.h"
#include "tests/unit/app/support/generation.h"

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  const auto store = vmodem::app::DirectoryNvStore::open(argv[1]);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().c_str());
    return EXIT_FAILURE;
  }
  vmodem::firmware::SavedSettings saved(**store);
  auto generation = vmodem::test::generation_of(saved).value_or(0);
  while (::write(STDOUT_FILENO, "+\n", 2) == 2) {
    vmodem::test::set_generation(saved, ++generation);
    if (!saved.save()) return EXIT_FAILURE;
  }
  return EXIT_FAILURE;
}
