"""A library for Robot Framework, whose keywords are the methods of a class (static API):

    *** Settings ***
    Library    vmodem.robot

    *** Test Cases ***
    The host registers again
        Start Modem    clock=virtual    seed=1
        Perform    registration-lost    duration=30s
        Wait For Entry    radio.registration    status=1
        Entry Should Be There    radio.registration    status=1    count=1
"""
from __future__ import annotations

import json
from typing import Any

from . import __version__
from .modem import Modem
from .values import Entry, Record


class Vmodem:
    """A modem for each test; it ends with the test."""

    ROBOT_LIBRARY_SCOPE = "TEST"
    ROBOT_LIBRARY_VERSION = __version__
    ROBOT_LISTENER_API_VERSION = 3

    def __init__(self) -> None:
        self.ROBOT_LIBRARY_LISTENER = self
        self._modem: Modem | None = None

    def _end_test(self, data: object, result: object) -> None:
        self._abandon()

    def _close(self) -> None:
        self._abandon()

    def _abandon(self) -> None:
        if self._modem is not None:
            self._modem.abandon()
            self._modem = None

    @property
    def _running(self) -> Modem:
        if self._modem is None:
            raise AssertionError("there is no modem yet: begin with `Start Modem` or `Start Modem In Process`")
        return self._modem

    def start_modem(self, *faults: str, **options: Any) -> str:
        """Starts a vmodem process and returns the path of its port, for the host.

        Faults are as `link-down:60s@AT+QCOAPSEND#2`. Options are those of Modem.spawn(): clock, seed, config …"""
        self._abandon()
        self._modem = Modem.spawn(faults=faults, **_typed(options))
        return self._modem.path

    def start_modem_in_process(self, *faults: str, **options: Any) -> None:
        """Makes a modem in this process, whose time passes when something is waited for."""
        self._abandon()
        self._modem = Modem.in_process(faults=faults, **_typed(options))

    def stop_modem(self) -> None:
        """Ends the modem; fails where it does not end well."""
        modem, self._modem = self._running, None
        modem.close()

    def port_path(self) -> str:
        """The path of the PTY."""
        return self._running.path

    def get_modem(self) -> Modem:
        """The Python object, for what has no keyword."""
        return self._running

    def send_command(self, line: str, timeout: float = 10.0) -> list[str]:
        """Sends a command line as the host; returns the lines in front of OK, and fails upon another result."""
        return self._running.command(line, timeout)

    def wait_for_urc(self, beginning: str, timeout: float = 10.0) -> str:
        """The next line of the module that begins so."""
        return self._running.urc(beginning, timeout)

    def write_octets(self, text: str) -> None:
        """Writes to the module what Robot's escapes make of the text, as `AT\\r`."""
        self._running.port.write(text.encode())

    def perform(self, verb: str, *values: str, when: str | None = None, **arguments: str) -> Record:
        """Lets something go wrong: a verb of docs/faults.md with its arguments, at once or `when`."""
        return self._running.ctl.perform(verb, *_values(values), when=when, **_typed(arguments))

    def clear_faults(self) -> int:
        """Nothing that waits for its instant or its occurrence happens; how many that were."""
        return self._running.ctl.faults.clear()

    def begin_scenario(self, text: str) -> int:
        """A scenario (docs/faults.md) begins now; returns its number."""
        return int(self._running.ctl.scenarios.begin(text).id)

    def answer_command_with(self, command: str, *lines: str, result: str = "OK", times: int | None = None) -> int:
        """The next commands that match are answered so, and do not run; returns the number of the override."""
        return self._running.ctl.overrides.serial(command, lines=lines, result=result, times=times)

    def answer_request_with(self, code: str, content: str | None = None, **conditions: Any) -> int:
        """The next requests to simulated servers that fit are answered so; returns the number of the override."""
        return self._running.ctl.overrides.server(code, content=content, **_typed(conditions))

    def set_resource(self, server: str, path: str, content: str) -> None:
        """The content of a resource of a simulated server, whose observers are told."""
        self._running.ctl.servers[server].put(path, content)

    def send_urc(self, text: str) -> None:
        """The module sends this URC as soon as it may send one."""
        self._running.ctl.serial.urc(text)

    def module_time(self) -> float:
        """In seconds."""
        return self._running.now

    def advance_time(self, duration: str) -> float:
        """Moves the module's time on (clock=manual, or in process); returns it."""
        self._running.ctl.time.advance(duration)
        return self._running.now

    def pause_time(self) -> None:
        """The module's time stands."""
        self._running.ctl.time.pause()

    def run_time(self) -> None:
        """The module's time goes on."""
        self._running.ctl.time.run()

    def get_state(self, part: str | None = None) -> Any:
        """All that is to be seen of the modem, or one part, as `radio`."""
        return self._running.ctl.state(part)

    def control_request(self, method: str, target: str, body: str | None = None) -> Any:
        """Any request of docs/control.md; the body as JSON."""
        return self._running.ctl.request(method, target, None if body is None else json.loads(body))

    def wait_for_entry(self, kind: str, timeout: float = 10.0, since: int = 0, **fields: Any) -> Entry:
        """The first entry of the journal that is so, there already or yet to come."""
        return self._running.journal.wait_for(kind, timeout=timeout, since=since, where=_typed(fields))

    def last_entry(self) -> int:
        """The number of the journal's last entry, for `since`."""
        return self._running.journal.last

    def entry_should_be_there(self, kind: str, count: int | None = None, since: int = 0, **fields: Any) -> list[int]:
        """Fails, with the entries that come nearest, where the journal has none that is so, or not `count`."""
        __tracebackhide__ = True
        return self._running.verify(kind, count=count, since=since, where=_typed(fields))

    def entry_should_not_be_there(self, kind: str, since: int = 0, **fields: Any) -> None:
        """Fails where the journal has an entry that is so."""
        self._running.verify(kind, count=0, since=since, where=_typed(fields))

    def why(self, number: int) -> str:
        """The chain of causes behind an entry of the journal."""
        return str(self._running.why(number))


def _typed(texts: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(text) for name, text in texts.items()}


def _values(texts: tuple[str, ...]) -> list[Any]:
    return [_value(text) for text in texts]


def _value(text: Any) -> Any:
    """Robot writes numbers, truths and JSON as text; a text that looks like one stays one in JSON's quotes."""
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


# `Library  vmodem.robot` takes the class that is called as the module.
robot = Vmodem
