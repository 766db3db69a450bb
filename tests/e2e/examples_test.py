"""The hosts of docs/examples, as their readers run them."""
import subprocess

import pytest
from conftest import ROOT

EXAMPLES = ROOT / "docs/examples"
PATIENCE_S = 20.0  # a compiler, and an emulator, on a machine that does much else
WARNINGS = ("-std=c11", "-Wall", "-Wextra", "-Werror", "-D_DEFAULT_SOURCE")


def run(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=PATIENCE_S)


@pytest.fixture
def on_linux(tmp_path):
    program = tmp_path / "on_linux"
    built = run("cc", *WARNINGS, "-o", program, EXAMPLES / "c/on_linux.c", EXAMPLES / "c/modem_host.c")
    assert built.returncode == 0, built.stderr
    return program


def test_the_c_host_fetches_over_a_tty(vmodem, on_linux):
    ended = run(on_linux, vmodem("--clock", "virtual").ready["pty"])
    assert (ended.returncode, ended.stdout) == (0, "First version.\n"), ended.stderr


def test_the_c_host_says_that_the_server_is_silent(vmodem, on_linux):
    modem = vmodem("--clock", "virtual", "--fault", "server-silent@uplink")
    ended = run(on_linux, modem.ready["pty"])
    assert (ended.returncode, ended.stdout) == (1, "")


def test_the_same_host_on_a_microcontroller(vmodem):
    ended = run(EXAMPLES / "c/bare_metal/run", vmodem("--clock", "virtual").ready["pty"])
    assert (ended.returncode, ended.stdout) == (0, "First version.\n"), ended.stderr


def test_its_status_is_that_of_the_microcontroller(vmodem):
    modem = vmodem("--clock", "virtual", "--fault", "registration-lost@AT+QCOAPOPEN")
    ended = run(EXAMPLES / "c/bare_metal/run", modem.ready["pty"])
    assert (ended.returncode, ended.stdout) == (1, ""), ended.stderr
