// The least a modem on a PTY can do: a blocking read and "OK" for every line. Prints its slave's
// path as vmodem --json does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

static const char kAnswer[] = "\r\nOK\r\n";

static const char kUrcs[] =
    "\r\n+QCOAPACK: 0,0,1234,0\r\n"
    "\r\n+QCOAPRECV: 0,1234,4.04,0,,0,9\r\nNot Found\r\n";

static int connect_to(const char* port) {
  const int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)atoi(port)),
                                .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
  return connect(fd, (struct sockaddr*)&address, sizeof address) == 0 ? fd : -1;
}

static int answer(int master, int server) {
  static uint16_t message_id;
  const uint16_t id = message_id++;
  const uint8_t request[] = {0x40, 0x01, (uint8_t)(id >> 8), (uint8_t)id, 0xb2, 0x31, 0x39};
  uint8_t response[2048];
  const int is_get = server >= 0 && id > 0;
  if (is_get && send(server, request, sizeof request, 0) < 0) return 0;
  if (write(master, kAnswer, sizeof kAnswer - 1) < 0) return 0;
  if (!is_get) return 1;
  return recv(server, response, sizeof response, 0) > 0 &&
         write(master, kUrcs, sizeof kUrcs - 1) > 0;
}

int main(int argc, char** argv) {
  const int server = argc > 1 ? connect_to(argv[1]) : -1;
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
    if (!answer(master, server)) return 1;
  }
}
