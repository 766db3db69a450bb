#!/usr/bin/python3
"""Fetches a resource, as long as nothing goes wrong. What such a host overlooks:

- It waits for each answer for ever, and only for the good one.
- It takes a URC for granted: none is lost, doubled, late or cut off.
- It believes the payload length that it reads.
- It never asks whether the module is still the one that it has configured.
"""
import os
import sys
import tty

port = open(os.environ["VMODEM_PORT"], "r+b", buffering=0)
tty.setraw(port)


def read_line():
    line = b""
    while not line.endswith(b"\n"):
        line += port.read(1)
    return line.strip()


def wait_for(beginning):
    line = read_line()
    while not line.startswith(beginning):
        line = read_line()
    return line


def command(line):
    port.write(line + b"\r")
    wait_for(b"OK")


command(b"ATE0")
command(b'AT+QCOAPOPEN=0,"coap.sim",5683')
wait_for(b"+QCOAPOPEN: 0,0")
command(b'AT+QCOAPOPTION=0,0,0,11,"validate"')
command(b"AT+QCOAPSEND=0,0,1,1,0")
length = int(wait_for(b"+QCOAPRECV").split(b",")[-1])
payload = b""
while len(payload) < length:
    payload += port.read(length - len(payload))
command(b"AT+QCOAPCLOSE=0")
wait_for(b"+QCOAPCLOSE")
print(payload.decode())
sys.exit(payload != b"First version.")
