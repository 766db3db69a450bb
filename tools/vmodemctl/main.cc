#include "tools/vmodemctl/program.h"

int main(int argc, char** argv) {
  return vmodem::ctl::run(argc, argv);
}
