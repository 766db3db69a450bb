"""The package as it lies in tools/python, with the program of $VMODEM."""
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tools/python"
sys.path.insert(0, str(PACKAGE))
os.environ["VMODEM"] = str(pathlib.Path(os.environ.get("VMODEM", ROOT / "build/release/bin/vmodem")).absolute())
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PACKAGE), os.environ.get("PYTHONPATH")]))

import vmodem  # noqa: E402
from vmodem import finding  # noqa: E402

pytest_plugins = ["pytester"]


def is_sanitized(path):
    return b"__asan_init" in pathlib.Path(path).read_bytes()


def is_from_clang(path):
    return b"clang version" in pathlib.Path(path).read_bytes()


def library_path():
    try:
        return finding.library()
    except vmodem.LibraryMissing:
        return None


def preload():
    """The environment in which this interpreter can load the library."""
    path = library_path()
    if path is None or not is_sanitized(path):
        return {}
    compiler = ["clang", "-print-file-name=libclang_rt.asan-x86_64.so"] if is_from_clang(path) else \
        ["gcc", "-print-file-name=libasan.so"]
    runtime = subprocess.run(compiler, capture_output=True, text=True, check=True)
    # What the interpreter itself leaves behind at its end is no leak of the library's.
    return {"LD_PRELOAD": os.path.realpath(runtime.stdout.strip()), "ASAN_OPTIONS": "detect_leaks=0"}


def needs_preload():
    return bool(preload()) and "LD_PRELOAD" not in os.environ


def run_pytest(folder, *arguments, **environment):
    """pytest in a process of its own, with the plugin from the package as it lies there."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "vmodem.pytest_plugin", *arguments]
    return subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}, timeout=300)


@pytest.fixture
def modem():
    """A process with virtual time."""
    with vmodem.Modem.spawn(clock="virtual", seed=1) as spawned:
        yield spawned


@pytest.fixture
def manual():
    """A process whose time moves as it is told."""
    with vmodem.Modem.spawn(clock="manual", seed=1) as spawned:
        yield spawned
