/* vmodem.h is a header of C, and the library one that a program of C links. */
#include <string.h>
#include <vmodem.h>

int main(void) {
  static const char expected[] = "AT\r\r\nOK\r\n";
  char octets[32];
  vmodem *modem = vmodem_create("seed = 1", NULL);
  if (modem == NULL || vmodem_feed(modem, 0, "AT\r", 3) != 3) return 1;
  const size_t size = vmodem_take(modem, octets, sizeof octets);
  vmodem_advance(modem, vmodem_deadline(modem));
  vmodem_destroy(modem);
  return size == sizeof expected - 1 && memcmp(octets, expected, size) == 0 ? 0 : 1;
}
