"""docs/scenarios: every file is right, and a host sees what it is about."""
import os
import re
import subprocess
import time

import pytest

from conftest import ROOT, VMODEM, Vmodem

CAREFUL = ROOT / "docs/examples/careful_host.py"
SCENARIOS = sorted((ROOT / "docs/scenarios").glob("*.scenario"))
FINAL = rb"\r\n(?:OK|ERROR|\+CME ERROR: [^\r]*)\r\n"
PAYLOAD = b"0123456789" * 3

# What the host reads, and without the scenario does not.
SHOWS = {
    "brown_out": rb"\r\nRDY\r\n",
    "deep_coverage": rb"\+QCOAPIND: ",
    "dns_outage": rb"\+QCOAPOPEN: 0,-\d",
    "lost_answers": rb"\+QCOAPIND: ",
    "noisy_line": rb"[\x80-\xff]",
    "pdp_lost": rb"\+QIURC: \"pdpdeact\",1",
    "registration_denied": rb"\+CEREG: 3",
    "sim_contact": rb"\+CPIN: NOT READY|ERROR",
    "tunnel": rb"\+QCOAPIND: ",
}
SHOWN_BELOW = {"server_restart", "slow_line", "urc_collision"}
COUNTED = rb"\+QCOAPRECV: "


class SimpleHost:
    """Types a fixed sequence, and waits for each answer as long as something comes."""

    def __init__(self, host):
        self.host = host
        self.read, self.pieces = b"", 0

    def wait_for(self, pattern, patience=0.8):
        start, deadline = len(self.read), time.monotonic() + patience
        while time.monotonic() < deadline and not re.search(pattern, self.read[start:], re.DOTALL):
            octets = self.host.port.read(self.host.port.in_waiting or 1)
            self.read += octets
            self.pieces += bool(octets)

    def type(self, line, pattern=FINAL):
        self.host.write(line + b"\r")
        self.wait_for(pattern)

    def run(self):
        for line in (b"ATE0", b"AT+CEREG=1", b"AT+QSIMSTAT=1"):
            self.type(line)
        self.type(b'AT+QFUPL="reading",%d,60' % len(PAYLOAD), rb"CONNECT\r\n|ERROR\r\n")
        self.host.write(PAYLOAD)
        self.wait_for(FINAL)
        self.type(b'AT+QCOAPOPEN=0,"coap.sim",5683', rb"\+QCOAPOPEN: [^\r]*\r\n")
        for _ in range(4):
            self.type(b'AT+QCOAPOPTION=0,0,0,11,"validate"')
            self.type(b"AT+QCOAPSEND=0,0,1,1,0", rb"\+QCOAPRECV: [^\r]*\r\n")
        self.type(b"AT+QCOAPOPTION=0,0,0,6,0")
        self.type(b'AT+QCOAPOPTION=0,0,1,11,"obs"')
        self.type(b"AT+QCOAPSEND=0,0,1,3,0", rb"/obs 5\r\n")
        return self


def run(vmodem, *arguments):
    modem = vmodem("--clock", "virtual", "--seed", 1, "--log-level", "info", *arguments)
    host = SimpleHost(modem.host()).run()
    code, errors = modem.stop()
    assert code == 0, errors
    return host, errors


@pytest.fixture(scope="module")
def quiet():
    modem = Vmodem("--clock", "virtual", "--seed", 1)
    host = SimpleHost(modem.host()).run()
    assert modem.stop() == (0, "")
    assert len(re.findall(COUNTED, host.read)) >= 9
    return host


def test_each_example_has_its_effect_written_here():
    assert {path.stem for path in SCENARIOS} == SHOWS.keys() | SHOWN_BELOW


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_file_is_right_and_says_what_a_host_should_do(path):
    checked = subprocess.run([VMODEM, "--check-scenario", path], capture_output=True, text=True,
                             check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    comment = [line for line in path.read_text().splitlines() if line.startswith("#")]
    assert len(comment) >= 4
    assert "host" in " ".join(comment)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_host_sees_it(vmodem, quiet, path):
    host, log = run(vmodem, "--scenario", path)
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            assert f"fault: {line}" in log
    pattern = SHOWS.get(path.stem)
    if pattern is not None:
        assert re.search(pattern, host.read), host.read
        assert not re.search(pattern, quiet.read)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_careful_host_gets_through(vmodem, path):
    modem = vmodem("--clock", "virtual", "--seed", 1, "--scenario", path)
    result = subprocess.run([CAREFUL], capture_output=True, text=True, check=False,
                            env={**os.environ, "VMODEM_PORT": modem.ready["pty"]})
    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert result.stdout.endswith("First version.\n")


def test_after_the_restart_no_notification_comes(vmodem, quiet):
    host, _ = run(vmodem, "--scenario", ROOT / "docs/scenarios/server_restart.scenario")
    assert len(re.findall(COUNTED, host.read)) < len(re.findall(COUNTED, quiet.read))


def test_on_a_slow_line_the_same_comes_in_pieces(vmodem, quiet):
    host, _ = run(vmodem, "--scenario", ROOT / "docs/scenarios/slow_line.scenario")
    assert host.pieces > 3 * quiet.pieces


def test_urcs_collide_with_what_the_host_types(vmodem):
    modem = vmodem("--seed", 1, "--scenario", ROOT / "docs/scenarios/urc_collision.scenario")
    host = modem.host()
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    assert host.silence(0.3) == b""
    assert re.search(rb"\+CSQ: [^\r]*\r\n\r\n\+QCOAPOPEN: 0,0\r\n.*OK", host.ok("AT+CSQ"), re.DOTALL)
    host.ok('AT+QCOAPOPTION=0,0,0,11,"validate"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    answer = host.ok("AT+CSQ")
    assert b"AT+CSQ\r\r\n" not in answer
    assert answer.index(b"+QCOAPRECV: ") < answer.index(b"+CSQ: ")
