#include "tools/report/program.h"

int main(int argc, char** argv) {
  return vmodem::report::run(argc, argv);
}
