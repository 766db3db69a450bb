"""vmodem-conform record: between a host and a device, octet for octet."""
import contextlib
import hashlib
import json
import os
import random
import re
import select
import signal
import subprocess
import threading
import tty

import pytest
import serial
from conftest import PATIENCE_S, VMODEM, Host

CONFORM = VMODEM.with_name("vmodem-conform")


class Recorder:
    def __init__(self, device, folder, *arguments, output="session.at"):
        self.link = folder / "port"
        self.output = folder / output
        self.process = subprocess.Popen(
            [CONFORM, "record", "--json", "--port", device, "--link", self.link, "--output", self.output,
             *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1].decode()
        self.ready = json.loads(line)

    def wait(self):
        _, errors = self.process.communicate(timeout=120)
        return self.process.returncode, errors.decode()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.wait()


@pytest.fixture
def record(tmp_path):
    started = []

    def start(device, *arguments, **names):
        started.append(Recorder(str(device), tmp_path, *arguments, **names))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        one.process.stdout.close()
        one.process.stderr.close()


def play(file, *arguments):
    return subprocess.run([CONFORM, *arguments, file], capture_output=True, text=True, timeout=120)


def dialogue(host):
    host.ok("ATI")
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN")
    host.ok("AT+QCOAPHEADER=0,1234,1")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"test"')
    host.write(b"AT+QCOAPSEND=0,0,1,1,0\r")
    host.read_until(rb"\+QCOAPRECV: [^\r]*\r\n[^\r]*\r\n")
    host.write(b'AT+QFUPL="octets",6\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"\x00\xff{$\r\\")
    host.read_until(rb"\+QFUPL: [^\r]*\r\n\r\nOK\r\n")
    host.write(b'AT+QFDWL="octets"\r')
    assert b"\x00\xff{$\r\\" in host.read_until(rb"\+QFDWL: [^\r]*\r\n\r\nOK\r\n")


@pytest.mark.parametrize("over", ["pty", "unix", "tcp", "rfc2217"])
def test_a_session_is_recorded_and_passes_when_it_is_played(vmodem, record, tmp_path, over):
    listen = {"unix": f"unix:{tmp_path}/listen"}.get(over, f"{over}://127.0.0.1:0")
    modem = vmodem("--seed", "7", *([] if over == "pty" else ["--listen", listen]))
    recorder = record(modem.ready["pty"] if over == "pty" else modem.ready["listen"][0])
    host = Host(recorder.ready["link"])
    dialogue(host)
    host.close()
    assert recorder.stop() == (0, "")
    assert not os.path.lexists(recorder.link)
    assert recorder.output.stat().st_mode & 0o777 == 0o600
    again = vmodem("--seed", "7")
    played = play(recorder.output, "--port", again.ready["pty"])
    assert played.returncode == 0, played.stdout + played.stderr


def test_what_is_secret_is_not_in_a_redacted_transcript(vmodem, record):
    recorder = record(vmodem("--set", "sim.pin=2468", "--set", "sim.pin_enabled=true").ready["pty"], "--redact")
    host = Host(recorder.ready["link"])
    host.ok('AT+CPIN="2468"')
    host.write(b'AT+QFUPL="key.psk",16\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"me&736573616D65\r\n")
    host.close()
    recorder.stop()
    text = recorder.output.read_text()
    assert "> AT+CPIN=…\n" in text
    assert "2468" not in text and "7365" not in text


class Device:
    """A device of the test's own: a PTY whose master it reads and writes."""

    def __init__(self):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)

    def close(self):
        for end in (self.master, self.slave):
            with contextlib.suppress(OSError):
                os.close(end)


@pytest.fixture
def device():
    made = Device()
    yield made
    made.close()


def push(fd, octets):
    while octets:
        octets = octets[os.write(fd, octets[:8192]):]


def pull(fd, size, digest):
    while size:
        readable, _, _ = select.select([fd], [], [], 120)
        assert readable, f"{size} octets are missing"
        octets = os.read(fd, 8192)
        assert octets
        digest.update(octets)
        size -= len(octets)


def said(transcript, marks):
    """The octets that lines of a transcript stand for."""
    escape = re.compile(rb"\\(r|n|\\|x[0-9A-F]{2})")
    octets = {b"r": b"\r", b"n": b"\n", b"\\": b"\\"}
    text = bytearray()
    for line in transcript.read_bytes().split(b"\n"):
        mark, _, rest = line.partition(b" ")
        if mark.decode() not in marks:
            continue
        if mark in (b">>", b"<<"):
            rest = escape.sub(lambda m: octets.get(m[1]) or bytes([int(m[1][1:], 16)]), rest)
        text += {b">": rest + b"\r", b">lf": rest + b"\r\n", b"<": b"\r\n" + rest + b"\r\n",
                 b"<+": rest + b"\r\n"}.get(mark, rest)
    return bytes(text)


def test_nothing_is_lost_when_both_push_as_fast_as_they_can(record, device):
    recorder = record(device.path, "--baud", "921600")
    host = serial.Serial(recorder.ready["link"], 921600)
    os.set_blocking(host.fd, True)
    chance = random.Random(1)
    size = 300_000
    up, down = chance.randbytes(size), chance.randbytes(size)
    heard = {"up": hashlib.sha256(), "down": hashlib.sha256()}
    work = [threading.Thread(target=target, args=arguments) for target, arguments in (
        (push, (host.fd, up)), (push, (device.master, down)),
        (pull, (device.master, size, heard["up"])), (pull, (host.fd, size, heard["down"])))]
    for one in work:
        one.start()
    for one in work:
        one.join()
    host.close()
    assert recorder.stop() == (0, "")
    assert heard["up"].digest() == hashlib.sha256(up).digest()
    assert heard["down"].digest() == hashlib.sha256(down).digest()
    assert said(recorder.output, (">", ">lf", ">>")) == up
    assert said(recorder.output, ("<", "<+", "<<")) == down


def resident(process):
    for line in open(f"/proc/{process.pid}/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1])
    raise AssertionError("no such process")


def test_a_host_that_does_not_read_makes_the_device_wait(record, device):
    recorder = record(device.path)
    host = serial.Serial(recorder.ready["link"], 115200)
    os.set_blocking(device.master, False)
    taken, refused = 0, 0
    octets = bytes(range(256)) * 16
    while refused < 20:
        try:
            taken += os.write(device.master, octets[taken % 4096:])
            refused = 0
        except BlockingIOError:
            refused += 1
            select.select([], [device.master], [], 0.05)
    assert taken < 1_000_000
    digest = hashlib.sha256()
    pull(host.fd, taken, digest)
    expected = (octets * (taken // 4096 + 1))[:taken]
    assert digest.digest() == hashlib.sha256(expected).digest()
    host.close()
    assert recorder.stop()[0] == 0


def test_a_device_that_goes_ends_the_recording_in_3(record, device):
    recorder = record(device.path)
    host = serial.Serial(recorder.ready["link"], 115200, timeout=PATIENCE_S)
    os.write(device.master, b"\r\nPOWERED DOWN\r\n")
    assert host.read(16) == b"\r\nPOWERED DOWN\r\n"
    device.close()
    code, errors = recorder.wait()
    host.close()
    assert code == 3
    assert "hung up" in errors
    assert recorder.output.read_text().endswith("< POWERED DOWN\n")
    assert not os.path.lexists(recorder.link)


@pytest.mark.parametrize("place", ["/dev/no-such-device", "unix:/no/such/socket", "tcp://127.0.0.1:1"])
def test_a_device_that_is_not_there_is_3(tmp_path, place):
    done = subprocess.run([CONFORM, "record", "--port", place, "--link", tmp_path / "port", "--output",
                           tmp_path / "session.at"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 3
    assert place.rpartition("/")[2] in done.stderr


def test_what_was_said_is_in_the_file_of_a_recorder_that_is_killed(vmodem, record):
    modem = vmodem("--seed", "7")
    recorder = record(modem.ready["pty"])
    host = Host(recorder.ready["link"])
    host.ok("ATI")
    host.ok("AT+CSQ")
    recorder.stop(signal.SIGKILL)
    host.close()
    lines = recorder.output.read_text().splitlines(keepends=True)
    assert lines[-1] == "< OK\n" and lines[-2].startswith("< +CSQ: ")
    again = vmodem("--seed", "7")
    played = play(recorder.output, "--port", again.ready["pty"])
    assert played.returncode == 0, played.stdout


@pytest.mark.parametrize("arguments, what", [
    ([], "--port"),
    (["--port", "/dev/null"], "--link"),
    (["--port", "{device}", "--link", "{file}", "--output", "{folder}/s.at"], "not a symbolic link"),
    (["--port", "{device}", "--link", "{folder}/port", "--output", "{folder}/no/s.at"], "No such file"),
    (["--port", "{device}", "--link", "{folder}/port", "--output", "{folder}/s.at", "--baud", "12345"], "12345 baud"),
    (["--port", "{device}", "--link", "{folder}/port", "--json"], "--output FILE.at"),
])
def test_what_cannot_be_is_2_and_says_why(device, tmp_path, arguments, what):
    taken = tmp_path / "file"
    taken.write_text("mine")
    names = {"device": device.path, "folder": tmp_path, "file": taken}
    done = subprocess.run([CONFORM, "record", *(one.format(**names) for one in arguments)],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert what in done.stderr
    assert taken.read_text() == "mine"
