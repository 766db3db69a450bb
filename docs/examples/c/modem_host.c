#include "modem_host.h"

#include <stdbool.h>

/* Maximum response times of the note, and of a network that is slow. */
enum { ANSWER_MS = 5000, OPEN_MS = 75000, RESPONSE_MS = 300000, REST_MS = 100 };

static char line[256];

static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length] != '\0') ++length;
  return length;
}

static bool starts_with(const char *text, const char *beginning) {
  while (*beginning != '\0') {
    if (*text++ != *beginning++) return false;
  }
  return true;
}

/* The next line that is not empty, without its end; false: nothing came for too long. */
static bool read_line(unsigned patience_ms) {
  size_t size = 0;
  for (;;) {
    const int octet = uart_get(patience_ms);
    if (octet < 0) return false;
    if (octet == '\n' && size > 0) break;
    if (octet != '\r' && octet != '\n' && size + 1 < sizeof line) line[size++] = (char)octet;
  }
  line[size] = '\0';
  return true;
}

/* Any line may be a URC of something else: those are passed over. */
static bool wait_for(const char *beginning, unsigned patience_ms) {
  while (read_line(patience_ms)) {
    if (starts_with(line, beginning)) return true;
    if (starts_with(line, "ERROR") || starts_with(line, "+CME ERROR")) return false;
  }
  return false;
}

static void put(const char *text) { uart_put(text, length_of(text)); }

static bool command(const char *begin, const char *middle, const char *end) {
  put(begin);
  put(middle);
  put(end);
  put("\r");
  return wait_for("OK", ANSWER_MS);
}

/* The field of that number from 0, behind ": "; the end of the line where there are fewer. */
static const char *field(unsigned number) {
  const char *place = line;
  while (*place != '\0' && *place != ' ') ++place;
  while (number > 0 && *place != '\0') {
    if (*place++ == ',') --number;
  }
  return place;
}

/* The last field is the length, and the payload stands behind the line's end. */
static int read_payload(char *payload, size_t room) {
  unsigned commas = 0;
  for (const char *place = line; *place != '\0'; ++place) commas += *place == ',';
  size_t size = 0;
  for (const char *digit = field(commas); *digit >= '0' && *digit <= '9'; ++digit) {
    size = size * 10 + (size_t)(*digit - '0');
    if (size > room) return -1;
  }
  for (size_t i = 0; i < size; ++i) {
    const int octet = uart_get(ANSWER_MS);
    if (octet < 0) return -1;
    payload[i] = (char)octet;
  }
  return (int)size;
}

/* An acknowledgement comes before the response, or says that there will be none. */
static bool wait_for_response(void) {
  while (read_line(RESPONSE_MS)) {
    if (starts_with(line, "+QCOAPRECV: 0,")) return true;
    if (starts_with(line, "+QCOAPACK: 0,") && *field(3) == '-') return false;
  }
  return false;
}

static int exchange(const char *path, char *payload, size_t room) {
  if (!command("AT+QCOAPOPTION=0,0,0,11,\"", path, "\"")) return -1;
  if (!command("AT+QCOAPSEND=0,0,1,1,0", "", "")) return -1;
  if (!wait_for_response() || !starts_with(field(2), "2.05,")) return -1;
  return read_payload(payload, room);
}

int fetch(const char *server, const char *path, char *payload, size_t room) {
  while (uart_get(REST_MS) >= 0) {
    /* What is left of an attempt before. */
  }
  if (!command("ATE0", "", "")) return -1;
  if (!command("AT+QCOAPOPEN=0,\"", server, "\",5683")) return -1;
  if (!wait_for("+QCOAPOPEN: 0,", OPEN_MS) || *field(1) != '0') return -1;
  const int size = exchange(path, payload, room);
  if (command("AT+QCOAPCLOSE=0", "", "")) (void)wait_for("+QCOAPCLOSE: 0,", ANSWER_MS);
  return size;
}
