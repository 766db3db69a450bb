/* The host on a microcontroller: the LM3S6965 of qemu-system-arm, whose UART 0 is vmodem's PTY. What it
 * has fetched, and whether it has, it tells QEMU by semihosting. */
#include <stdint.h>

#include "../modem_host.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))

/* PL011 of the LM3S6965. */
#define UART_DATA REGISTER(0x4000C000)
#define UART_FLAGS REGISTER(0x4000C018)
enum { RECEIVE_EMPTY = 1 << 4, TRANSMIT_FULL = 1 << 5 };

/* SysTick counts the 12 MHz of a core that has just been reset down to 0. */
#define TICK_CONTROL REGISTER(0xE000E010)
#define TICK_RELOAD REGISTER(0xE000E014)
enum { TICK_ENABLED = 5, TICK_OVER = 1 << 16, TICKS_PER_MS = 12000 };

void uart_put(const char *octets, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    while (UART_FLAGS & TRANSMIT_FULL) {
    }
    UART_DATA = (uint8_t)octets[i];
  }
}

int uart_get(unsigned patience_ms) {
  TICK_RELOAD = TICKS_PER_MS - 1;
  TICK_CONTROL = TICK_ENABLED;
  while (UART_FLAGS & RECEIVE_EMPTY) {
    if ((TICK_CONTROL & TICK_OVER) && patience_ms-- == 0) return -1;
  }
  return (int)(UART_DATA & 0xFF);
}

static void tell_qemu(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

int main(void) {
  enum { WRITE_TEXT = 4, EXIT_WITH_STATUS = 0x20, APPLICATION_EXIT = 0x20026 };
  static char payload[1024];
  const int size = fetch("coap.sim", "validate", payload, sizeof payload - 2);
  if (size >= 0) {
    payload[size] = '\n';
    tell_qemu(WRITE_TEXT, payload);
  }
  const uint32_t exit[] = {APPLICATION_EXIT, size < 0};
  tell_qemu(EXIT_WITH_STATUS, exit);
  for (;;) {
  }
}

void reset(void);
__attribute__((section(".vectors"), used)) static void *const vectors[] = {
    (void *)0x20010000, /* the end of its memory: the stack */
    (void *)reset,
};

extern uint32_t bss_begin[], bss_end[];
void reset(void) {
  for (volatile uint32_t *word = bss_begin; word < bss_end; ++word) *word = 0;
  main();
}
