// The least a modem on a PTY can do: a blocking read and "OK" for every line. Prints its slave's
// path as vmodem --json does.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char kAnswer[] = "\r\nOK\r\n";

int main(void) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) return 1;
  const char* path = ptsname(master);
  // Kept open: without a slave every read fails once a host has left.
  const int slave = path == NULL ? -1 : open(path, O_RDWR | O_NOCTTY);
  struct termios mode;
  if (slave < 0 || tcgetattr(slave, &mode) != 0) return 1;
  cfmakeraw(&mode);
  if (tcsetattr(slave, TCSANOW, &mode) != 0) return 1;
  printf("{\"pty\":\"%s\"}\n", path);
  if (fflush(stdout) != 0) return 1;

  char buffer[4096];
  for (;;) {
    const ssize_t count = read(master, buffer, sizeof buffer);
    if (count <= 0) return 1;
    if (memchr(buffer, '\r', (size_t)count) == NULL) continue;
    if (write(master, kAnswer, sizeof kAnswer - 1) < 0) return 1;
  }
}
