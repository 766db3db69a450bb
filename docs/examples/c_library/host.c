#include "host.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { LINE_SIZE = 256, ANSWER_MS = 5000, OPEN_MS = 150000, ACK_MS = 400000 };

static void say(const struct uart *uart, const char *format, ...) {
  char line[LINE_SIZE];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  uart->write(uart->device, line, strlen(line));
}

/* Reads lines until one begins with `wanted`, which is copied to `line`. False: an error, or the
 * time is over. */
static bool await(const struct uart *uart, const char *wanted, char *line, long timeout_ms) {
  size_t size = 0;
  while (uart->read(uart->device, &line[size], 1, timeout_ms) == 1) {
    const bool is_end = line[size] == '\n' || size + 2 == LINE_SIZE;
    line[++size] = '\0';
    if (strncmp(line, wanted, strlen(wanted)) == 0 && (is_end || line[0] == '>')) return true;
    if (strncmp(line, "ERROR", 5) == 0 || strncmp(line, "+CME ERROR", 10) == 0) return false;
    if (is_end) size = 0;
  }
  return false;
}

static bool is_done(const struct uart *uart, const char *wanted, long timeout_ms) {
  char line[LINE_SIZE];
  return await(uart, wanted, line, timeout_ms);
}

static bool open_session(const struct uart *uart, const char *server, unsigned port) {
  char line[LINE_SIZE];
  int result = -1;
  say(uart, "AT+QCOAPCFG=\"trans\",0,4,5\r");
  if (!is_done(uart, "OK", ANSWER_MS)) return false;
  say(uart, "AT+QCOAPOPEN=0,\"%s\",%u\r", server, port);
  if (!is_done(uart, "OK", ANSWER_MS)) return false;
  if (!await(uart, "+QCOAPOPEN:", line, OPEN_MS)) return false;
  return sscanf(line, "+QCOAPOPEN: 0,%d", &result) == 1 && result == 0;
}

static bool send_text(const struct uart *uart, const char *text) {
  char line[LINE_SIZE];
  int result = -1;
  say(uart, "AT+QCOAPSEND=0,0,2,1,%u\r", (unsigned)strlen(text));
  if (!is_done(uart, ">", ANSWER_MS)) return false;
  say(uart, "%s", text);
  if (!is_done(uart, "OK", ANSWER_MS)) return false;
  if (!await(uart, "+QCOAPACK:", line, ACK_MS)) return false;
  return sscanf(line, "+QCOAPACK: 0,0,%*u,%d", &result) == 1 && result == 0;
}

bool report(const struct uart *uart, const char *server, unsigned port, const char *text) {
  say(uart, "ATE0\r");
  if (!is_done(uart, "OK", ANSWER_MS)) return false;
  if (!open_session(uart, server, port)) return false;
  say(uart, "AT+QCOAPOPTION=0,0,0,11,\"readings\"\r");
  const bool is_reported = is_done(uart, "OK", ANSWER_MS) && send_text(uart, text);
  say(uart, "AT+QCOAPCLOSE=0\r");
  return is_done(uart, "+QCOAPCLOSE:", ANSWER_MS) && is_reported;
}
