"""A modem: two ways to have one, one interface."""
from __future__ import annotations

import abc
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union

from .backend import Backend
from .control import Control, Time
from .dialogue import Dialogue
from .journal import Chain, Count, Journal, Step, Where
from .port import TIMEOUT_S, Port
from .values import Entry

if TYPE_CHECKING:
    from .in_process import InProcessModem
    from .process import SpawnedModem

Path = Union[str, os.PathLike[str]]
Self = TypeVar("Self", bound="Modem")


class Modem(abc.ABC):
    """`port`: a serial port as pyserial has it. `ctl`: the control interface. `journal`: what has happened."""

    def __init__(self, backend: Backend, time: Time) -> None:
        self.ctl = Control(backend, time)
        self.journal = Journal(backend, self.ctl)
        self._dialogue: Dialogue | None = None

    @classmethod
    def spawn(cls, *, config: Path | None = None, seed: int | None = None, clock: str | None = None,
              model: str | None = None, faults: Iterable[str] = (), scenario: Path | None = None,
              cellular: str | None = None, boot: str | None = None, network: str | None = None,
              routes: Mapping[str, str] | None = None, keys: Mapping[str, Any] | None = None,
              state: Path | None = None, journal: Path | bool = False, transcript: Path | bool = False,
              redact: bool = False, capture: Path | bool = False, record: Path | bool = False,
              directory: Path | None = None, arguments: Sequence[str] = (),
              program: Path | None = None) -> SpawnedModem:
        """A process vmodem on a PTY, with a control interface. Where nothing is named, it is vmodem's default.

        config: TOML, or the path of a file that ends in .toml. keys: {"dialect.nstart": 1}, as --set. scenario:
        the path of a file, or its text. journal, transcript, capture, record: True: a file of this name in
        `directory`, else this file. directory: where files go; one of its own, which goes with the modem,
        without it. arguments: more of the command line. program: $VMODEM, else vmodem of PATH, without it."""
        from .process import Setup, start
        options = {"seed": seed, "clock": clock, "model": model, "cellular": cellular, "boot": boot,
                   "network": network, "state": state}
        recorded = {"journal": journal, "transcript": transcript, "capture": capture, "record": record}
        setup = Setup(config=config, scenario=scenario, options=options, faults=faults, routes=routes or {},
                      keys=keys or {}, recorded=recorded, redact=redact, arguments=arguments)
        return start(setup, directory, program)

    @classmethod
    def in_process(cls, *, config: Path | None = None, seed: int | None = None, clock: str | None = None,
                   model: str | None = None, faults: Iterable[str] = (), cellular: str | None = None,
                   boot: str | None = None, routes: Mapping[str, str] | None = None,
                   keys: Mapping[str, Any] | None = None, library: Path | None = None) -> InProcessModem:
        """The module as a function in this process. Its time passes when it is waited for, and at no other time.

        As for spawn(); clock: there is "virtual" only. library: $VMODEM_LIBRARY, else libvmodem.so beside the
        program or in the folder of libraries beside the program's, without it."""
        from .in_process import create
        return create(config=config, seed=seed, clock=clock, model=model, faults=faults, cellular=cellular,
                      boot=boot, routes=routes, keys=keys, library=library)

    @property
    @abc.abstractmethod
    def port(self) -> Port:
        """The host's end of the serial line."""

    @property
    @abc.abstractmethod
    def path(self) -> str:
        """Of the PTY, for a host that opens it by itself."""

    @property
    @abc.abstractmethod
    def now(self) -> float:
        """The module's time, in seconds."""

    @abc.abstractmethod
    def close(self) -> None:
        """Ends it. BadEnd where it had ended before, or does not end well."""

    @abc.abstractmethod
    def abandon(self) -> None:
        """Ends it, however."""

    def command(self, line: str, timeout: float = TIMEOUT_S) -> list[str]:
        """Sends a command line; the lines in front of OK. CommandFailed upon another final result."""
        return self._talk().command(line, timeout)

    def urc(self, beginning: str, timeout: float = TIMEOUT_S) -> str:
        """The next line that begins so."""
        return self._talk().urc(beginning, timeout)

    def verify(self, kind: str | None = None, *, count: Count | None = None, since: Entry | int = 0,
               order: Sequence[Step | str] | None = None, where: Where | None = None, **fields: Any) -> list[int]:
        """journal.verify()"""
        __tracebackhide__ = True
        return self.journal.verify(kind, count=count, since=since, order=order, where=where, **fields)

    def why(self, entry: Entry | int) -> Chain:
        """journal.why()"""
        return self.journal.why(entry)

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if error is None:
            self.close()
        else:
            self.abandon()

    def _talk(self) -> Dialogue:
        if self._dialogue is None:
            self._dialogue = Dialogue(self.port)
        return self._dialogue
