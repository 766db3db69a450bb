"""Processes of a session as /proc has them: their threads, and what each waits for.

Whatever cannot be read, or is not understood, is an Uncertain: whoever asks must not conclude anything.
"""
import dataclasses
import os
import pathlib

from host_sweep.waits import MACHINE_OF_ELF, wait_of, watched_by_epoll

PROC = pathlib.Path("/proc")
# Signals whose handler says that a timer may end a wait: SIGALRM, SIGIO, and the real-time ones that a
# C library does not need itself.
TIMER_SIGNALS = {14, 29, *range(34, 65)}


class Uncertain(Exception):
    """Nothing can be said."""


def read(path):
    try:
        return path.read_text(errors="replace")
    except OSError as error:
        raise Uncertain(str(error)) from error


@dataclasses.dataclass(frozen=True)
class Process:
    pid: int
    state: str
    parent: int
    session: int
    start: int  # in ticks of the system

    @property
    def has_ended(self):
        return self.state in ("Z", "X")


def parse_stat(pid, text):
    """Of a stat file, whose name in parentheses may contain anything."""
    fields = text.rpartition(")")[2].split()
    return Process(pid, fields[0], int(fields[1]), int(fields[3]), int(fields[19]))


def process_of(pid):
    return parse_stat(pid, read(PROC / str(pid) / "stat"))


def all_processes():
    """Read as cheaply as can be: there may be thousands."""
    for name in os.listdir(PROC):
        if not name.isdigit():
            continue
        try:
            descriptor = os.open(f"/proc/{name}/stat", os.O_RDONLY)
        except OSError:
            continue  # it has ended meanwhile
        try:
            yield parse_stat(int(name), os.read(descriptor, 4096).decode(errors="replace"))
        except OSError:
            continue
        finally:
            os.close(descriptor)


def members_of(session):
    """The processes of a session. One that was started in it and has left it is uncertain."""
    table = list(all_processes())
    members = {one.pid for one in table if one.session == session and not one.has_ended}
    if any(one.parent in members and one.session != session for one in table):
        raise Uncertain("a child has a session of its own")
    return members


def heirs_of(leader, mark):
    """All that the leader of a session has started. What has left the session has the mark in its
    environment."""
    for one in all_processes():
        if one.has_ended or one.start < leader.start:
            continue
        if one.session == leader.pid or has_in_environment(one.pid, mark):
            yield one


def has_in_environment(pid, mark):
    try:
        return mark.encode() in (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False  # another user's, or it has ended


def may_have_timer(pid):
    caught = next(line.split()[1] for line in read(PROC / str(pid) / "status").splitlines()
                  if line.startswith("SigCgt:"))
    signals = {bit + 1 for bit in range(64) if int(caught, 16) >> bit & 1}
    return bool(signals & TIMER_SIGNALS) or bool(read(PROC / str(pid) / "timers").strip())


def machine_of(pid):
    try:
        with open(PROC / str(pid) / "exe", "rb") as program:
            head = program.read(20)
    except OSError as error:
        raise Uncertain(str(error)) from error
    is_64_bit = head[:5] == b"\x7fELF\x02"
    return MACHINE_OF_ELF.get(int.from_bytes(head[18:20], "little"), "") if is_64_bit else ""


def switches_of(status):
    return sum(int(line.split()[1]) for line in status.splitlines() if "_ctxt_switches:" in line)


def glance(pid, tid):
    """What is the same as long as a thread does not run: its system call, and how often it has run."""
    folder = PROC / str(pid) / "task" / str(tid)
    line = read(folder / "syscall")
    return line, switches_of(read(folder / "status"))


def thread_wait(pid, tid, line):
    def memory(address, size):
        try:
            with open(PROC / str(pid) / "task" / str(tid) / "mem", "rb", buffering=0) as file:
                file.seek(address)
                octets = file.read(size)
        except (OSError, ValueError, OverflowError) as error:
            raise Uncertain(str(error)) from error
        if len(octets) != size:
            raise Uncertain("its memory ends")
        return octets

    wait = wait_of(line, machine_of(pid), memory)
    if wait is None:
        raise Uncertain("it may go on by itself")
    return wait


def descriptors_of(pid, wait):
    if wait.epoll is None:
        return wait.descriptors
    watched = watched_by_epoll(read(PROC / str(pid) / "fdinfo" / str(wait.epoll)))
    if watched is None:
        raise Uncertain("it waits to write")
    return watched


def target_of(pid, descriptor):
    """What /proc calls it, and the number of the device."""
    path = PROC / str(pid) / "fd" / str(descriptor)
    try:
        return os.readlink(path), os.stat(path).st_rdev
    except OSError as error:
        raise Uncertain(str(error)) from error


def tasks_of(pid):
    """The threads that have not ended, all of which sleep: one that is stopped may have what it waited for."""
    try:
        names = os.listdir(PROC / str(pid) / "task")
    except OSError as error:
        raise Uncertain(str(error)) from error
    for name in names:
        task = parse_stat(pid, read(PROC / str(pid) / "task" / name / "stat"))
        if task.has_ended:
            continue
        if task.state != "S":
            raise Uncertain("it does not sleep")
        yield int(name)
