/* A BG95 as a function: octets, datagrams and instants go in; octets, datagrams, questions and the
 * next deadline come out. No thread, no clock, no descriptor, nothing global: several modems live in
 * one process, each used by one thread at a time.
 *
 * In:  octets of a host, datagrams, answers, faults, instants.
 * Out: octets for the host, datagrams, questions, the journal, the next deadline.
 *
 *     vmodem *modem = vmodem_create("seed = 1", NULL);
 *     vmodem_feed(modem, 0, "AT\r", 3);
 *     size = vmodem_take(modem, octets, sizeof octets);        // "AT\r\r\nOK\r\n"
 *     vmodem_advance(modem, vmodem_deadline(modem));           // time goes on as you say
 *     vmodem_destroy(modem);
 *
 * Instants are nanoseconds since the modem was made, and none is before an earlier one; one that is
 * counts as the latest, and so does VMODEM_NEVER. What is handed in at an instant finds done what
 * was due before it; what is due at the instant itself waits for vmodem_advance(). A "char **" gets a
 * text of its own, for vmodem_free(); NULL: nobody asks. Without memory, or a modem, the answer is
 * NULL, false or 0, and all that a modem without memory can still do is be destroyed.
 */
#ifndef VMODEM_H
#define VMODEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct vmodem vmodem;
typedef int64_t vmodem_instant;
#define VMODEM_NEVER INT64_MAX

/* As "0.1.0". */
const char *vmodem_version(void);
void vmodem_free(char *text);

/* `configuration` is TOML as vmodem --config takes it (docs/configuration.md); NULL or "": the
 * defaults. Keys that name files, ports or a clock are refused; the seed is 1 where none is told, and
 * it is internet.calendar_start. NULL: `error` says where and what is wrong, and what would be right. */
vmodem *vmodem_create(const char *configuration, char **error);
void vmodem_destroy(vmodem *modem);

/* The serial line. feed: how many octets were taken; fewer than `size` where the module has no room
 * until it has been read or time has passed. take: how many there were, `size` at the most. */
size_t vmodem_feed(vmodem *modem, vmodem_instant now, const void *octets, size_t size);
size_t vmodem_take(vmodem *modem, void *octets, size_t size);

/* When something happens by itself; VMODEM_NEVER: not before anything is fed. advance: all that is
 * due up to and with `now`, each at its own instant. */
vmodem_instant vmodem_deadline(const vmodem *modem);
void vmodem_advance(vmodem *modem, vmodem_instant now);

/* A fault as vmodem --fault takes it: "link-down:60s" at once, "drop-result@command#3" when it comes
 * to that (docs/faults.md). False: `error` says why. */
bool vmodem_perform(vmodem *modem, vmodem_instant now, const char *fault, char **error);
/* All else that the control interface has (docs/control.md), as "GET", "/state", NULL. The status,
 * as 200; `answer` gets the body. */
int vmodem_request(vmodem *modem, vmodem_instant now, const char *method, const char *target,
                   const char *body, char **answer);
/* The next entry of the journal, a line of JSON (docs/journal.md); NULL: no more. Borrowed until the
 * next call. The latest 4096 that nobody took are kept. */
const char *vmodem_journal(vmodem *modem);

/* The network where it is the caller's own: destinations that the key routes names, and loopback;
 * with network.mode = "host" all that the simulated internet does not have. Everything else is
 * simulated. What is borrowed lasts until the next call of the same function. */
typedef struct vmodem_datagram {
  uint32_t session;     /* of one open until its close: where an answer goes */
  const char *host;     /* as the host of the modem wrote it */
  uint16_t port;
  const uint8_t *octets;
  size_t size;
} vmodem_datagram;
/* Of those that nobody takes the first 1024 are kept, while their session lasts. */
bool vmodem_take_datagram(vmodem *modem, vmodem_datagram *datagram);
/* False: the session is over. */
bool vmodem_feed_datagram(vmodem *modem, vmodem_instant now, uint32_t session, const void *octets,
                          size_t size);

typedef enum vmodem_question {
  VMODEM_NAME, /* answered by addresses with blanks between them, best first */
  VMODEM_PING, /* answered by the address that echoes */
  VMODEM_TIME  /* answered by seconds since 1970 */
} vmodem_question;
typedef struct vmodem_query {
  uint32_t number;
  vmodem_question question;
  const char *host;
} vmodem_query;
bool vmodem_take_query(vmodem *modem, vmodem_query *query);
/* `answer` NULL: there is no such name, or nobody; "": there is, and it cannot be reached. False: nobody
 * waits for it any more, or it is none of the above. One that is never answered ends by the module's
 * own time-outs. */
bool vmodem_answer_query(vmodem *modem, vmodem_instant now, uint32_t number, const char *answer);

#ifdef __cplusplus
}
#endif

#endif
