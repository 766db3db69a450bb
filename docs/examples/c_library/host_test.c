/* The host's own unit test: the modem is in this process, and so are its server and its time. */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <vmodem.h>

#include "host.h"

static const vmodem_instant MILLISECOND = 1000000;

struct bench {
  vmodem *modem;
  vmodem_instant now;
  bool is_server_silent;
  int datagrams;
  char payload[64]; /* of the latest datagram */
};

/* An acknowledgement with 2.04 for each confirmable request (RFC 7252, 5.2.1). */
static void serve(struct bench *bench) {
  vmodem_datagram datagram;
  while (vmodem_take_datagram(bench->modem, &datagram)) {
    const size_t token_size = datagram.octets[0] & 0x0f;
    const uint8_t *marker = memchr(datagram.octets, 0xff, datagram.size);
    ++bench->datagrams;
    snprintf(bench->payload, sizeof bench->payload, "%.*s",
             marker ? (int)(datagram.octets + datagram.size - marker - 1) : 0,
             marker ? (const char *)marker + 1 : "");
    if (bench->is_server_silent) continue;

    uint8_t answer[12];
    memcpy(answer, datagram.octets, 4 + token_size);
    answer[0] = (uint8_t)(0x60 | token_size);
    answer[1] = 0x44;
    vmodem_feed_datagram(bench->modem, bench->now, datagram.session, answer, 4 + token_size);
  }
}

static void write_uart(void *device, const void *octets, size_t size) {
  struct bench *bench = device;
  assert(vmodem_feed(bench->modem, bench->now, octets, size) == size);
}

static size_t read_uart(void *device, void *octets, size_t size, long timeout_ms) {
  struct bench *bench = device;
  const vmodem_instant end = bench->now + timeout_ms * MILLISECOND;
  for (;;) {
    serve(bench);
    const size_t count = vmodem_take(bench->modem, octets, size);
    if (count > 0 || bench->now == end) return count;
    const vmodem_instant due = vmodem_deadline(bench->modem);
    bench->now = due < end ? due : end;
    vmodem_advance(bench->modem, bench->now);
  }
}

static struct bench make_bench(void) {
  struct bench bench = {0};
  char *error = NULL;
  bench.modem = vmodem_create("seed = 1\nroutes = [\"192.0.2.1:5683=127.0.0.1:5683\"]", &error);
  if (bench.modem == NULL) fprintf(stderr, "%s\n", error);
  assert(bench.modem != NULL);
  return bench;
}

static bool report_from(struct bench *bench) {
  const struct uart uart = {bench, write_uart, read_uart};
  return report(&uart, "192.0.2.1", 5683, "21.5");
}

static void test_a_report_arrives(void) {
  struct bench bench = make_bench();
  assert(report_from(&bench));
  assert(bench.datagrams == 1);
  assert(strcmp(bench.payload, "21.5") == 0);
  vmodem_destroy(bench.modem);
}

static void test_a_silent_server_is_given_up_after_minutes(void) {
  struct bench bench = make_bench();
  bench.is_server_silent = true;
  assert(!report_from(&bench));
  assert(bench.datagrams == 6); /* once, and five retransmissions */
  assert(bench.now > 240000 * MILLISECOND);
  vmodem_destroy(bench.modem);
}

static void test_a_lost_result_ends_the_report(void) {
  struct bench bench = make_bench();
  assert(vmodem_perform(bench.modem, 0, "drop-result@AT+QCOAPOPEN", NULL));
  assert(!report_from(&bench));
  assert(bench.datagrams == 0);
  vmodem_destroy(bench.modem);
}

int main(void) {
  test_a_report_arrives();
  test_a_silent_server_is_given_up_after_minutes();
  test_a_lost_result_ends_the_report();
  puts("the host is right");
  return 0;
}
