"""Whether a thread waits without an end, told by the system call that it is in.

In:  a line of /proc/PID/task/TID/syscall (proc(5)), and the thread's memory.
Out: what it waits for; or nothing, where it is not certain that only that can end the wait.
"""
import dataclasses
import struct

CALLS = {
    "x86_64": {0: "read", 7: "poll", 19: "read", 23: "select", 61: "wait4", 202: "futex", 232: "epoll",
               247: "waitid", 270: "select", 271: "ppoll", 281: "epoll", 441: "epoll2"},
    "aarch64": {22: "epoll", 63: "read", 65: "read", 72: "select", 73: "ppoll", 95: "waitid", 98: "futex",
                260: "wait4", 441: "epoll2"},
}
MACHINE_OF_ELF = {62: "x86_64", 183: "aarch64"}

FUTEX_WAITS = {0, 6, 9, 11, 13}  # linux/futex.h: WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2
FUTEX_COMMAND = 0x7F
OUTPUT_EVENTS = 0x0004 | 0x0100  # POLLOUT, POLLWRNORM; epoll's have the same values
DESCRIPTORS_MAX = 1024


@dataclasses.dataclass(frozen=True)
class Wait:
    """Nothing but this ends it: input at `descriptors`, or what is set up in the epoll descriptor
    `epoll`; without either another thread or a child."""
    call: str
    descriptors: tuple = ()
    epoll: int | None = None


def wait_of(line, machine, memory):
    """`memory(address, size)` gives octets. None: it runs, or its wait may end by itself."""
    words = line.split()
    name = CALLS.get(machine, {}).get(int(words[0])) if words and words[0].isdigit() else None
    if name is None or len(words) < 7:
        return None
    return READERS[name](name, [int(word, 16) for word in words[1:7]], memory)


def _is_negative(word):
    return bool(word & 0x80000000)  # as an int


def _read(name, words, _memory):
    return Wait(name, (_descriptor(words[0]),))


def _poll(name, words, memory):
    return _polled(name, words, memory) if _is_negative(words[2]) else None


def _ppoll(name, words, memory):
    return _polled(name, words, memory) if words[2] == 0 else None


def _polled(name, words, memory):
    if words[1] > DESCRIPTORS_MAX:
        return None
    rows = list(struct.iter_unpack("=ihh", memory(words[0], words[1] * 8)))
    if any(descriptor >= 0 and events & OUTPUT_EVENTS for descriptor, events, _ in rows):
        return None
    return Wait(name, tuple(descriptor for descriptor, _, _ in rows if descriptor >= 0))


def _select(name, words, memory):
    count, reading, writing, special, end = words[:5]
    if end != 0 or count > DESCRIPTORS_MAX:
        return None
    if any(_members(address, count, memory) for address in (writing, special)):
        return None
    return Wait(name, _members(reading, count, memory))


def _members(address, count, memory):
    if address == 0 or count == 0:
        return ()
    octets = memory(address, (count + 63) // 64 * 8)
    return tuple(i for i in range(count) if octets[i // 8] >> i % 8 & 1)


def _epoll(name, words, _memory):
    return Wait(name, epoll=_descriptor(words[0])) if _is_negative(words[3]) else None


def _epoll2(name, words, _memory):
    return Wait(name, epoll=_descriptor(words[0])) if words[3] == 0 else None


def _futex(name, words, _memory):
    return Wait(name) if words[1] & FUTEX_COMMAND in FUTEX_WAITS and words[3] == 0 else None


def _child(name, _words, _memory):
    return Wait(name)


def _descriptor(word):
    return word & 0xFFFFFFFF


READERS = {"read": _read, "poll": _poll, "ppoll": _ppoll, "select": _select, "epoll": _epoll,
           "epoll2": _epoll2, "futex": _futex, "wait4": _child, "waitid": _child}


def watched_by_epoll(fdinfo):
    """The descriptors in /proc/PID/fdinfo/N of an epoll descriptor; None: one is waited on for output."""
    found = []
    for line in fdinfo.splitlines():
        if line.startswith("tfd:"):
            words = line.split()
            if int(words[3], 16) & OUTPUT_EVENTS:
                return None
            found.append(int(words[1]))
    return tuple(found)
