"""Processes of a session as /proc has them: their threads, and what each waits for.

Whatever cannot be read, or is not understood, is an Uncertain: whoever asks must not conclude anything.
"""
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


def stat_fields(text):
    """State, parent, group and session of a stat file, whose name in parentheses may contain anything."""
    state, parent, group, session = text.rpartition(")")[2].split()[:4]
    return state, int(parent), int(group), int(session)


def all_processes():
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            yield int(folder.name), *stat_fields((folder / "stat").read_text(errors="replace"))
        except (OSError, ValueError):
            continue  # it has ended meanwhile


def members_of(session):
    """The processes of a session. One that was started in it and has left it is uncertain."""
    table = list(all_processes())
    members = {pid for pid, state, _, _, its in table if its == session and state not in "ZX"}
    if any(parent in members and its != session for _, _, parent, _, its in table):
        raise Uncertain("a child has a session of its own")
    return members


def heirs_of(session, mark):
    """All that was started in a session, what has left it included: its environment has the mark."""
    for pid, state, _, _, its in all_processes():
        if state in "ZX":
            continue
        if its == session or has_in_environment(pid, mark):
            yield pid, its


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
    """The threads that have not ended."""
    try:
        names = os.listdir(PROC / str(pid) / "task")
    except OSError as error:
        raise Uncertain(str(error)) from error
    for name in names:
        state = stat_fields(read(PROC / str(pid) / "task" / name / "stat"))[0]
        if state not in "ZX":
            yield int(name)
