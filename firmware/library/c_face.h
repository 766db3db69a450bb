// vmodem.h where C++ has a namespace of that name: its type is called vmodem_of_c here. The names
// of functions, which are all that is linked, are the same.
#pragma once

#define vmodem vmodem_of_c
// The rooms show nothing of themselves in libvmodem.so; this they do.
#pragma GCC visibility push(default)
#include "firmware/library/vmodem.h"
#pragma GCC visibility pop
#undef vmodem
