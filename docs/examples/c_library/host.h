/* A host that reports by CoAP. Its UART driver is two functions. */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stddef.h>

struct uart {
  void *device;
  void (*write)(void *device, const void *octets, size_t size);
  /* Waits until there is something, or `timeout_ms` is over: then 0. */
  size_t (*read)(void *device, void *octets, size_t size, long timeout_ms);
};

/* True: the server has acknowledged the text. */
bool report(const struct uart *uart, const char *server, unsigned port, const char *text);

#endif
