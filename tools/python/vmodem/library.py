"""libvmodem.so as vmodem.h declares it."""
from __future__ import annotations

import ctypes
import functools
import os
from typing import Any

from . import finding
from .errors import LibraryMissing

NEVER = 2**63 - 1
TAKE_SIZE = 4096


class _Datagram(ctypes.Structure):
    _fields_ = [("session", ctypes.c_uint32), ("host", ctypes.c_char_p), ("port", ctypes.c_uint16),
                ("octets", ctypes.POINTER(ctypes.c_uint8)), ("size", ctypes.c_size_t)]


class _Query(ctypes.Structure):
    _fields_ = [("number", ctypes.c_uint32), ("question", ctypes.c_int), ("host", ctypes.c_char_p)]


_HANDLE = ctypes.c_void_p
_INSTANT = ctypes.c_int64
_TEXT = ctypes.POINTER(ctypes.c_void_p)  # of a text of its own
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "vmodem_version": (ctypes.c_char_p, []),
    "vmodem_free": (None, [ctypes.c_void_p]),
    "vmodem_create": (_HANDLE, [ctypes.c_char_p, _TEXT]),
    "vmodem_destroy": (None, [_HANDLE]),
    "vmodem_feed": (ctypes.c_size_t, [_HANDLE, _INSTANT, ctypes.c_char_p, ctypes.c_size_t]),
    "vmodem_take": (ctypes.c_size_t, [_HANDLE, ctypes.c_void_p, ctypes.c_size_t]),
    "vmodem_deadline": (_INSTANT, [_HANDLE]),
    "vmodem_advance": (None, [_HANDLE, _INSTANT]),
    "vmodem_perform": (ctypes.c_bool, [_HANDLE, _INSTANT, ctypes.c_char_p, _TEXT]),
    "vmodem_request": (ctypes.c_int, [_HANDLE, _INSTANT, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, _TEXT]),
    "vmodem_journal": (ctypes.c_char_p, [_HANDLE]),
    "vmodem_take_datagram": (ctypes.c_bool, [_HANDLE, ctypes.POINTER(_Datagram)]),
    "vmodem_feed_datagram": (ctypes.c_bool, [_HANDLE, _INSTANT, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_size_t]),
    "vmodem_take_query": (ctypes.c_bool, [_HANDLE, ctypes.POINTER(_Query)]),
    "vmodem_answer_query": (ctypes.c_bool, [_HANDLE, _INSTANT, ctypes.c_uint32, ctypes.c_char_p]),
}


@functools.lru_cache(maxsize=None)
def _load(path: str) -> ctypes.PyDLL:
    try:
        # Keeps the interpreter lock: a modem is used by one thread at a time, whatever threads a host has.
        library = ctypes.PyDLL(path)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise LibraryMissing(f"{path} is no libvmodem.so of this version: {error}") from error
    return library


class Library:
    """One modem of the library. Instants are nanoseconds since it was made."""

    def __init__(self, configuration: str, path: str | os.PathLike[str] | None = None) -> None:
        self._c = _load(os.fspath(finding.library(path)))
        error = ctypes.c_void_p()
        self._handle: int | None = self._c.vmodem_create(configuration.encode(), ctypes.byref(error))
        if not self._handle:
            raise ValueError(self._text(error))
        self._octets = ctypes.create_string_buffer(TAKE_SIZE)

    def destroy(self) -> None:
        if self._handle:
            self._c.vmodem_destroy(self._handle)
            self._handle = None

    def feed(self, now: int, octets: bytes) -> int:
        return int(self._c.vmodem_feed(self._modem, now, octets, len(octets)))

    def take(self) -> bytes:
        taken = bytearray()
        while size := self._c.vmodem_take(self._modem, self._octets, TAKE_SIZE):
            taken += self._octets.raw[:size]
        return bytes(taken)

    def deadline(self) -> int | None:
        instant = int(self._c.vmodem_deadline(self._modem))
        return None if instant == NEVER else instant

    def advance(self, now: int) -> None:
        self._c.vmodem_advance(self._modem, now)

    def perform(self, now: int, fault: str) -> str:
        """Why not; empty: it is done."""
        error = ctypes.c_void_p()
        done = self._c.vmodem_perform(self._modem, now, fault.encode(), ctypes.byref(error))
        return "" if done else self._text(error)

    def request(self, now: int, method: str, target: str, body: str | None) -> tuple[int, str]:
        text = ctypes.c_void_p()
        status = self._c.vmodem_request(self._modem, now, method.encode(), target.encode(),
                                        None if body is None else body.encode(), ctypes.byref(text))
        return int(status), self._text(text)

    def journal(self) -> str | None:
        line: bytes | None = self._c.vmodem_journal(self._modem)
        return None if line is None else line.decode()

    def take_datagram(self) -> tuple[int, str, int, bytes] | None:
        """The session, the host, the port and the octets."""
        found = _Datagram()
        if not self._c.vmodem_take_datagram(self._modem, ctypes.byref(found)):
            return None
        return found.session, found.host.decode(), found.port, ctypes.string_at(found.octets, found.size)

    def feed_datagram(self, now: int, session: int, octets: bytes) -> bool:
        return bool(self._c.vmodem_feed_datagram(self._modem, now, session, octets, len(octets)))

    def take_query(self) -> tuple[int, int, str] | None:
        """The number, the question and the host."""
        found = _Query()
        if not self._c.vmodem_take_query(self._modem, ctypes.byref(found)):
            return None
        return found.number, found.question, found.host.decode()

    def answer_query(self, now: int, number: int, answer: str | None) -> bool:
        octets = None if answer is None else answer.encode()
        return bool(self._c.vmodem_answer_query(self._modem, now, number, octets))

    @property
    def _modem(self) -> int:
        if not self._handle:
            raise ValueError("the modem has been closed")
        return self._handle

    def _text(self, pointer: ctypes.c_void_p) -> str:
        if not pointer.value:
            return ""
        try:
            return ctypes.string_at(pointer.value).decode()
        finally:
            self._c.vmodem_free(pointer)
