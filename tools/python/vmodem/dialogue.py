"""A host's side of the AT dialogue, for tests that talk to the modem themselves."""
from __future__ import annotations

import collections
import re

from .errors import CommandFailed
from .port import Port

URCS_MAX = 256
FINAL = re.compile(r"OK|ERROR|\+CM[ES] ERROR:.*|NO CARRIER")
NAME = re.compile(r"AT(\+\w+)", re.IGNORECASE)


class Dialogue:
    """Lines are without their framing. What comes while a command runs and does not begin as its own answer
    does waits for urc()."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._waiting: collections.deque[str] = collections.deque(maxlen=URCS_MAX)

    def command(self, line: str, timeout: float) -> list[str]:
        """The lines in front of OK, without the echo; CommandFailed upon another final result."""
        self._port.write(line.encode() + b"\r")
        lines: list[str] = []
        deadline = self._port.now() + timeout
        while True:
            text = self._line(deadline, f"a final result of {line}", lines)
            if FINAL.fullmatch(text):
                break
            if text != line:
                lines.append(text)
        own = NAME.match(line)
        answer = f"{own[1].upper()}:" if own else None
        self._waiting += [text for text in lines if answer is None or not text.startswith(answer)]
        if text != "OK":
            raise CommandFailed(line, text, lines)
        return lines

    def urc(self, beginning: str, timeout: float) -> str:
        """The next line that begins so; others in front of it are passed over."""
        passed: list[str] = []
        deadline = self._port.now() + timeout
        while self._waiting:
            if (text := self._waiting.popleft()).startswith(beginning):
                return text
            passed.append(text)
        while not (text := self._line(deadline, beginning, passed)).startswith(beginning):
            passed.append(text)
        return text

    def _line(self, deadline: float, wanted: str, so_far: list[str]) -> str:
        """The next that is not empty."""
        before = self._port.timeout
        try:
            while True:
                self._port.timeout = max(0.0, deadline - self._port.now())
                octets = self._port.read_until(b"\n")
                if not octets.endswith(b"\n"):
                    self._port.put_back(octets)
                    said = so_far + ([repr(octets)] if octets else [])
                    raise TimeoutError(f"waited in vain for {wanted}; the module said {said or 'nothing'}")
                if text := octets.decode(errors="replace").strip("\r\n"):
                    return text
        finally:
            self._port.timeout = before
