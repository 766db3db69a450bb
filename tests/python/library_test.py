"""Finding libvmodem.so, and running the tests in process where it is built with sanitizers."""
import os
import re
import shutil

import pytest

import vmodem
from conftest import ROOT, library_path, preload, run_pytest
from vmodem import finding


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A prefix with a program in bin."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/vmodem"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("VMODEM", str(program))
    monkeypatch.delenv("VMODEM_LIBRARY", raising=False)
    return tmp_path


@pytest.mark.parametrize("place", ["bin/libvmodem.so", "lib/libvmodem.so", "lib/x86_64-linux-gnu/libvmodem.so.0"])
def test_the_library_is_beside_the_program_or_in_its_prefix(tree, place):
    file = tree / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    assert finding.library() == file


def test_the_environment_names_it(tree, monkeypatch):
    file = tree / "mine.so"
    file.touch()
    monkeypatch.setenv("VMODEM_LIBRARY", str(file))
    assert finding.library() == file
    with pytest.raises(vmodem.LibraryMissing, match="no libvmodem.so of this version"):
        vmodem.Modem.in_process()
    monkeypatch.setenv("VMODEM_LIBRARY", "/nowhere.so")
    with pytest.raises(vmodem.LibraryMissing, match="VMODEM_LIBRARY=/nowhere.so is no file"):
        finding.library()


def test_an_absent_library_is_told_with_its_cure(tree, monkeypatch):
    with pytest.raises(vmodem.LibraryMissing, match=r"beside .*bin or in its \.\./lib: set VMODEM_LIBRARY"):
        vmodem.Modem.in_process()
    shutil.rmtree(tree / "bin")
    with pytest.raises(vmodem.LibraryMissing, match="VMODEM_LIBRARY is not set"):
        vmodem.Modem.in_process()


def test_the_declarations_are_those_of_the_header():
    header = ROOT / "firmware/library/vmodem.h"
    from vmodem import library
    code = re.sub(r"/\*.*?\*/", "", header.read_text(), flags=re.DOTALL)
    assert set(re.findall(r"\b(vmodem_[a-z_]+)\(", code)) == set(library._FUNCTIONS)


@pytest.mark.skipif(not preload() or "LD_PRELOAD" in os.environ, reason="there is no libvmodem.so with sanitizers")
def test_in_process_under_sanitizers():
    assert library_path()
    ended = run_pytest(ROOT / "tests/python", "in_process_test.py", **preload())
    assert ended.returncode == 0 and "passed" in ended.stdout, ended.stdout[-20000:] + ended.stderr[-5000:]
