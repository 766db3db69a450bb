"""A run is repeated by its seed: the same program, configuration and host give the same octets (--clock virtual)."""
import hashlib

import pytest

PSK_FILE = b"password&736573616d65"
# What goes wrong, by occurrence and not by time: hosts are never equally quick.
FAULTS = ("link cat-m1-poor", "lose-uplink 2@AT+QCOAPSEND#2", "duplicate-downlink@AT+QCOAPSEND#4",
          "server-silent 1000s@AT+QCOAPSEND#7")


class Listener:
    """Says lines, waits for what they lead to, and keeps every octet."""

    def __init__(self, host):
        self.host = host
        self.heard = b""

    def say(self, line, *ends):
        self.host.write(line if isinstance(line, bytes) else line.encode() + b"\r")
        for end in ends or (rb"\r\nOK\r\n",):
            self.heard += self.host.read_until(end)

    def send(self, line, *ends):
        self.say(line, rb"\r\nOK\r\n", rb"\+QCOAPACK: [^\r]*\r\n", *ends)


def converse(host):
    listener = Listener(host)
    received = rb"\+QCOAPRECV: [^\r]*\r\n[^\r]*\r\n"
    listener.say("AT+CSQ;+CREG?")
    listener.say(f'AT+QFUPL="0_server.psk",{len(PSK_FILE)}', rb"CONNECT\r\n")
    listener.say(PSK_FILE)
    listener.say('AT+QCOAPCFG="dtls",0,1,0')
    listener.say('AT+QCOAPOPEN=0,"coap.sim",5684', rb"\+QCOAPOPEN: 0,0\r\n")
    listener.say('AT+QCOAPOPTION=0,0,0,11,"separate"')
    listener.send("AT+QCOAPSEND=0,0,1,1,0", received)
    listener.say('AT+QCOAPOPEN=1,"coap.sim",5683', rb"\+QCOAPOPEN: 1,0\r\n")
    listener.say('AT+QCOAPOPTION=1,0,0,11,"separate"')
    for _ in range(3):
        listener.send("AT+QCOAPSEND=1,0,1,1,0", received)
    listener.say("AT+QCOAPSEND=1,0,3,0,5", rb"> ")
    listener.send(b"hello", received)
    listener.send("AT+QCOAPSEND=0,0,1,1,0", received)
    listener.send("AT+QCOAPSEND=1,0,1,1,0")  # given up
    listener.say("AT+QCOAPCLOSE=1", rb"\+QCOAPCLOSE: 1,0\r\n")
    listener.say('AT+QFDWL="0_server.psk"', rb"\+QFDWL: [^\r]*\r\n\r\nOK\r\n")
    return listener.heard


@pytest.fixture
def run(vmodem):
    def of_seed(seed):
        modem = vmodem("--clock", "virtual", "--seed", seed, *(f"--fault={fault}" for fault in FAULTS))
        heard = converse(modem.host())
        assert modem.stop()[0] == 0
        return heard

    return of_seed


def test_a_seed_repeats_every_octet_of_the_port_and_another_one_does_not(run):
    first = run(7)
    assert b",-11\r\n" in first, "one message is given up"
    assert b"+QCOAPIND: 1,0," in first, "some are retransmitted"
    digests = [hashlib.sha256(heard).hexdigest() for heard in (first, run(7), run(8))]
    assert digests[0] == digests[1]
    assert digests[0] != digests[2]
