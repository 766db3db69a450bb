"""A serial port as pyserial's Serial has it, as far as a host at a modem uses one."""
from __future__ import annotations

import abc
import os
import select
import termios
import time
import tty
from collections.abc import Iterator
from typing import Union

from .errors import PortError

TIMEOUT_S = 10.0
READ_SIZE = 4096
Octets = Union[bytes, bytearray, memoryview]


class Port(abc.ABC):
    """Reads end when they have what was asked for or the time-out is over: what there is then is returned.
    None waits for ever, 0 not at all. A host may be handed it in the place of a serial.Serial."""

    def __init__(self, name: str) -> None:
        self.name = self.port = name
        self.timeout: float | None = TIMEOUT_S
        self.write_timeout: float | None = TIMEOUT_S
        self.baudrate = 115200
        self.is_open = True
        self._read = bytearray()

    @abc.abstractmethod
    def now(self) -> float:
        """The time that time-outs are of, in seconds."""

    @abc.abstractmethod
    def _receive(self, deadline: float | None) -> bytes:
        """What has come, at once or when it comes; nothing: the deadline has passed."""

    @abc.abstractmethod
    def _send(self, octets: memoryview, deadline: float | None) -> int:
        """How many were taken; none: the deadline has passed."""

    @property
    def in_waiting(self) -> int:
        self._check()
        while octets := self._receive(self.now()):
            self._read += octets
        return len(self._read)

    def read(self, size: int = 1) -> bytes:
        self._check()
        deadline = self._deadline(self.timeout)
        while len(self._read) < size and self._fill(deadline):
            pass
        return self._take(size)

    def read_all(self) -> bytes:
        return self._take(self.in_waiting)

    def read_until(self, expected: bytes = b"\n", size: int | None = None) -> bytes:
        """Up to and with `expected`, or `size` octets."""
        self._check()
        deadline = self._deadline(self.timeout)
        while True:
            found = self._read.find(expected)
            end = found + len(expected) if found >= 0 else None
            if size is not None and len(self._read) >= size:
                end = size if end is None else min(end, size)
            if end is not None:
                return self._take(end)
            if not self._fill(deadline):
                return self._take(len(self._read))

    def readline(self, size: int = -1, /) -> bytes:
        return self.read_until(b"\n", None if size < 0 else size)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def write(self, octets: Octets, /) -> int:
        self._check()
        rest = memoryview(octets)
        deadline = self._deadline(self.write_timeout)
        while rest:
            taken = self._send(rest, deadline)
            if taken == 0:
                raise PortError(f"the modem has taken {len(octets) - len(rest)} of {len(octets)} octets "
                                f"in {self.write_timeout} s")
            rest = rest[taken:]
        return len(octets)

    def flush(self) -> None:
        self._check()

    def reset_input_buffer(self) -> None:
        self._take(self.in_waiting)

    def reset_output_buffer(self) -> None:
        self._check()

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        self.is_open = False

    def __enter__(self) -> Port:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __fspath__(self) -> str:
        return self.name

    def put_back(self, octets: bytes) -> None:
        """The next read begins with these."""
        self._read[:0] = octets

    def _fill(self, deadline: float | None) -> bool:
        octets = self._receive(deadline)
        self._read += octets
        return bool(octets)

    def _take(self, size: int) -> bytes:
        taken = bytes(self._read[:size])
        del self._read[:size]
        return taken

    def _deadline(self, timeout: float | None) -> float | None:
        return None if timeout is None else self.now() + timeout

    def _check(self) -> None:
        if not self.is_open:
            raise PortError(f"the port {self.name} is closed")


class PtyPort(Port):
    """A PTY, in raw mode."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self._fd)

    def fileno(self) -> int:
        self._check()
        return self._fd

    def close(self) -> None:
        if self.is_open:
            super().close()
            os.close(self._fd)

    def reset_input_buffer(self) -> None:
        self._check()
        termios.tcflush(self._fd, termios.TCIFLUSH)
        self._read.clear()

    def now(self) -> float:
        return time.monotonic()

    def _receive(self, deadline: float | None) -> bytes:
        if not self._is_ready(select.POLLIN, deadline):
            return b""
        try:
            octets = os.read(self._fd, READ_SIZE)
        except OSError as error:
            raise PortError(f"the port {self.name} is gone: {error.strerror}") from error
        if not octets:
            raise PortError(f"the port {self.name} is gone")
        return octets

    def _send(self, octets: memoryview, deadline: float | None) -> int:
        if not self._is_ready(select.POLLOUT, deadline):
            return 0
        try:
            return os.write(self._fd, octets)
        except OSError as error:
            raise PortError(f"the port {self.name} is gone: {error.strerror}") from error

    def _is_ready(self, event: int, deadline: float | None) -> bool:
        poll = select.poll()
        poll.register(self._fd, event)
        rest = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
        return bool(poll.poll(rest))
