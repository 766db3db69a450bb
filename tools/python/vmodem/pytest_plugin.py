"""pytest with a modem for each test (docs/python.md).

    @pytest.mark.vmodem(clock="virtual", seed=1, faults=["link-down:60s@AT+QCOAPSEND#2"])
    def test_my_host(vmodem):
        my_host.run(vmodem.path)
        vmodem.verify("server.request", path="/rd")
"""
from __future__ import annotations

import difflib
import inspect
import pathlib
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .errors import VmodemError
from .in_process import InProcessModem
from .modem import Modem
from .process import SpawnedModem

ENTRIES_SHOWN = 12
TEXT_SIZE_MAX = 8000
DIALOGUE = ("line.command", "line.answer", "line.prompt", "line.data", "line.result", "line.urc", "line.dropped")
FIXTURES = ("vmodem", "vmodem_in_process")
_failed = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("vmodem").addoption(
        "--vmodem-artifacts", metavar="DIR", type=pathlib.Path,
        help="keep transcript, capture, journal and log of each failed test in a folder of DIR")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "vmodem(**options): how the fixtures vmodem and vmodem_in_process start the "
                                       "modem, as Modem.spawn() and Modem.in_process() take it")


def _options(request: pytest.FixtureRequest, start: Callable[..., Any]) -> dict[str, Any]:
    """Those of all markers; the nearest to the test wins."""
    allowed = inspect.signature(start).parameters
    options: dict[str, Any] = {}
    for marker in reversed(list(request.node.iter_markers("vmodem"))):
        if marker.args:
            raise pytest.UsageError(f"{request.node.nodeid}: pytest.mark.vmodem takes options by name, as "
                                    "vmodem(seed=1)")
        for name in marker.kwargs:
            if name not in allowed:
                near = difflib.get_close_matches(name, allowed, 1)
                right = near[0] if near else ", ".join(sorted(allowed))
                raise pytest.UsageError(f"{request.node.nodeid}: {start.__name__}() has no option {name} for "
                                        f"pytest.mark.vmodem; right would be {right}")
        options |= marker.kwargs
    return options


def _artifacts(item: pytest.Item) -> pathlib.Path | None:
    """Where the files of this test are kept if it fails."""
    folder: pathlib.Path | None = item.config.getoption("--vmodem-artifacts")
    return None if folder is None else folder.absolute() / re.sub(r"[^\w.\[\]-]+", "_", item.nodeid)


@pytest.fixture
def vmodem(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[SpawnedModem]:
    """A private vmodem process on a PTY, started as pytest.mark.vmodem says."""
    directory = tmp_path / "vmodem"
    given: dict[str, Any] = {"directory": directory, "journal": True, "transcript": True, "redact": True,
                             "capture": True}
    modem = Modem.spawn(**(given | _options(request, Modem.spawn)))
    try:
        yield modem
    except BaseException:
        modem.abandon()
        raise
    failed = request.node.stash.get(_failed, False)
    try:
        if failed:
            modem.abandon()
        else:
            modem.close()
    finally:
        kept = _artifacts(request.node)
        if failed and kept is not None and directory.is_dir():
            shutil.copytree(directory, kept, dirs_exist_ok=True)


@pytest.fixture
def vmodem_in_process(request: pytest.FixtureRequest) -> Iterator[InProcessModem]:
    """A modem in this process, made as pytest.mark.vmodem says; its time passes when it is waited for."""
    with Modem.in_process(**_options(request, Modem.in_process)) as modem:
        yield modem


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if not report.failed or call.when == "teardown":
        return
    item.stash[_failed] = True
    given: dict[str, Any] = getattr(item, "funcargs", {})
    for fixture in FIXTURES:
        modem = given.get(fixture)
        if isinstance(modem, Modem):
            report.sections += [(f"{fixture}: {title}", text) for title, text in _sections(item, modem) if text]
            item.user_properties += [(f"{fixture} {name}", str(file)) for name, file in _files(item, modem)]


def _sections(item: pytest.Item, modem: Modem) -> list[tuple[str, str]]:
    """What a failure is understood by. Secrets are masked in the journal, and in a transcript that is redacted."""
    if not isinstance(modem, SpawnedModem):
        return [("dialogue", _told(lambda: _dialogue(modem))), ("journal", _told(lambda: _journal(modem)))]
    files = modem.files
    return [("transcript", _told(lambda: _end_of(files.get("transcript")))),
            ("journal", _told(lambda: _journal(modem))),
            ("log", _told(lambda: _end_of(files["log"]))),
            ("files", "\n".join(f"{name}: {file}" for name, file in _files(item, modem)))]


def _told(tell: Callable[[], str]) -> str:
    """A report is made whatever became of the modem."""
    try:
        return tell()
    except (VmodemError, OSError) as error:
        return f"not to be had: {error}"


def _journal(modem: Modem) -> str:
    """The last entries with their causes. Echoes are left out: each is a command line's."""
    return modem.journal.explained(ENTRIES_SHOWN, lambda entry: entry.kind != "line.echo")


def _dialogue(modem: Modem) -> str:
    return "\n".join(map(str, modem.journal.entries(*DIALOGUE)))[-TEXT_SIZE_MAX:]


def _end_of(file: pathlib.Path | None) -> str:
    return "" if file is None else file.read_text(errors="replace").strip()[-TEXT_SIZE_MAX:]


def _files(item: pytest.Item, modem: Modem) -> list[tuple[str, pathlib.Path]]:
    """Where each is when the test is over."""
    if not isinstance(modem, SpawnedModem):
        return []
    kept = _artifacts(item)
    return [(name, file if kept is None else kept / file.name) for name, file in sorted(modem.files.items())]
