"""Simulated internet, clocks and faults, with no process but vmodem, unless a test says so."""
import re
import socket
import subprocess
import time

import pytest

from conftest import VMODEM
from dtls_test import chapter_5_2
from plain_coap_test import chapter_5_1, open_session

VIRTUAL = ("--clock", "virtual", "--seed", 1)
# A wait of ten minutes on the module's side; a wall that takes so long was not virtual.
WALL_MAX_S = 5.0
FACTOR_1 = ("--set", "dialect.ack_random_factor=1.0")
NOBODY = "192.0.2.1"


class Stopwatch:
    """How long a block takes on the wall, and on the module's clock."""

    def __init__(self, host):
        self.host = host

    def __enter__(self):
        self.module_start = self.module_s()
        self.start = time.monotonic()
        return self

    def __exit__(self, *exception):
        self.wall = time.monotonic() - self.start
        self.module = self.module_s() - self.module_start

    def module_s(self):
        hours, minutes, seconds = re.search(rb",(\d+):(\d+):(\d+)", self.host.ok("AT+CCLK?")).groups()
        return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def get(host, path, client=0):
    """The +QCOAPRECV of a confirmable GET."""
    host.ok(f'AT+QCOAPOPTION={client},0,0,11,"{path}"')
    host.ok(f"AT+QCOAPSEND={client},0,1,1,0")
    return host.urc(f"+QCOAPRECV: {client}")


def give_up(host, timeout_s, retry_count):
    """A confirmable message to nobody, up to its end."""
    host.ok(f'AT+QCOAPCFG="trans",0,{timeout_s},{retry_count}')
    open_session(host, NOBODY)
    host.ok("AT+QCOAPHEADER=0,7,0")
    host.ok("AT+QCOAPSEND=0,0,1,0,0")
    said = host.read_until(rb"\+QCOAPACK: 0,0,7,[^\r]*\r\n", timeout=60)
    return [line for line in said.split(b"\r\n") if line.startswith(b"+")]


def test_three_pluses_between_silences_end_an_upload(vmodem):
    host = vmodem(*VIRTUAL).host()
    host.write(b'AT+QFUPL="p",100,60\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"abc")
    time.sleep(1.2)  # the guard: silence is what this is about
    host.write(b"+++")
    host.read_until(rb"\r\nOK\r\n", timeout=5)
    host.ok("AT+QFLST")


def test_chapter_5_1_runs_as_printed(vmodem):
    host = vmodem(*VIRTUAL).host()
    with Stopwatch(host) as watch:
        chapter_5_1(host)
    print(f"chapter 5.1: {watch.wall * 1000:.0f} ms")
    assert watch.wall < WALL_MAX_S


def test_chapter_5_2_runs_as_printed(vmodem):
    host = vmodem(*VIRTUAL).host()
    with Stopwatch(host) as watch:
        chapter_5_2(host)
    print(f"chapter 5.2: {watch.wall * 1000:.0f} ms")
    assert watch.wall < WALL_MAX_S


def test_five_retransmissions_and_the_end_at_252_s_take_a_moment(vmodem):
    modem = vmodem(*VIRTUAL, *FACTOR_1)
    host = modem.host()
    host.ok("ATE0")
    with Stopwatch(host) as watch:
        said = give_up(host, 4, 5)
    print(f"252 s: {watch.wall * 1000:.0f} ms")
    assert [line.split(b":")[0] for line in said] == 5 * [b"+QCOAPIND"] + [b"+QCOAPACK"]
    assert not said[-1].endswith(b",0")
    assert 252 <= watch.module <= 253
    assert watch.wall < WALL_MAX_S


def test_ten_minutes_of_notifications_takes_a_moment(vmodem):
    host = vmodem(*VIRTUAL).host()
    host.ok("ATE0")
    open_session(host, "coap.sim")
    host.ok("AT+QCOAPOPTION=0,0,0,6,0")
    host.ok('AT+QCOAPOPTION=0,0,1,11,"obs"')
    host.ok('AT+QCOAPHEADER=0,7,0,1,"cc"')
    with Stopwatch(host) as watch:
        host.ok("AT+QCOAPSEND=0,0,1,3,0")
        for _ in range(121):
            host.urc("+QCOAPRECV: 0,")
    print(f"{watch.module} s of notifications: {watch.wall:.2f} s")
    assert watch.module >= 600
    assert watch.wall < watch.module / 20


def test_who_types_slowly_in_data_mode_loses_nothing(vmodem):
    host = vmodem(*VIRTUAL).host()
    host.ok("ATE0")
    host.write(b'AT+QFUPL="slow.txt",12,3\r')
    host.read_until(rb"CONNECT\r\n")
    for piece in (b"abc", b"def", b"ghi", b"jkl"):
        assert host.silence(0.3) == b""
        host.write(piece)
    assert host.read_until(rb"OK\r\n").startswith(b"\r\n+QFUPL: 12,")


def test_an_upload_that_stops_ends_when_its_idle_time_is_over_on_the_wall(vmodem):
    host = vmodem(*VIRTUAL).host()
    host.ok("ATE0")
    host.write(b'AT+QFUPL="stops.txt",12,1\r')
    host.read_until(rb"CONNECT\r\n")
    start = time.monotonic()
    host.write(b"abc")
    host.read_until(rb"\+QFUPL: 3,|ERROR")
    assert time.monotonic() - start >= 0.99


def test_a_half_typed_line_keeps_urcs_away_as_long_as_on_a_module(vmodem):
    host = vmodem(*VIRTUAL).host()
    host.ok("ATE0")
    open_session(host, "coap.sim")
    host.ok("AT+QCOAPOPTION=0,0,0,6,0")
    host.ok('AT+QCOAPOPTION=0,0,1,11,"obs"')
    host.ok("AT+QCOAPSEND=0,0,1,3,0")
    host.urc("+QCOAPRECV")
    host.write(b"AT+CGM")
    # What was under way when the first letter came may still be read.
    host.silence(0.2)
    host.seen = b""
    assert host.silence(0.5) == b""
    host.write(b"M\r")
    assert host.read_until(rb"OK\r\n").startswith(b"\r\nBG95-M3\r\n")


def test_nothing_happens_before_the_host_is_there(vmodem):
    modem = vmodem(*VIRTUAL, *FACTOR_1, "--fault", "link-down 20s")
    time.sleep(0.3)
    host = modem.host()
    host.ok("ATE0")
    open_session(host, "198.51.100.7")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"validate"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    said = host.read_until(rb"\+QCOAPRECV: ")
    assert said.count(b"+QCOAPIND: ") >= 3


def test_a_module_that_boots_does_so_before_the_host_types(vmodem):
    host = vmodem(*VIRTUAL, "--boot", "cold", "--set", "power.boot=realistic").host()
    start = time.monotonic()
    host.read_until(rb"APP RDY\r\n")
    assert time.monotonic() - start < WALL_MAX_S


def test_a_scaled_clock_is_so_many_times_faster(vmodem):
    walls = []
    for factor in (50, 100):
        host = vmodem("--clock", f"scaled:{factor}", *FACTOR_1).host()
        host.ok("ATE0")
        with Stopwatch(host) as watch:
            assert len(give_up(host, 2, 4)) == 5
        assert 62 <= watch.module
        assert watch.wall > 60 / factor
        walls.append(watch.wall)
    print(f"62 s: {walls[0]:.2f} s by 50, {walls[1]:.2f} s by 100")
    assert walls[1] < walls[0] < 62


def test_a_scaled_clock_is_as_fast_while_a_real_peer_may_answer(vmodem):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        host = vmodem("--clock", "scaled:50", *FACTOR_1).host()
        host.ok("ATE0")
        open_session(host, "127.0.0.1", port)
        host.ok("AT+QCOAPHEADER=0,7,0")
        start = time.monotonic()
        host.ok("AT+QCOAPSEND=0,0,1,0,0")
        host.read_until(rb"\+QCOAPACK: 0,0,7,[^\r]*\r\n", timeout=61)
        assert 62 / 50 < time.monotonic() - start < 31


def test_an_upload_is_given_up_by_a_scaled_clock(vmodem):
    host = vmodem("--clock", "scaled:50").host()
    start = time.monotonic()
    host.write(b'AT+QFUPL="a",100,30\r')
    host.read_until(rb"\+CME ERROR: \d+\r\n", timeout=29)
    assert 30 / 50 < time.monotonic() - start < 15


def test_a_real_server_beside_a_simulated_one(vmodem, coap_server):
    port = coap_server()
    modem = vmodem(*VIRTUAL, "--route", f"203.0.113.5:5683=127.0.0.1:{port}")
    host = modem.host()
    host.ok("ATE0")
    open_session(host, "203.0.113.5", client=0)
    open_session(host, "coap.sim", client=1)
    for _ in range(3):
        assert re.match(rb"\+QCOAPRECV: 0,\d+,2\.05,", get(host, "time", client=0))
        assert re.match(rb"\+QCOAPRECV: 1,\d+,2\.05,", get(host, "validate", client=1))
    host.ok('AT+QCOAPOPTION=1,0,0,11,"separate"')
    host.ok("AT+QCOAPSEND=1,0,1,1,0")
    assert re.match(rb"\+QCOAPRECV: 0,\d+,2\.05,", get(host, "time", client=0))
    assert re.match(rb"\+QCOAPRECV: 1,\d+,2\.05,", host.urc("+QCOAPRECV: 1"))


def test_nobody_at_an_address_is_silent_and_warned_of(vmodem):
    modem = vmodem(*VIRTUAL)
    host = modem.host()
    host.ok("ATE0")
    assert len(give_up(host, 2, 4)) == 5
    code, errors = modem.stop()
    assert code == 0
    assert f"warning: nobody is at {NOBODY} port 5683" in errors


FAULT, WHEN = "lose-uplink 2", "AT+QCOAPSEND"
RESET = "reset"


def places_of_faults(tmp_path):
    """The same faults by command line, configuration and scenario file."""
    toml = tmp_path / "faults.toml"
    toml.write_text(f'faults = ["{FAULT}@{WHEN}", "{RESET}@+QCOAPRECV"]\n')
    scenario = tmp_path / "faults.scenario"
    scenario.write_text(f"# Two.\n{WHEN}: {FAULT}\n\n+QCOAPRECV: {RESET}\n")
    return {"options": ["--fault", f"{FAULT}@{WHEN}", "--fault", f"{RESET}@+QCOAPRECV"],
            "configuration": ["--config", toml], "scenario": ["--scenario", scenario]}


def test_faults_act_the_same_wherever_they_are_written(vmodem, tmp_path):
    heard = {}
    for place, arguments in places_of_faults(tmp_path).items():
        modem = vmodem(*VIRTUAL, "--log-level", "info", *arguments)
        host = modem.host()
        host.ok("ATE0")
        open_session(host, "198.51.100.7")
        host.ok('AT+QCOAPOPTION=0,0,0,11,"validate"')
        host.write(b"AT+QCOAPSEND=0,0,1,1,0\r")
        heard[place] = host.read_until(rb"\+QIND: SMS DONE\r\n")
        _, errors = modem.stop()
        assert errors.count("fault: ") == 2, errors
    assert heard["options"].count(b"+QCOAPIND: ") == 2
    assert heard["options"] == heard["configuration"] == heard["scenario"]


@pytest.mark.parametrize("place, text, said", [
    ("option", "no-such-verb", '--fault no-such-verb: there is no verb "no-such-verb"'),
    ("option", "link-down 1s@never", None),
    ("option", "link-down 1s@", '--fault link-down 1s@: "" is no time'),
    ("option", "signal", "--fault signal: signal lacks its RSRP_DBM"),
    ("toml", '[log]\nlevel = "info"\n', None),
    ("toml", '\nfaults = ["reset", "explode"]\n', ":2:20: "),
    ("scenario", "# right\n1s: reset\n\n5s explode\n", ':4: "5s explode" has no ": "'),
    ("scenario", "1s: hang now\n", ":1: hang: DURATION cannot be now; expected a duration"),
])
def test_a_mistake_is_told_with_its_place_and_status_2(tmp_path, place, text, said):
    path = tmp_path / f"faults.{place}"
    path.write_text(text)
    arguments = {"option": ["--fault", text], "toml": ["--config", path],
                 "scenario": ["--scenario", path]}[place]
    wrong = said is not None
    # Behind what is right another mistake ends the start.
    more = [] if wrong else ["--set", "dialect.nstart=9"]
    result = subprocess.run([VMODEM, *arguments, *more], capture_output=True, text=True, timeout=10,
                            check=False)
    assert result.returncode == 2
    assert (said if wrong else "dialect.nstart") in result.stderr, result.stderr
    if place != "option" and wrong:
        assert f"vmodem: {path}" in result.stderr


def test_a_scenario_that_cannot_be_read_is_refused(tmp_path):
    for arguments in (["--scenario", tmp_path / "none"], ["--check-scenario", tmp_path / "none"],
                      ["--scenario", tmp_path]):
        result = subprocess.run([VMODEM, *arguments], capture_output=True, text=True, timeout=10,
                                check=False)
        assert result.returncode == 2
        assert str(arguments[1]) in result.stderr
