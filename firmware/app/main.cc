#include "firmware/app/application.h"

int main(int argc, char** argv) {
  return vmodem::app::run(argc, argv);
}
