"""When tools/sweep says that a host waits for ever: hosts on a terminal that nobody answers at."""
import contextlib
import os
import select
import signal
import subprocess
import sys
import time
import tty

import pytest
from conftest import PATIENCE_S, ROOT

sys.path.insert(0, str(ROOT / "tools"))

from host_sweep import blocked, processes  # noqa: E402

LOOKS = 20
IDLE = {"now": 1.0, "is_idle": True}

# Writes a command and waits for its result, in one of several ways.
WAITING_HOST = """
import asyncio, os, select, signal, socket, subprocess, sys, termios, threading, time, tty
way = sys.argv[1]
if way == "child":
    sys.exit(subprocess.call([sys.executable, "-c", sys.argv[2], "read"]))
port = os.open(os.environ["VMODEM_PORT"], os.O_RDWR | os.O_NOCTTY)
tty.setraw(port)
seen = b""

def read():
    global seen
    seen += os.read(port, 64)

def poll(timeout):
    poll = select.poll()
    poll.register(port, select.POLLIN)
    if poll.poll(timeout):
        read()
        return True
    os.write(port, b"ATE0\\r")

def epoll(*others):
    epoll = select.epoll()
    for one in (port, *others):
        epoll.register(one, select.EPOLLIN)
    if port in dict(epoll.poll()):
        read()

def timed_read():
    mode = termios.tcgetattr(port)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 0, 15
    termios.tcsetattr(port, termios.TCSANOW, mode)
    while b"OK" not in seen:
        octets = os.read(port, 64)
        if not octets:
            os.write(port, b"ATE0\\r")
        globals()["seen"] += octets

def alarmed_read():
    signal.signal(signal.SIGALRM, lambda *_: os.write(port, b"ATE0\\r"))
    signal.setitimer(signal.ITIMER_REAL, 1.5)
    read()

def asyncio_read():
    async def wait():
        arrived = asyncio.Event()
        asyncio.get_running_loop().add_reader(port, arrived.set)
        await arrived.wait()
    asyncio.run(wait())
    read()

def threaded_read():
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

def read_beside_a_sleeper():
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    read()

def read_beside_a_stranger():
    subprocess.Popen(["sleep", "60"], start_new_session=True)
    read()

pipe, _pipe_end = os.pipe()
stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
stranger.bind(("127.0.0.1", 0))
ways = {"read": read, "poll": lambda: poll(None), "timed-poll": lambda: poll(1500), "epoll": epoll,
        "select": lambda: select.select([port, pipe], [], []) and read(),
        "thread": threaded_read, "asyncio": asyncio_read, "sleeper": read_beside_a_sleeper,
        "stranger": read_beside_a_stranger, "daemon": read,
        "socket": lambda: epoll(stranger),
        "timed-read": timed_read, "alarm": alarmed_read, "asleep": lambda: time.sleep(60)}
if way == "daemon":
    subprocess.run(["setsid", "-f", "sleep", "60"])
os.write(port, b"ATE0\\r")
while b"OK" not in seen:
    ways[way]()
"""


class Waiting:
    """A host in its wait, and who looks at it."""

    def __init__(self, way, ask):
        self.master, self.slave = os.openpty()
        self.link = os.ttyname(self.slave)
        self.mark = f"VMODEM_PORT={self.link}"
        self.process = subprocess.Popen(
            [sys.executable, "-c", WAITING_HOST, way, WAITING_HOST], stdin=subprocess.DEVNULL,
            env={**os.environ, "VMODEM_PORT": self.link}, start_new_session=True)
        self.watch = blocked.Watch(self.process.pid, self.link, ask, self.mark)
        assert select.select([self.master], [], [], 3 * PATIENCE_S)[0], "no command"
        assert os.read(self.master, 64) == b"ATE0\r"

    def look(self):
        time.sleep(0.05)  # as often as a sweep does
        return self.watch.look()

    def end(self):
        for heir in list(processes.heirs_of(processes.process_of(self.process.pid), self.mark)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(heir.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def waiting():
    started = []

    def start(way, ask=lambda: IDLE):
        started.append(Waiting(way, ask))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.mark.parametrize("way", ["read", "poll", "select", "epoll", "asyncio", "thread", "child"])
def test_a_host_that_only_the_port_can_wake_waits_for_ever(waiting, way):
    host = waiting(way)
    deadline = time.monotonic() + 3 * PATIENCE_S
    while not (what := host.look()):
        assert time.monotonic() < deadline
    assert what == "for the port"


@pytest.mark.parametrize("way", ["timed-poll", "timed-read", "alarm", "sleeper", "stranger", "daemon", "socket",
                                 "asleep"])
def test_a_host_that_something_else_may_wake_does_not(waiting, way):
    host = waiting(way)
    assert [host.look() for _ in range(LOOKS)] == [""] * LOOKS


def test_no_host_waits_for_ever_while_the_module_may_say_something(waiting):
    instants = iter(range(1000))
    for ask in (lambda: None, lambda: {"now": 1.0, "is_idle": False},
                lambda: {"now": next(instants), "is_idle": True}):
        host = waiting("read", ask)
        assert [host.look() for _ in range(LOOKS)] == [""] * LOOKS


def test_a_host_that_is_stopped_may_go_on(waiting):
    host = waiting("read")
    os.kill(host.process.pid, signal.SIGSTOP)
    assert [host.look() for _ in range(LOOKS)] == [""] * LOOKS


def test_what_has_arrived_and_is_not_read_is_seen():
    master, slave = os.openpty()
    link = os.ttyname(slave)
    tty.setraw(slave)
    assert not blocked.has_input(link)
    os.write(master, b"O")
    assert blocked.has_input(link)
    os.close(master)
    os.close(slave)
