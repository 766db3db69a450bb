"""How requests reach a modem: one interface, whatever carries it."""
from __future__ import annotations

import contextlib
import http.client
import json
import socket
import time
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from .errors import BadEnd, Problem
from .values import Entry, Notice, parse

REQUEST_S = 60.0


class Backend(Protocol):
    def request(self, method: str, target: str, body: str | None) -> tuple[int, str]:
        """The status and the body of the answer."""

    def entries(self, since: int, kinds: Iterable[str]) -> list[Entry]:
        """Those that are kept behind `since`; no kinds: all."""

    def events(self, since: int | None, kinds: Iterable[str],
               timeout: float | None) -> Iterator[Entry | Notice]:
        """Those there are and those that come, until nothing has come for so long; None: for ever."""

    def wait(self, timeout: float, since: int, kinds: Iterable[str]) -> Iterator[Entry]:
        """Those there are behind `since` and those that come, until so much time has passed."""


def answer(backend: Backend, method: str, target: str, body: dict[str, Any] | None = None) -> Any:
    """What the answer's JSON says; Problem where it is a refusal."""
    status, text = backend.request(method, target, None if body is None else json.dumps(body))
    try:
        value = parse(text)
    except ValueError:
        value = {"detail": text}
    if status >= 400:
        raise Problem(status, value if isinstance(value, dict) else {})
    return value


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str, patience: float | None) -> None:
        super().__init__("localhost")
        self.path, self.patience = path, patience

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.patience)
        self.sock.connect(self.path)


class UnixBackend:
    """The Unix socket of `vmodem --control unix:PATH`."""

    def __init__(self, path: str) -> None:
        self.path = path

    def request(self, method: str, target: str, body: str | None) -> tuple[int, str]:
        with self._answered(method, target, body, REQUEST_S) as (response, _):
            return response.status, response.read().decode()

    def entries(self, since: int, kinds: Iterable[str]) -> list[Entry]:
        found = answer(self, "GET", _events_target(since, kinds) + "&follow=false")
        # One without a number tells how many have gone.
        return [Entry(entry) for entry in found if "number" in entry]

    def events(self, since: int | None, kinds: Iterable[str],
               timeout: float | None) -> Iterator[Entry | Notice]:
        target = _events_target(since or 0, kinds)
        with self._answered("GET", target, None, timeout) as (response, sock):
            if response.status != 200:
                problem = parse(response.read())
                raise Problem(response.status, problem)
            yield from _read_events(response, sock, timeout)

    def wait(self, timeout: float, since: int, kinds: Iterable[str]) -> Iterator[Entry]:
        deadline = time.monotonic() + timeout
        while (rest := deadline - time.monotonic()) > 0:
            for event in self.events(since, kinds, rest):
                if isinstance(event, Entry):
                    since = event.number
                    yield event
                if time.monotonic() >= deadline:
                    return

    @contextlib.contextmanager
    def _answered(self, method: str, target: str, body: str | None, patience: float | None
                  ) -> Iterator[tuple[http.client.HTTPResponse, socket.socket]]:
        connection = _Connection(self.path, patience)
        try:
            try:
                connection.request(method, target, body)
                sock = connection.sock
                response = connection.getresponse()
            except (FileNotFoundError, ConnectionError) as error:
                raise BadEnd(f"nobody answers at {self.path}: the modem has ended") from error
            with response:
                yield response, sock
        finally:
            connection.close()


def _events_target(since: int, kinds: Iterable[str]) -> str:
    names = ",".join(kinds)
    return f"/events?since={since}" + (f"&kind={names}" if names else "")


def _read_events(response: http.client.HTTPResponse, sock: socket.socket,
                 timeout: float | None) -> Iterator[Entry | Notice]:
    """text/event-stream (HTML §9.2); a comment shows that the other side lives, and is no event."""
    event: dict[str, str] = {}
    deadline = _deadline(timeout)
    while True:
        if deadline is not None:
            sock.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            line = response.readline().decode().rstrip("\n")
        except TimeoutError:
            return
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
            continue
        if response.isclosed():
            return
        if "data" in event:
            data = parse(event["data"])
            name = event.get("event", "message")
            yield Entry(data) if "kind" in data else Notice(data, name=name)
            deadline = _deadline(timeout)
        event = {}


def _deadline(timeout: float | None) -> float | None:
    return None if timeout is None else time.monotonic() + timeout
