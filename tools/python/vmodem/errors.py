"""What can go wrong, each with what would be right."""
from __future__ import annotations

from typing import Any


class VmodemError(Exception):
    """Something that vmodem, or this package, could not do."""


class ProgramMissing(VmodemError):
    """There is no program vmodem."""


class LibraryMissing(VmodemError):
    """There is no libvmodem.so."""


class StartFailed(VmodemError):
    """The modem did not start, as with a configuration that it does not understand."""


class BadEnd(VmodemError):
    """The modem ended by itself, or not well."""


class NothingHappens(VmodemError):
    """In process: what is waited for never comes, since nothing is left to happen."""


class PortError(OSError, VmodemError):
    """The serial port is closed or gone; an OSError as pyserial's SerialException is."""


class CommandFailed(VmodemError):
    """A command has another final result than OK."""

    def __init__(self, line: str, result: str, lines: list[str]) -> None:
        super().__init__(f"{line}: {result}")
        self.line, self.result, self.lines = line, result, lines


class Problem(VmodemError):
    """The control interface refuses a request; the members are those of its problem document (RFC 9457)."""

    def __init__(self, status: int, document: dict[str, Any]) -> None:
        self.status = status
        self.title: str = document.get("title") or f"status {status}"
        self.detail: str = document.get("detail") or ""
        self.field: str | None = document.get("field")
        self.right: str | None = document.get("right")
        super().__init__(str(self))

    def __str__(self) -> str:
        text = self.title
        if self.detail:
            text += f": {self.detail}"
        if self.field and self.field not in self.detail:
            text += f" (member {self.field})"
        if self.right:
            text += f"; right would be: {self.right}"
        return text
