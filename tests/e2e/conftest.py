"""Real programs on loopback: vmodem on its PTY, and the CoAP and DTLS servers of Debian's packages."""
import contextlib
import itertools
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import time

import pytest
import serial

ROOT = pathlib.Path(__file__).resolve().parents[2]
VMODEM = pathlib.Path(os.environ.get("VMODEM", ROOT / "build/release/bin/vmodem")).resolve()
PATIENCE_S = 10.0

FINAL = re.compile(rb"\r\n(OK|ERROR|NO CARRIER|\+CME ERROR: [^\r]*)\r\n$")


def pytest_collection_modifyitems(items):
    """The sweeps take longest: where tests run side by side, they begin first."""
    items.sort(key=lambda item: item.path.name != "sweep_test.py")


class Host:
    """A host program at the modem's serial port."""

    def __init__(self, path):
        self.port = serial.Serial(path, 115200, timeout=0.05)
        self.seen = b""

    def close(self):
        self.port.close()

    def write(self, octets):
        self.port.write(octets)

    def read_until(self, pattern, timeout=PATIENCE_S):
        """Returns what came up to and with the first match; what is behind it stays for the next call."""
        expression = re.compile(pattern, re.DOTALL)
        deadline = time.monotonic() + timeout
        while True:
            match = expression.search(self.seen)
            if match:
                taken, self.seen = self.seen[:match.end()], self.seen[match.end():]
                return taken
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {timeout} s for {pattern!r}, have {self.seen!r}")
            self.seen += self.port.read(self.port.in_waiting or 1)

    def command(self, line, timeout=PATIENCE_S):
        """Sends one command line and returns everything up to its final result."""
        self.write(line.encode() + b"\r")
        return self.read_until(rb"\r\n(OK|ERROR|NO CARRIER|\+CME ERROR: [^\r]*)\r\n", timeout)

    def ok(self, line, timeout=PATIENCE_S):
        answer = self.command(line, timeout)
        assert answer.endswith(b"\r\nOK\r\n"), f"{line}: {answer!r}"
        return answer

    def urc(self, prefix, timeout=PATIENCE_S):
        """The next URC of that name, without its framing; other URCs before it are passed over."""
        taken = self.read_until(rb"\r\n" + re.escape(prefix.encode()) + rb"[^\r]*\r\n", timeout)
        return taken.strip().rsplit(b"\r\n", 1)[-1]

    def silence(self, seconds):
        """What the modem says although nothing is expected."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.seen += self.port.read(self.port.in_waiting or 1)
        return self.seen


class Vmodem:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([VMODEM, "--json", *map(str, arguments)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        readable, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        line = self.process.stdout.readline() if readable else b""
        if not line:
            self.process.kill()
            raise AssertionError(f"vmodem did not get ready: {self.process.communicate()[1].decode()}")
        self.ready = json.loads(line)
        self.hosts = []

    def host(self):
        host = Host(self.ready["pty"])
        self.hosts.append(host)
        return host

    def stop(self):
        """Ends the program as a user does; returns its exit code and what it said on stderr."""
        for host in self.hosts:
            host.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, errors.decode()


@pytest.fixture
def vmodem():
    """Starts modems; each must end cleanly, sanitizers included."""
    started = []

    def start(*arguments):
        started.append(Vmodem(*arguments))
        return started[-1]

    yield start
    for modem in started:
        if modem.process.stdout.closed:
            continue
        code, errors = modem.stop()
        assert code == 0, errors


# Below the ports that the system gives to sockets of their own accord.
_ports = itertools.count(20000 + os.getpid() % 300 * 40)
_claims = []


def claim(port):
    """Whether no other run or worker has this port; the claim ends with this process."""
    token = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        token.bind(f"\0vmodem-e2e-{port}")
    except OSError:
        token.close()
        return False
    _claims.append(token)
    return True


def free_port():
    """A UDP port whose successor is free too: libcoap's servers take both."""
    while True:
        port, successor = next(_ports), next(_ports)
        if not claim(port) or not claim(successor):
            continue
        with contextlib.ExitStack() as stack:
            try:
                for candidate in (port, successor):
                    probe = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
                    probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return port


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def answers_ping(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.2)
        probe.connect(("127.0.0.1", port))
        try:
            probe.send(bytes.fromhex("40000001"))
            return probe.recv(64)[:1] == b"\x70"
        except OSError:
            return False


@pytest.fixture
def coap_server():
    """libcoap's example server; start(*arguments) returns its port."""
    processes = []

    def start(*arguments, program="coap-server-notls"):
        port = free_port()
        processes.append(subprocess.Popen([program, "-A", "127.0.0.1", "-p", str(port), *arguments],
                                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        deadline = time.monotonic() + PATIENCE_S
        while not answers_ping(port):
            assert processes[-1].poll() is None, f"{program} ended at once"
            assert time.monotonic() < deadline, f"{program} does not answer"
        return port

    yield start
    for process in processes:
        end(process)
