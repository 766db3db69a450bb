/* A host of a BG95 that fits a microcontroller: no operating system, no C library, no allocation. Its
 * serial line is two functions, which whoever uses it provides. */
#ifndef MODEM_HOST_H
#define MODEM_HOST_H

#include <stddef.h>

/* All of it goes out before this returns. */
void uart_put(const char *octets, size_t size);
/* The next octet, 0-255; -1: none came within so many milliseconds. */
int uart_get(unsigned patience_ms);

/* Fetches a resource from a CoAP server. How many octets of it there are in `payload`; -1: an attempt
 * that went wrong, after which the next one may begin. */
int fetch(const char *server, const char *path, char *payload, size_t room);

#endif
