"""Whether a host waits for ever: it is blocked, and the module has nothing left to say.

Nothing is concluded from silence. A host is told to be blocked where every thread of its session stands
in a system call that only input can end (waits.py), where that input is the module's port or comes from
within the session, and where the module is idle (`is_idle` of GET /state/clock). All of that holds
before and behind a while in which no thread has run: what was under way between the two has arrived.
Wherever this is not to be seen, the host has the time that it has.
"""
import dataclasses
import os
import select
import stat
import termios
import time

from host_sweep import processes, socket_pairs
from host_sweep.processes import Uncertain

STILL_S = 0.1
PAUSE_MAX_S = 2.0


@dataclasses.dataclass(frozen=True)
class Picture:
    """Equal to a later one where no thread has run in between."""
    threads: frozenset
    waits_for_port: bool


class Watch:
    """`ask()` gives the module's clock as GET /state/clock does, or None. `mark` is in the environment
    of all that the host has started."""

    def __init__(self, pid, link, ask, mark):
        self.pid, self.link, self.ask, self.mark = pid, link, ask, mark
        self.glance = self.clock = self.picture = None
        self.since = self.pause_until = self.pause = 0.0

    def look(self):
        """What it waits for, if it does so for ever; else nothing. To be called again and again."""
        now = time.monotonic()
        if now < self.pause_until:
            return ""
        try:
            return self._look(now)
        except Uncertain:
            self._forget()
            return ""

    def _forget(self):
        self.picture = None

    def _look(self, now):
        glance = processes.glance(self.pid, self.pid)
        if glance != self.glance:
            self.glance, self.pause = glance, 0.0
            self._forget()
            return ""
        processes.thread_wait(self.pid, self.pid, glance[0])
        clock = self.ask()
        if clock is None or not clock.get("is_idle") or clock != self.clock:
            self.clock = clock
            self._forget()
            return ""
        return self._compare(now)

    def _compare(self, now):
        try:
            picture = take(self.pid, self.link)
        except Uncertain:
            # All processes of the machine are looked at: not twenty times a second.
            self.pause = min(max(2 * self.pause, 0.1), PAUSE_MAX_S)
            self.pause_until = now + self.pause
            raise
        if picture != self.picture:
            self.picture, self.since = picture, now
            return ""
        if now - self.since < STILL_S or has_input(self.link):
            return ""
        if any(one.session != self.pid for one in processes.heirs_of(processes.process_of(self.pid), self.mark)):
            raise Uncertain("something that it has started may write to the port")
        return "for the port" if picture.waits_for_port else "for itself"


def take(session, link):
    threads = set()
    waits_for_port = False
    port = port_device(link)
    for pid in processes.members_of(session):
        if processes.may_have_timer(pid):
            raise Uncertain("a timer may end it")
        for tid in processes.tasks_of(pid):
            glance = processes.glance(pid, tid)
            wait = processes.thread_wait(pid, tid, glance[0])
            for descriptor in processes.descriptors_of(pid, wait):
                is_port = is_own_port(pid, descriptor, port)
                waits_for_port = waits_for_port or is_port
                if is_port and wait.call == "read" and ends_by_itself(link):
                    raise Uncertain("the terminal ends it")
            threads.add((pid, tid, glance))
    return Picture(frozenset(threads), waits_for_port)


def port_device(link):
    try:
        return os.stat(link).st_rdev
    except OSError:
        return None  # a port that goes with the module's power


def is_own_port(pid, descriptor, port):
    """True: the module's port. False: what nobody else writes to."""
    name, device = processes.target_of(pid, descriptor)
    if port is not None and device == port and name.startswith("/dev/pts/"):
        return True
    if name.startswith("pipe:[") or name == "anon_inode:[eventfd]":
        return False  # without a name: both ends are in the session
    if socket_pairs.is_within(pid, name):
        return False
    raise Uncertain(f"it waits for {name}")


class Port:
    """The host's end, opened beside it. The module holds one open too: nobody notices."""

    def __init__(self, link):
        self.link = link

    def __enter__(self):
        try:
            self.descriptor = os.open(self.link, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError as error:
            raise Uncertain(str(error)) from error
        if not stat.S_ISCHR(os.fstat(self.descriptor).st_mode):
            os.close(self.descriptor)
            raise Uncertain("no terminal")
        return self.descriptor

    def __exit__(self, *_):
        os.close(self.descriptor)


def has_input(link):
    """By poll(2), which takes in what is still under way in the kernel."""
    if port_device(link) is None:
        return False
    with Port(link) as port:
        poll = select.poll()
        poll.register(port, select.POLLIN)
        return bool(poll.poll(0))


def ends_by_itself(link):
    """termios(3): VTIME ends a read()."""
    with Port(link) as port:
        try:
            mode = termios.tcgetattr(port)
        except termios.error as error:
            raise Uncertain(str(error)) from error
    octets = mode[6]
    is_timed = octets[termios.VTIME] not in (0, b"\0") or octets[termios.VMIN] in (0, b"\0")
    return not mode[3] & termios.ICANON and is_timed
