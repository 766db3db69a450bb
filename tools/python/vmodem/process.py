"""A modem as a process on a PTY."""
from __future__ import annotations

import dataclasses
import fcntl
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import finding
from .backend import UnixBackend
from .configuration import is_file, value_text
from .control import Time
from .errors import BadEnd, StartFailed
from .modem import Modem, Path
from .port import PtyPort

READY_S = 20.0
END_S = 5.0
SOCKET_PATH_MAX = 100  # sun_path has 108
COMPLAINT_MAX = 2000
FILES = {"journal": "journal.jsonl", "transcript": "session.at", "capture": "capture.pcapng", "record": "run.record"}


class _Process:
    """The program, ended with this object, with this interpreter, or when this interpreter is killed."""

    def __init__(self, command: Sequence[str], log: pathlib.Path) -> None:
        alive, self._alive = os.pipe()
        try:
            with log.open("wb") as errors:
                self.popen = subprocess.Popen(command, stdin=alive, stdout=subprocess.PIPE, stderr=errors)
            _signal_at_hangup(alive, self.popen.pid)
        except BaseException:
            os.close(self._alive)
            raise
        finally:
            os.close(alive)
        self.log = log

    def ready(self) -> dict[str, Any]:
        assert self.popen.stdout is not None
        readable, _, _ = select.select([self.popen.stdout], [], [], READY_S)
        line = self.popen.stdout.readline() if readable else b""
        if not line:
            code = self.end()
            raise StartFailed(self.complaint() or f"vmodem did not get ready, and ended with status {code}")
        return dict(json.loads(line))

    def complaint(self) -> str:
        text = self.log.read_text(errors="replace").strip()
        return text[-COMPLAINT_MAX:]

    def end(self) -> int:
        """The exit status; that of the signal where it had to be killed, as a negative number."""
        popen = self.popen
        if popen.poll() is None:
            popen.send_signal(signal.SIGTERM)
            try:
                popen.wait(END_S)
            except subprocess.TimeoutExpired:
                popen.kill()
                popen.wait()
        if popen.stdout is not None:
            popen.stdout.close()
        if self._alive >= 0:
            os.close(self._alive)
            self._alive = -1
        return popen.returncode


def _signal_at_hangup(pipe: int, pid: int) -> None:
    """SIGTERM to the process when nobody holds the pipe's other end any more (fcntl(2), F_SETSIG): the kernel
    closes that when it ends this interpreter, and knows the process itself, not whoever gets its number next."""
    if not hasattr(fcntl, "F_SETSIG"):
        return
    fcntl.fcntl(pipe, fcntl.F_SETOWN, pid)
    fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def _short_directory() -> str:
    """One whose sockets have names that fit."""
    directory = tempfile.mkdtemp(prefix="vmodem-")
    if len(os.fsencode(directory)) < SOCKET_PATH_MAX - len("/control"):
        return directory
    os.rmdir(directory)
    return tempfile.mkdtemp(prefix="vmodem-", dir="/tmp")


def _clean(process: _Process, directory: str) -> int:
    code = process.end()
    shutil.rmtree(directory, ignore_errors=True)
    return code


class SpawnedModem(Modem):
    """What Modem.spawn() gives. `files`: those that were asked for, by "journal", "transcript", "capture",
    "record" and "log"."""

    def __init__(self, process: _Process, directory: str, socket: str, files: dict[str, pathlib.Path]) -> None:
        self._finalizer = weakref.finalize(self, _clean, process, directory)
        self._process = process
        self.files = files
        self.ready: dict[str, Any] = process.ready()
        backend = UnixBackend(socket)
        super().__init__(backend, Time(backend))
        self._port: PtyPort | None = None

    @property
    def pid(self) -> int:
        return self._process.popen.pid

    @property
    def path(self) -> str:
        return str(self.ready["pty"])

    @property
    def port(self) -> PtyPort:
        """Opened when it is first asked for; one host at a time."""
        if self._port is None or not self._port.is_open:
            self._port = PtyPort(self.path)
        return self._port

    @property
    def now(self) -> float:
        return self.ctl.time.now

    @property
    def log(self) -> str:
        """What vmodem has logged, warnings and errors without another log.level."""
        return self._process.log.read_text(errors="replace")

    def close(self) -> None:
        if not self._finalizer.alive:
            return
        early = self._process.popen.poll()
        said = self._end()
        code = self._process.popen.returncode
        if early is not None:
            raise BadEnd(f"vmodem ended by itself, with status {code}\n{said}".rstrip())
        if code != 0:
            raise BadEnd(f"vmodem ended with status {code}\n{said}".rstrip())

    def abandon(self) -> None:
        if self._finalizer.alive:
            self._end()

    def _end(self) -> str:
        if self._port is not None:
            self._port.close()
        self._process.end()
        said = self._process.complaint()
        self._finalizer()
        return said


@dataclasses.dataclass(frozen=True)
class Setup:
    """What Modem.spawn() was told; it says what these are."""

    config: Path | None
    scenario: Path | None
    options: Mapping[str, Path | int | None]
    faults: Iterable[str]
    routes: Mapping[str, str]
    keys: Mapping[str, Any]
    recorded: Mapping[str, Path | bool]
    redact: bool
    arguments: Sequence[str]

    def files(self, folder: pathlib.Path) -> dict[str, pathlib.Path]:
        return {name: folder / FILES[name] if wanted is True else pathlib.Path(wanted)
                for name, wanted in self.recorded.items() if wanted is not False}

    def command_line(self, folder: pathlib.Path, files: Mapping[str, pathlib.Path]) -> list[str]:
        line: list[str] = []
        if self.config is not None:
            line += ["--config", _as_file(self.config, folder / "modem.toml", is_file(self.config))]
        if self.scenario is not None:
            line += ["--scenario", _as_file(self.scenario, folder / "test.scenario", _is_scenario_file(self.scenario))]
        for name, value in self.options.items():
            if value is not None:
                line += [f"--{name}", os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
        for name, file in files.items():
            line += [f"--{name}", os.fspath(file)]
        if self.redact:
            line.append("--redact")
        for fault in self.faults:
            line += ["--fault", fault]
        for origin, target in self.routes.items():
            line += ["--route", f"{origin}={target}"]
        for name, value in self.keys.items():
            line += ["--set", f"{name}={value_text(value)}"]
        return [*line, *self.arguments]


def start(setup: Setup, directory: Path | None, program: Path | None) -> SpawnedModem:
    path = finding.program(program)
    own = _short_directory()
    try:
        folder = pathlib.Path(own if directory is None else directory)
        folder.mkdir(parents=True, exist_ok=True)
        files = setup.files(folder)
        socket = f"{own}/control"
        command = [os.fspath(path), "--json", "--control", f"unix:{socket}", *setup.command_line(folder, files)]
        log = folder / "vmodem.log"
        process = _Process(command, log)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    return SpawnedModem(process, own, socket, files | {"log": log})


def _as_file(text: Path, place: pathlib.Path, is_path: bool) -> str:
    if is_path:
        return os.fspath(text)
    place.write_text(os.fspath(text))
    return os.fspath(place)


def _is_scenario_file(scenario: Path) -> bool:
    """A line of a scenario has a colon."""
    return not isinstance(scenario, str) or ("\n" not in scenario and ": " not in scenario)
