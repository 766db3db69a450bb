"""A host of one run: started in a session of its own, watched, and ended with all that it has started."""
import contextlib
import dataclasses
import os
import selectors
import signal
import subprocess
import time

from host_sweep import processes

LOOK_S = 0.05
OUTPUT_SIZE_MAX = 64 * 1024


class Interrupted(Exception):
    """The sweep is to end."""


@dataclasses.dataclass
class Outcome:
    how: str  # ended, killed, blocked, timeout or start: it cannot be started
    status: int = 0
    text: str = ""
    output: bytes = b""  # the end of it


def mark_of(port):
    """What the environment of a host has, and of all that it starts."""
    return f"VMODEM_PORT={port}"


class Host:
    def __init__(self, command, port):
        self.mark = mark_of(port)
        environment = {**os.environ, "VMODEM_PORT": port}
        self.process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        start_new_session=True)
        self.leader = processes.process_of(self.pid)  # a zombie at worst: nobody has waited for it
        self.output = b""
        self.pipe = self.process.stdout.fileno()
        os.set_blocking(self.pipe, False)

    @property
    def pid(self):
        return self.process.pid

    def read_output(self):
        """What there is, of which the end is kept; false at the end."""
        for _ in range(256):  # a host that writes all the time must not keep its end from its turn
            try:
                octets = os.read(self.pipe, OUTPUT_SIZE_MAX)
            except BlockingIOError:
                return True
            if not octets:
                return False
            self.output = (self.output + octets)[-OUTPUT_SIZE_MAX:]
        return True

    def end(self):
        """With all that it has started, in its process group or not."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()
        for heir in list(processes.heirs_of(self.leader, self.mark)):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(heir.pid, signal.SIGKILL)
        self.read_output()
        self.process.stdout.close()


def watch(host, limit, look, is_stopping):
    """How it goes with the host. `look()` says what it waits for where it does so for ever."""
    deadline = time.monotonic() + limit
    with selectors.DefaultSelector() as selector, contextlib.ExitStack() as stack:
        end = os.pidfd_open(host.pid)
        stack.callback(os.close, end)
        selector.register(end, selectors.EVENT_READ)
        selector.register(host.pipe, selectors.EVENT_READ)
        while (rest := deadline - time.monotonic()) > 0:
            if is_stopping():
                raise Interrupted
            ready = {key.fd for key, _ in selector.select(min(LOOK_S, rest))}
            if host.pipe in ready and not host.read_output():
                selector.unregister(host.pipe)
            if end in ready:
                status = host.process.wait()
                return Outcome("killed" if status < 0 else "ended", status)
            if not ready and (what := look()):
                return Outcome("blocked", text=what)
    return Outcome("timeout")


def run(command, port, limit, make_look, is_stopping):
    """`make_look(pid)` gives the look of watch()."""
    try:
        host = Host(command, port)
    except OSError as error:
        return Outcome("start", text=str(error))
    try:
        outcome = watch(host, limit, make_look(host.pid), is_stopping)
    finally:
        host.end()
    outcome.output = host.output
    return outcome
