// Works through a script in a directory until it is killed: ufs_writer <directory> <seed>. Writes
// one octet to standard output as each operation becomes durable, the first when it is ready.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/unit/ufs/script.h"
#include "ufs/directory/store.h"

int main(int argc, char** argv) {
  if (argc != 3) return EXIT_FAILURE;
  const auto store = vmodem::ufs::DirectoryStore::open(argv[1]);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().text.c_str());
    return EXIT_FAILURE;
  }
  vmodem::ufs::FileSystem files(**store);
  vmodem::ufs::Script script(std::strtoull(argv[2], nullptr, 10));
  while (::write(STDOUT_FILENO, "+", 1) == 1) script.perform_next(files);
  return EXIT_FAILURE;
}
