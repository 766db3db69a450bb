#!/usr/bin/python3
"""A sensor's host: reports readings to a server by CoAP, and waits out what the network does meanwhile."""
import re
import sys

import serial

SERVER, PORT, PATH = "coap.sim", 5683, "test"
ANSWER_S = 5     # before a final result
EXCHANGE_S = 93  # EXCHANGE_LIFETIME less the latency, RFC 7252 §4.8.2
NETWORK_S = 900  # before this host gives up
ATTEMPTS_MAX = 5


class Failure(Exception):
    """The module says no, or nothing."""


class Sensor:
    def __init__(self, port):
        self.port = port
        self.urcs = []  # that nobody has waited for yet

    def connect(self):
        self.command("ATE0")
        self.command("AT+CEREG=1")
        self.wait_for_network()
        self.command(f'AT+QCOAPOPEN=0,"{SERVER}",{PORT}')
        opened = self.wait_for(r"\+QCOAPOPEN: 0,(-?\d+)", EXCHANGE_S)
        if opened[1] != "0":
            raise Failure(f"the session does not open: {opened[0]}")
        self.command(f'AT+QCOAPOPTION=0,0,0,11,"{PATH}"')

    def report(self, reading):
        for _ in range(ATTEMPTS_MAX):
            self.urcs.clear()
            self.send(reading)
            code = self.wait_for(r"\+QCOAPACK: 0,0,\d+,(-?\d+)", EXCHANGE_S)[1]
            if code == "0":
                answer = self.wait_for(r"\+QCOAPRECV: 0,\d+,([0-9.]+),.*", EXCHANGE_S)
                return answer[1] == "2.04"
            # Refused, or never acknowledged: without a network there is no use in trying again.
            self.wait_for_network()
        raise Failure(f"{ATTEMPTS_MAX} attempts were in vain")

    def wait_for_network(self):
        if not re.search(r"\+CEREG: 1,[15]\b", "\n".join(self.command("AT+CEREG?"))):
            self.wait_for(r"\+CEREG: [15]", NETWORK_S)

    def send(self, reading):
        payload = reading.encode()
        self.port.write(f"AT+QCOAPSEND=0,0,3,1,{len(payload)}\r".encode())
        self.port.timeout = ANSWER_S
        if not self.port.read_until(b"> ").endswith(b"> "):
            raise Failure("no prompt")
        self.port.write(payload)
        self.final_result("AT+QCOAPSEND")

    def command(self, line):
        self.port.write(line.encode() + b"\r")
        return self.final_result(line)

    def final_result(self, line):
        """The lines in front of OK; URCs may be among them."""
        lines = []
        while (text := self.line(ANSWER_S)) != "OK":
            if text == "ERROR" or text.startswith("+CME ERROR"):
                raise Failure(f"{line}: {text}")
            lines.append(text)
        self.urcs += lines
        return lines

    def wait_for(self, pattern, seconds):
        while self.urcs:
            if match := re.fullmatch(pattern, self.urcs.pop(0)):
                return match
        while not (match := re.fullmatch(pattern, self.line(seconds))):
            pass
        return match

    def line(self, seconds):
        """The next that is not empty."""
        self.port.timeout = seconds
        while True:
            octets = self.port.read_until(b"\n")
            if not octets.endswith(b"\n"):
                raise Failure(f"nothing came in {seconds} s")
            if text := octets.decode(errors="replace").strip():
                return text


def main():
    with serial.Serial(sys.argv[1], 115200) as port:
        sensor = Sensor(port)
        sensor.connect()
        return 0 if sensor.report("22.5") else 1


if __name__ == "__main__":
    sys.exit(main())
