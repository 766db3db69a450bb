#!/usr/bin/python3
"""Fetches a resource, whatever happens to the module, the line or the network.

- Every wait ends, and whatever is not understood is passed over. A pause ends no line.
- An attempt that goes wrong is given up as a whole; the next one begins with a module of which nothing is
  taken for granted.
- Where some attempts do not help it resets the module, as after a card that was away.
- Success is the answer to this request, complete.
"""
import contextlib
import itertools
import os
import re
import select
import sys
import time
import tty

ATTEMPTS_MAX = 40
RESET_EACH = 4  # attempts
ANSWER_S = 0.6  # the longest silence before a final result
URC_S = 1.5     # the same before a URC that has to come
WAIT_S = 30.0   # no wait is longer, whatever comes
FINAL = re.compile(rb"OK|ERROR|\+CM[ES] ERROR:.*|NO CARRIER")


class Trouble(Exception):
    """An attempt is over."""


class Port:
    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.fd)
        self.pending = b""

    def close(self):
        os.close(self.fd)

    def write(self, octets):
        os.write(self.fd, octets)

    def read(self, wait_s):
        """False where nothing came in time."""
        readable, _, _ = select.select([self.fd], [], [], wait_s)
        octets = os.read(self.fd, 4096) if readable else b""
        self.pending += octets
        return bool(octets)

    def forget(self):
        """The lines that have come; half a line is of what comes."""
        self.read(0.0)
        self.pending = self.pending.rpartition(b"\n")[2]

    def lines(self, silence_s):
        """One after the other, as long as something comes."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            line, end, rest = self.pending.partition(b"\n")
            if end:
                self.pending = rest
                yield line.strip()
            elif not self.read(silence_s):
                break
        raise Trouble("silence")

    def read_exactly(self, size):
        deadline = time.monotonic() + WAIT_S
        while len(self.pending) < size and time.monotonic() < deadline:
            if not self.read(ANSWER_S):
                break
        return self.pending[:size]


class Module:
    def __init__(self, port):
        self.port = port
        self.urcs = []

    def recover(self):
        """Out of a data mode or half a line, into command mode without echo, behind all that came before."""
        self.port.write(b"\x1b\r")
        for _ in range(10):
            # An earlier answer may still be under way: this one has a number of its own.
            number = time.monotonic_ns() // 1000 % 256
            with contextlib.suppress(Trouble):
                self.command(b"ATE0S7=%dS7?" % number, behind=b"%03d" % number)
                self.urcs.clear()
                return
        raise Trouble("no module")

    def command(self, line, behind=None):
        """The lines before OK; anything else is trouble. A result in front of the line `behind` is another's."""
        self.port.forget()
        self.port.write(line + b"\r")
        lines = []
        for text in self.port.lines(ANSWER_S):
            if FINAL.fullmatch(text) and (behind is None or behind in lines):
                break
            lines.append(text)
        self.urcs += lines
        if text != b"OK":
            raise Trouble(f"{line.decode()}: {text.decode()}")
        return lines

    def wait_for(self, pattern):
        """The first match among the URCs, those that came before a final result too."""
        for text in itertools.chain(self.urcs, self.port.lines(URC_S)):
            if match := re.fullmatch(pattern, text):
                return match
        raise Trouble("silence")

    def read_payload(self, length):
        """Exactly so many octets and the end of the URC behind them."""
        octets = self.port.read_exactly(length + 2)
        if not octets.endswith(b"\r\n") or len(octets) != length + 2:
            raise Trouble("the payload has another length")
        return octets[:length]


def reset(module):
    module.recover()
    module.command(b"AT+CFUN=1,1")
    with contextlib.suppress(Trouble):
        module.wait_for(rb"APP RDY")


def fetch(module):
    module.recover()
    answer = b" ".join(module.command(b"AT+CEREG?"))
    if not re.search(rb"\+CEREG: \d,[15]\b", answer):
        raise Trouble("not registered")
    with contextlib.suppress(Trouble):
        module.command(b"AT+QCOAPCLOSE=0")
        module.wait_for(rb"\+QCOAPCLOSE: 0,.*")
    module.urcs.clear()
    module.command(b'AT+QCOAPOPEN=0,"coap.sim",5683')
    if module.wait_for(rb"\+QCOAPOPEN: 0,(-?\d+)")[1] != b"0":
        raise Trouble("the session does not open")
    number = os.getpid() + time.monotonic_ns() & 0xFFFF
    module.command(b'AT+QCOAPHEADER=0,%d,0,2,"%04X"' % (number, number))
    module.command(b'AT+QCOAPOPTION=0,0,0,11,"validate"')
    module.urcs.clear()
    module.command(b"AT+QCOAPSEND=0,0,1,1,0")
    length = module.wait_for(rb"\+QCOAPRECV: 0,\d+,2\.05,2,%04X,.*,(\d+)" % number)[1]
    payload = module.read_payload(int(length))
    with contextlib.suppress(Trouble):
        module.command(b"AT+QCOAPCLOSE=0")
        module.wait_for(rb"\+QCOAPCLOSE: 0,.*")
    return payload


def main():
    for attempt in range(1, ATTEMPTS_MAX + 1):
        try:
            port = Port(os.environ["VMODEM_PORT"])
            try:
                if attempt % RESET_EACH == 0:
                    reset(Module(port))
                payload = fetch(Module(port))
            finally:
                port.close()
            print(payload.decode(errors="replace"))
            return payload != b"First version."
        except (Trouble, OSError) as trouble:
            print(f"attempt {attempt}: {trouble}", flush=True)
            time.sleep(0.1)
    return True


if __name__ == "__main__":
    sys.exit(main())
