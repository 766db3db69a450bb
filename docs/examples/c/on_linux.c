/* The host on Linux: its serial line is a tty, as that of vmodem or of a real module.
 *
 *     cc -o on_linux on_linux.c modem_host.c && ./on_linux /dev/pts/5 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "modem_host.h"

static int tty;

void uart_put(const char *octets, size_t size) {
  while (size > 0) {
    const ssize_t count = write(tty, octets, size);
    if (count < 0) return;
    octets += count;
    size -= (size_t)count;
  }
}

int uart_get(unsigned patience_ms) {
  struct pollfd wait = {.fd = tty, .events = POLLIN};
  unsigned char octet;
  if (poll(&wait, 1, (int)patience_ms) <= 0 || read(tty, &octet, 1) != 1) return -1;
  return octet;
}

static int open_raw(const char *path) {
  struct termios settings;
  tty = open(path, O_RDWR | O_NOCTTY);
  if (tty < 0 || tcgetattr(tty, &settings) != 0) return -1;
  cfmakeraw(&settings);
  cfsetspeed(&settings, B115200);
  return tcsetattr(tty, TCSANOW, &settings);
}

int main(int argc, char **argv) {
  char payload[1024];
  if (argc != 2 || open_raw(argv[1]) != 0) {
    fprintf(stderr, "usage: on_linux TTY\n");
    return 2;
  }
  const int size = fetch("coap.sim", "validate", payload, sizeof payload);
  if (size < 0) return 1;
  printf("%.*s\n", size, payload);
  return 0;
}
