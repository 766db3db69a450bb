"""A modem as a function of this process: its time passes when it is waited for."""
from __future__ import annotations

import collections
import dataclasses
import enum
import json
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .configuration import toml_text
from .control import Time
from .errors import NothingHappens, StartFailed
from .library import Library
from .modem import Modem, Path
from .port import Port
from .values import Duration, Entry, Notice, Record, parse, seconds

ENTRIES_MAX = 65536  # as many as the program keeps
NANOSECONDS = 1_000_000_000


@dataclasses.dataclass(frozen=True)
class Datagram:
    """One for a peer that is the test's own: a destination of `routes`, or loopback."""

    session: int
    host: str
    port: int
    octets: bytes


class Question(enum.IntEnum):
    NAME = 0  # answered by addresses with blanks between them
    PING = 1  # by the address that echoes
    TIME = 2  # by seconds since 1970


@dataclasses.dataclass(frozen=True)
class Query:
    number: int
    question: Question
    host: str


class _Kept:
    """The library with its time, and the entries of its journal."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.now = 0
        self.after: Callable[[], None] = lambda: None  # what the modem asks of its surroundings
        self._entries: collections.deque[Entry] = collections.deque(maxlen=ENTRIES_MAX)

    def advance(self, instant: int) -> None:
        self.now = max(self.now, instant)
        self.library.advance(self.now)
        self.after()

    def feed(self, octets: bytes) -> int:
        taken = self.library.feed(self.now, octets)
        self.after()
        return taken

    def next_deadline(self, until: int | None) -> bool:
        """Moves on to it, or to the end; whether something was left to happen until then."""
        deadline = self.library.deadline()
        if deadline is None and until is None:
            raise NothingHappens("what is waited for without a time-out never comes: nothing is left to happen")
        if deadline is None or (until is not None and deadline > until):
            if until is not None and until > self.now:
                self.advance(until)
            return False
        self.advance(deadline)
        return True

    def request(self, method: str, target: str, body: str | None) -> tuple[int, str]:
        answer = self.library.request(self.now, method, target, body)
        self.after()
        return answer

    def entries(self, since: int, kinds: Iterable[str]) -> list[Entry]:
        self.gather()
        wanted = set(kinds)
        return [entry for entry in self._entries
                if entry.number > since and (not wanted or entry.kind in wanted)]

    def events(self, since: int | None, kinds: Iterable[str],
               timeout: float | None) -> Iterator[Entry | Notice]:
        wanted = list(kinds)
        last = since or 0
        until = self._until(timeout)
        while True:
            for entry in self.entries(last, wanted):
                last = entry.number
                yield entry
                until = self._until(timeout)
            if not self.next_deadline(until):
                # What was due at the end itself has happened too.
                yield from self.entries(last, wanted)
                return

    def wait(self, timeout: float, since: int, kinds: Iterable[str]) -> Iterator[Entry]:
        wanted = list(kinds)
        until = self._until(timeout)
        while True:
            for entry in self.entries(since, wanted):
                since = entry.number
                yield entry
            if not self.next_deadline(until):
                # What was due at the end itself has happened too.
                yield from self.entries(since, wanted)
                return

    def _until(self, timeout: float | None) -> int | None:
        return None if timeout is None else self.now + round(timeout * NANOSECONDS)

    def gather(self) -> None:
        while line := self.library.journal():
            self._entries.append(Entry(parse(line)))


class _ModuleTime(Time):
    """It stands by itself, and can be moved on only."""

    def __init__(self, kept: _Kept) -> None:
        super().__init__(kept)
        self._kept = kept

    @property
    def now(self) -> float:
        return self._kept.now / NANOSECONDS

    def advance(self, duration: Duration) -> Record:
        until = self._kept.now + round(seconds(duration) * NANOSECONDS)
        while self._kept.next_deadline(until):
            pass
        return self.clock()

    def step(self) -> Record:
        deadline = self._kept.library.deadline()
        if deadline is not None:
            self._kept.advance(deadline)
        return self.clock()


class MemoryPort(Port):
    """Its time-outs are the module's time: a read moves that on to the next deadline, until something comes."""

    def __init__(self, kept: _Kept) -> None:
        super().__init__("vmodem in process")
        self._kept = kept

    def now(self) -> float:
        return self._kept.now / NANOSECONDS

    def _receive(self, deadline: float | None) -> bytes:
        until = None if deadline is None else round(deadline * NANOSECONDS)
        while True:
            if octets := self._kept.library.take():
                return octets
            if not self._kept.next_deadline(until):
                return self._kept.library.take()

    def _send(self, octets: memoryview, deadline: float | None) -> int:
        until = None if deadline is None else round(deadline * NANOSECONDS)
        while True:
            if taken := self._kept.feed(bytes(octets)):
                return taken
            # It has no room until it has been read, or some of what it has is done.
            self._read += self._kept.library.take()
            if taken := self._kept.feed(bytes(octets)):
                return taken
            if not self._kept.next_deadline(until):
                return 0


class InProcessModem(Modem):
    """What Modem.in_process() gives. `on_datagram` is called for each datagram to a peer of the test's own, and
    `on_query` for each question, as for the address of a name that a route has; without them these wait for
    take_datagram() and take_query(). Where `routes` were given, names get the addresses that they lead to."""

    def __init__(self, library: Library) -> None:
        self._kept = kept = _Kept(library)
        super().__init__(kept, _ModuleTime(kept))
        self._finalizer = weakref.finalize(self, library.destroy)
        self._port = MemoryPort(kept)
        self.on_datagram: Callable[[Datagram], None] | None = None
        self.on_query: Callable[[Query], None] | None = None
        this = weakref.ref(self)

        def hand_over() -> None:
            modem = this()
            if modem is not None:
                modem._hand_over()

        kept.after = hand_over

    @property
    def port(self) -> MemoryPort:
        return self._port

    @property
    def path(self) -> str:
        raise ValueError("a modem in process has no path: hand modem.port to the host, in the place of a "
                         "serial.Serial, or spawn the modem")

    @property
    def now(self) -> float:
        return self._kept.now / NANOSECONDS

    def sleep(self, duration: float) -> None:
        """As time.sleep(), for a host that can be handed it: the module's time passes."""
        self.ctl.time.advance(duration)

    def perform(self, fault: str) -> None:
        """As vmodem --fault takes it: "link-down:60s@AT+QCOAPSEND#2". ValueError says why not."""
        why = self._kept.library.perform(self._kept.now, fault)
        self._kept.after()
        if why:
            raise ValueError(why)

    def take_datagram(self) -> Datagram | None:
        found = self._kept.library.take_datagram()
        return None if found is None else Datagram(*found)

    def feed_datagram(self, session: int, octets: bytes) -> bool:
        """What the peer of this session sends. False: the session is over."""
        return self._kept.library.feed_datagram(self._kept.now, session, octets)

    def take_query(self) -> Query | None:
        found = self._kept.library.take_query()
        return None if found is None else Query(found[0], Question(found[1]), found[2])

    def answer_query(self, number: int, answer: str | None) -> bool:
        """None: there is no such name, or nobody. False: nobody waits for it any more."""
        return self._kept.library.answer_query(self._kept.now, number, answer)

    def close(self) -> None:
        if self._finalizer.alive:
            self._kept.gather()
        self._port.close()
        self._finalizer()

    def abandon(self) -> None:
        self.close()

    def answer_by(self, routes: Mapping[str, str]) -> None:
        """The names of these get the addresses that they lead to; there are no others."""
        addresses = {_host(origin).lower(): _host(target) for origin, target in routes.items()}
        this = weakref.ref(self)

        def answer(query: Query) -> None:
            modem = this()
            if modem is not None:
                named = addresses.get(query.host.lower()) if query.question is Question.NAME else None
                modem.answer_query(query.number, named)

        self.on_query = answer

    def _hand_over(self) -> None:
        while self.on_datagram is not None and (datagram := self.take_datagram()):
            self.on_datagram(datagram)
        while self.on_query is not None and (query := self.take_query()):
            self.on_query(query)


def _host(endpoint: str) -> str:
    """Of HOST, HOST:PORT or [ADDRESS]:PORT."""
    if endpoint.startswith("["):
        return endpoint[1:].partition("]")[0]
    return endpoint.partition(":")[0] if endpoint.count(":") == 1 else endpoint


def create(*, config: Path | None, seed: int | None, clock: str | None, model: str | None, faults: Iterable[str],
           cellular: str | None, boot: str | None, routes: Mapping[str, str] | None,
           keys: Mapping[str, Any] | None, library: Path | None) -> InProcessModem:
    """Modem.in_process() says what these are."""
    if clock not in (None, "virtual"):
        raise ValueError(f"clock={clock!r}: a modem in process has no clock; right would be \"virtual\", or nothing")
    named: dict[str, Any] = {"seed": seed, "faults": list(faults) or None, "identity.model": model,
                             "cellular.preset": cellular, "power.at_start": boot}
    led = {f"routes.{json.dumps(origin)}": target for origin, target in (routes or {}).items()}
    text = toml_text(config, named | led | dict(keys or {}))
    try:
        made = Library(text, library)
    except ValueError as error:
        raise StartFailed(str(error)) from None
    modem = InProcessModem(made)
    if routes:
        modem.answer_by(routes)
    return modem
