"""All of the control interface (docs/control.md). Answers are its JSON objects as Records."""
from __future__ import annotations

import os
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Union

from .backend import Backend, answer
from .values import Duration, Entry, Notice, Record, duration_text
from .verbs import Verbs

Octets = Union[bytes, bytearray]


def _without_none(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _content(content: str | Octets | None) -> dict[str, Any]:
    """A text as it is, octets in hexadecimal."""
    if content is None:
        return {}
    return {"payload": content} if isinstance(content, str) else {"hex": content.hex()}


def _quoted(path: str) -> str:
    return urllib.parse.quote(path.lstrip("/"))


class Part:
    """Some of the control interface's requests."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def request(self, method: str, target: str, body: dict[str, Any] | None = None) -> Any:
        """Any request; Problem where it is refused."""
        return answer(self._backend, method, target, body)


class Control(Part):
    """`modem.ctl`."""

    def __init__(self, backend: Backend, time: Time) -> None:
        super().__init__(backend)
        self.time = time
        self.verbs = Verbs(lambda: list(self.request("GET", "/verbs").verbs),
                           lambda target, body: Record(self.request("POST", target, body)))
        self.faults = Faults(backend)
        self.scenarios = Scenarios(backend)
        self.overrides = Overrides(backend)
        self.servers = Servers(backend)
        self.serial = Serial(backend)
        self.capture = Capture(backend)

    def about(self) -> Record:
        return Record(self.request("GET", "/"))

    def openapi(self) -> dict[str, Any]:
        return Record(self.request("GET", "/openapi.json"))

    def commands(self) -> Record:
        """The AT commands there are, with their parameters."""
        return Record(self.request("GET", "/commands"))

    def window(self) -> str:
        """The link to the live window, for a browser; whoever has it steers the modem."""
        return str(self.request("POST", "/window").link)

    def state(self, part: str | None = None) -> Any:
        """Everything that is to be seen, or one part of it, as state("radio").registration."""
        return self.request("GET", "/state" if part is None else f"/state/{_quoted(part)}")

    def perform(self, verb: str, *values: Any, when: Duration | None = None, **named: Any) -> Record:
        """perform("registration-lost", duration="30s", when="AT+QCOAPSEND#2")"""
        return self.verbs[verb](*values, when=when, **named)

    def why(self, number: int) -> Record:
        return Record(self.request("GET", f"/why/{number}"))

    def verify(self, expectation: dict[str, Any]) -> Record:
        """The verdict. modem.verify() raises where it is no."""
        return Record(self.request("POST", "/verify", expectation))

    def requests(self, since: int = 0) -> Record:
        """What the simulated servers were asked."""
        return Record(self.request("GET", f"/requests?since={since}"))

    def events(self, since: int | None = None, kinds: Iterable[str] = (), *,
               timeout: float | None = 10.0) -> Iterator[Entry | Notice]:
        """Entries of the journal as they come, until none has come for so long; None: for ever."""
        return self._backend.events(since, kinds, timeout)


class Time(Part):
    """The module's time, in seconds. It is to be moved with clock="manual", or while it is paused."""

    @property
    def now(self) -> float:
        return float(self.clock().now)

    def clock(self) -> Record:
        return Record(self.request("GET", "/state/clock"))

    def pause(self) -> Record:
        return Record(self.request("POST", "/time/pause"))

    def run(self) -> Record:
        return Record(self.request("POST", "/time/run"))

    def step(self) -> Record:
        """On to the next deadline."""
        return Record(self.request("POST", "/time/step"))

    def advance(self, duration: Duration) -> Record:
        """On by so much, through every deadline on the way."""
        return Record(self.request("POST", "/time/advance", {"duration": duration_text(duration)}))

    def back(self, duration: Duration) -> Record:
        """The module as it was so long ago; for a modem with record=True."""
        return Record(self.request("POST", "/time/back", {"duration": duration_text(duration)}))


class Faults(Part):
    """What waits for its instant or its occurrence."""

    def __iter__(self) -> Iterator[Record]:
        return iter(self.request("GET", "/faults").faults)

    def remove(self, number: int) -> None:
        self.request("DELETE", f"/faults/{number}")

    def clear(self) -> int:
        """Nothing of it happens; how many that were."""
        return int(self.request("DELETE", "/faults").removed)


class Scenarios(Part):
    def __iter__(self) -> Iterator[Record]:
        return iter(self.request("GET", "/scenarios").scenarios)

    def begin(self, text: str) -> Record:
        """A scenario (docs/faults.md) begins now."""
        return Record(self.request("POST", "/scenarios", {"text": text}))

    def remove(self, number: int) -> None:
        self.request("DELETE", f"/scenarios/{number}")


class Overrides(Part):
    """Answers in the place of those of a simulated server or of the module."""

    def all(self) -> Record:
        """Those there are, as `server` and `serial`."""
        return Record(self.request("GET", "/overrides"))

    def server(self, code: str | None = None, *, server: str | None = None, path: str | None = None,
               method: str | None = None, token: Octets | None = None, client: str | None = None,
               times: int | None = None, content: str | Octets | None = None, content_format: int | None = None,
               delay: Duration | None = None, silent: bool | None = None) -> int:
        """The next requests that fit are answered so; its number, for remove()."""
        body = _without_none(code=code, server=server, path=path, method=method, client=client, times=times,
                             token=None if token is None else token.hex(), content_format=content_format,
                             delay=None if delay is None else duration_text(delay), silent=silent)
        return int(self.request("POST", "/overrides/server", body | _content(content)).id)

    def serial(self, command: str, *, lines: Sequence[str] | None = None, result: str | None = None,
               times: int | None = None) -> int:
        """The next commands that match are answered so, and do not run; its number, for remove()."""
        body = _without_none(command=command, lines=None if lines is None else list(lines), result=result,
                             times=times)
        return int(self.request("POST", "/overrides/serial", body).id)

    def remove(self, number: int) -> None:
        self.request("DELETE", f"/overrides/{number}")

    def clear(self) -> int:
        return int(self.request("DELETE", "/overrides").removed)


class Servers(Part):
    """The simulated servers, by their endpoints: servers["198.51.100.7:5683"]."""

    def __iter__(self) -> Iterator[Record]:
        return iter(self.request("GET", "/servers").servers)

    def __getitem__(self, endpoint: str) -> Server:
        return Server(self._backend, endpoint)


class Server(Part):
    def __init__(self, backend: Backend, endpoint: str) -> None:
        super().__init__(backend)
        self.endpoint = endpoint
        self._target = f"/servers/{urllib.parse.quote(endpoint, safe='')}"

    def resources(self) -> list[Record]:
        return list(self.request("GET", f"{self._target}/resources").resources)

    def resource(self, path: str) -> Record:
        return Record(self.request("GET", f"{self._target}/resources/{_quoted(path)}"))

    def put(self, path: str, content: str | Octets, *, content_format: int | None = None) -> Record:
        """Its content becomes this, and its observers are told."""
        body = _content(content) | _without_none(content_format=content_format)
        return Record(self.request("PUT", f"{self._target}/resources/{_quoted(path)}", body))

    def delete(self, path: str) -> None:
        self.request("DELETE", f"{self._target}/resources/{_quoted(path)}")

    def notify(self, path: str) -> int:
        """Its observers are told as of a change; how many."""
        return int(self.request("POST", f"{self._target}/notify/{_quoted(path)}").observers)


class Serial(Part):
    def urc(self, text: str) -> int:
        """The module sends this URC, as soon as it may send one."""
        return int(self.request("POST", "/serial/urc", {"text": text}).octets)

    def input(self, octets: str | Octets) -> int:
        """The module reads these as the host's, between two command lines; a line ends with \\r."""
        body = {"text": octets} if isinstance(octets, str) else {"hex": octets.hex()}
        return int(self.request("POST", "/serial/input", body).octets)


class Capture(Part):
    """For Wireshark, with the session keys."""

    def start(self, file: str | os.PathLike[str]) -> None:
        self.request("POST", "/capture", {"file": os.fspath(file)})

    def stop(self) -> None:
        self.request("DELETE", "/capture")
