"""Ports beside the PTY: a Unix socket, TCP, and RFC 2217 with the circuits that a PTY does not carry."""
import json
import os
import re
import signal
import socket
import stat
import subprocess
import time

import pytest
import serial
from conftest import VMODEM, Vmodem

PATIENCE_S = 10.0
TCP = "tcp://127.0.0.1:0"
RFC2217 = "rfc2217://127.0.0.1:0"


class Caller:
    """A host that speaks octets alone."""

    def __init__(self, address):
        scheme, place = address.split(":", 1)
        if scheme == "unix":
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(place)
        else:
            name, port = place.lstrip("/").rsplit(":", 1)
            self.socket = socket.create_connection((name, int(port)))
        self.socket.settimeout(PATIENCE_S)
        self.seen = b""

    def write(self, octets):
        self.socket.sendall(octets)

    def read_until(self, pattern):
        while True:
            match = re.search(pattern, self.seen, re.DOTALL)
            if match:
                taken, self.seen = self.seen[:match.end()], self.seen[match.end():]
                return taken
            more = self.socket.recv(4096)
            assert more, f"closed while waiting for {pattern!r}, have {self.seen!r}"
            self.seen += more

    def command(self, line):
        self.write(line.encode() + b"\r")
        return self.read_until(rb"\r\n(OK|ERROR|NO CARRIER)\r\n")

    def is_closed(self):
        try:
            return self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self):
        self.socket.close()


def addresses(tmp_path):
    return [f"unix:{tmp_path}/port", TCP]


@pytest.fixture
def at(vmodem, tmp_path):
    """A modem that listens at a Unix socket and at TCP."""
    modem = vmodem(*(f"--listen={address}" for address in addresses(tmp_path)), "--log-level=info",
                   f"--log-file={tmp_path}/log")
    modem.log = tmp_path / "log"
    return modem


def await_log(modem, pattern):
    deadline = time.monotonic() + PATIENCE_S
    while not re.search(pattern, modem.log.read_text()):
        assert time.monotonic() < deadline, f"no {pattern!r} in {modem.log.read_text()}"
        time.sleep(0.01)


@pytest.mark.parametrize("which", [0, 1])
def test_a_host_is_answered_at_each_port_as_at_the_pty(at, which):
    caller = Caller(at.ready["listen"][which])
    assert caller.command("AT+CGMM") == b"AT+CGMM\r\r\nBG95-M3\r\n\r\nOK\r\n"
    caller.close()


def test_readiness_names_the_ports_with_what_they_got(at, tmp_path):
    named, numbered = at.ready["listen"]
    assert named == f"unix:{tmp_path}/port"
    assert re.fullmatch(r"tcp://127\.0\.0\.1:[1-9]\d*", numbered)
    assert stat.S_IMODE(os.stat(tmp_path / "port").st_mode) == 0o600
    at.stop()
    assert not (tmp_path / "port").exists()


def test_readiness_without_a_port_beside_the_pty_names_none(vmodem):
    assert vmodem().ready["listen"] == []


def test_people_are_told_where_to_connect(tmp_path):
    process = subprocess.Popen([VMODEM, f"--listen=unix:{tmp_path}/port"], stdout=subprocess.PIPE, text=True)
    try:
        process.stdout.readline()
        assert f"unix:{tmp_path}/port" in process.stdout.readline() + process.stdout.readline()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE_S) == 0


def test_a_second_host_finds_its_connection_closed_and_the_first_reads_nothing_of_it(at):
    first = Caller(at.ready["listen"][0])
    assert first.command("ATE0").endswith(b"OK\r\n")
    for address in at.ready["listen"]:
        second = Caller(address)
        assert second.is_closed()
        second.close()
    await_log(at, "a second host at tcp://.* is sent away: the first is at unix:")
    assert first.command("AT") == b"\r\nOK\r\n"
    first.close()


def test_a_host_leaves_and_another_comes_at_once(at):
    for round_number in range(20):
        caller = Caller(at.ready["listen"][round_number % 2])
        assert caller.command("AT") == b"AT\r\r\nOK\r\n"
        caller.close()


def test_the_pty_stays_and_hears_and_is_heard(at):
    caller = Caller(at.ready["listen"][1])
    assert caller.command("ATE0").endswith(b"OK\r\n")
    host = at.host()
    # The open end of the PTY is known once something was written there.
    assert host.command("AT+CGMM") == b"\r\nBG95-M3\r\n\r\nOK\r\n"
    assert caller.read_until(rb"OK\r\n") == b"\r\nBG95-M3\r\n\r\nOK\r\n"
    assert caller.command("AT+CGMI") == b"\r\nQuectel\r\n\r\nOK\r\n"
    assert host.read_until(rb"OK\r\n") == b"\r\nQuectel\r\n\r\nOK\r\n"
    caller.close()


def test_a_pty_that_nobody_reads_never_holds_up_a_connected_host(at):
    silent = os.open(at.ready["pty"], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    caller = Caller(at.ready["listen"][0])
    assert caller.command("ATE0").endswith(b"OK\r\n")
    for _ in range(40):
        assert caller.command("AT+QCFG=?").endswith(b"OK\r\n")
    os.close(silent)
    caller.close()


def test_what_waits_at_the_pty_goes_to_the_first_host_that_comes(vmodem):
    modem = vmodem("--boot=cold", f"--listen={TCP}")
    caller = Caller(modem.ready["listen"][0])
    assert caller.read_until(rb"SMS DONE\r\n").startswith(b"\r\nRDY\r\n")
    caller.close()


def test_what_is_said_while_nobody_is_there_waits(at):
    caller = Caller(at.ready["listen"][0])
    assert caller.command("ATE0").endswith(b"OK\r\n")
    caller.write(b"AT+QPOWD=0\r")
    caller.read_until(rb"POWERED DOWN\r\n")
    caller.close()
    caller = Caller(at.ready["listen"][1])
    caller.read_until(rb"SMS DONE\r\n")
    caller.close()


def test_a_host_that_never_reads_holds_nobody_up(at):
    """7 MB of answers: what the module has no room for is lost, as at a PTY."""
    caller = Caller(at.ready["listen"][0])
    for _ in range(30):
        caller.socket.sendall(b"AT+QCFG=?\r" * 100)
    caller.close()
    again = Caller(at.ready["listen"][1])
    again.write(b"\r")
    again.read_until(rb"OK\r\n")
    assert b"OK" in again.command("ATI")
    again.close()


@pytest.mark.parametrize("address", ["tcp://0.0.0.0:0", "tcp://192.0.2.1:0", "rfc2217://[::]:0", "ftp://127.0.0.1:0",
                                     "unix:", "tcp://127.0.0.1"])
def test_an_address_beyond_this_machine_is_refused_and_it_is_said_what_would_be_right(address):
    refused = subprocess.run([VMODEM, f"--listen={address}"], capture_output=True, text=True, timeout=20)
    assert refused.returncode == 2
    assert "unix:PATH, or tcp://HOST:PORT or rfc2217://HOST:PORT of loopback" in refused.stderr


def test_ports_of_a_configuration_file_come_before_those_of_the_command_line(vmodem, tmp_path):
    config = tmp_path / "vmodem.toml"
    config.write_text(f'listen = ["unix:{tmp_path}/a", "tcp://127.0.0.1:0"]\n')
    modem = vmodem(f"--config={config}", f"--listen=unix:{tmp_path}/b")
    assert [address.split(":")[0] for address in modem.ready["listen"]] == ["unix", "tcp", "unix"]
    assert modem.ready["listen"][2] == f"unix:{tmp_path}/b"


def test_the_socket_of_a_running_vmodem_is_not_taken(at, tmp_path):
    refused = subprocess.run([VMODEM, f"--listen=unix:{tmp_path}/port"], capture_output=True, text=True, timeout=20)
    assert refused.returncode == 1
    assert f"belongs to a running process, {at.process.pid}" in refused.stderr
    caller = Caller(at.ready["listen"][0])
    assert caller.command("AT") == b"AT\r\r\nOK\r\n"
    caller.close()


def test_a_kill_leaves_nothing_that_stops_the_next_start(vmodem, tmp_path):
    killed = Vmodem(f"--listen=unix:{tmp_path}/port", f"--listen={TCP}")
    caller = Caller(killed.ready["listen"][1])
    port = killed.ready["listen"][1]
    assert caller.command("AT").endswith(b"OK\r\n")
    killed.process.kill()
    killed.process.wait()
    assert (tmp_path / "port").exists()
    caller.close()
    modem = vmodem(f"--listen=unix:{tmp_path}/port", f"--listen={port}")
    for address in modem.ready["listen"]:
        caller = Caller(address)
        assert caller.command("AT").endswith(b"OK\r\n")
        caller.close()


# RFC 2217.

class Wired:
    """pyserial's client of RFC 2217, and the journal of the modem at its other end."""

    def __init__(self, vmodem, tmp_path, *options):
        self.journal_path = tmp_path / "journal"
        self.modem = vmodem(f"--listen={RFC2217}", f"--journal={self.journal_path}", *options)
        self.port = self.open()

    def open(self):
        return serial.serial_for_url(self.modem.ready["listen"][0], 115200, timeout=PATIENCE_S)

    def command(self, line):
        self.port.write(line.encode() + b"\r")
        return self.read_until(rb"\r\n(OK|ERROR|NO CARRIER|CONNECT)\r\n")

    def read_until(self, pattern):
        seen = b""
        while not re.search(pattern, seen, re.DOTALL):
            more = self.port.read(1)
            assert more, f"waited for {pattern!r}, have {seen!r}"
            seen += more
        return seen

    def ok(self, *lines):
        for line in lines:
            assert self.command(line).endswith(b"\r\nOK\r\n")

    def await_circuit(self, name, state):
        deadline = time.monotonic() + PATIENCE_S
        while getattr(self.port, name) != state:
            assert time.monotonic() < deadline, f"{name} is not {state}"
            time.sleep(0.005)

    def circuits(self):
        """What the journal tells of circuits, once all of it is written."""
        if self.port.is_open:
            self.port.close()
        self.modem.stop()
        entries = [json.loads(line) for line in self.journal_path.read_text().splitlines()]
        return [(one["circuit"], one["state"], one["note"]) for one in entries if one["kind"] == "line.circuit"]


@pytest.fixture
def wired(vmodem, tmp_path):
    started = []

    def start(*options):
        started.append(Wired(vmodem, tmp_path, *options))
        return started[-1]

    yield start
    for one in started:
        if one.port.is_open:
            one.port.close()


def test_pyserial_opens_the_port_and_is_answered(wired):
    host = wired()
    assert host.command("AT+CGMM") == b"AT+CGMM\r\r\nBG95-M3\r\n\r\nOK\r\n"
    assert host.modem.ready["listen"][0].startswith("rfc2217://127.0.0.1:")


def test_every_octet_passes_in_both_directions(wired):
    host = wired()
    everything = bytes(range(256))
    assert host.command('AT+QFUPL="all",256').endswith(b"CONNECT\r\n")
    host.port.write(everything)
    host.read_until(rb"\+QFUPL: 256,[0-9a-f]+\r\n\r\nOK\r\n")
    host.port.write(b'AT+QFDWL="all"\r')
    host.read_until(rb"CONNECT\r\n")
    assert host.port.read(256) == everything


def test_the_circuits_of_a_module_that_rests(wired):
    host = wired()
    assert (host.port.dsr, host.port.cts, host.port.cd, host.port.ri) == (True, True, False, False)


def test_dcd_follows_data_mode_unless_it_is_always_on(wired):
    host = wired()
    assert host.command('AT+QFUPL="a",3').endswith(b"CONNECT\r\n")
    host.await_circuit("cd", True)
    host.port.write(b"abc")
    host.read_until(rb"\r\nOK\r\n")
    host.await_circuit("cd", False)
    host.ok("AT&C0")
    host.await_circuit("cd", True)


def test_dtr_that_drops_hangs_up_in_data_mode(wired):
    host = wired()
    host.ok("ATE0", "AT&D2")
    assert host.command('AT+QFUPL="a",5,60').endswith(b"CONNECT\r\n")
    host.port.write(b"abc")
    host.port.dtr = False
    host.read_until(rb"^\r\nNO CARRIER\r\n$")
    host.await_circuit("cd", False)
    host.port.dtr = True
    host.ok('AT+QFLST="a"')
    told = host.circuits()
    assert ("DTR", "off", "AT&D2 hangs up") in told
    assert ("DCD", "on", "data mode") in told and ("DCD", "off", "") in told


def test_dtr_that_drops_goes_to_command_mode_or_is_ignored(wired):
    host = wired()
    host.ok("ATE0", "AT&D1")
    assert host.command('AT+QFUPL="a",5,60').endswith(b"CONNECT\r\n")
    host.port.dtr = False
    host.read_until(rb"^\r\nOK\r\n$")
    host.port.dtr = True
    host.ok("AT&D0")
    assert host.command('AT+QFUPL="b",5,60').endswith(b"CONNECT\r\n")
    host.port.dtr = False
    host.port.write(b"abcde")
    host.read_until(rb"^\r\n\+QFUPL: 5,[0-9a-f]+\r\n\r\nOK\r\n$")


def test_a_host_that_goes_drops_dtr(wired):
    host = wired()
    host.ok("AT&D2")
    assert host.command('AT+QFUPL="a",5,60').endswith(b"CONNECT\r\n")
    host.port.close()
    host.port = host.open()
    host.port.write(b"\rAT+CGMM\r")
    host.read_until(rb"BG95-M3\r\n\r\nOK\r\n")
    assert ("DTR", "off", "AT&D2 hangs up") in host.circuits()


def test_rts_holds_what_the_module_says(wired):
    host = wired()
    host.ok("ATE0", "AT+IFC=2,2")
    host.port.rts = False
    host.port.timeout = 0.3
    host.port.write(b"AT\r")
    assert host.port.read(1) == b""
    host.port.timeout = PATIENCE_S
    host.port.rts = True
    host.read_until(rb"^\r\nOK\r\n$")
    told = host.circuits()
    assert ("RTS", "off", "output is held") in told and ("RTS", "on", "output goes on") in told


def test_cts_goes_off_where_the_module_has_no_room(wired):
    host = wired("--set=pdp.activation_time=2s")
    host.ok("ATE0", "AT+IFC=2,2", 'AT+QICSGP=2,1,"x"')
    host.await_circuit("cts", True)
    host.port.write(b"AT+QIACT=2\r" + b"AT\r" * 6000)
    host.await_circuit("cts", False)
    host.await_circuit("cts", True)


def test_a_break_is_seen_and_has_no_effect(wired):
    host = wired()
    host.port.send_break(0.01)
    host.ok("AT")
    assert ("TXD", "break", "the module takes no notice") in host.circuits()


def test_a_host_at_another_rate_is_not_understood_until_it_goes_at_the_module_s(wired):
    host = wired()
    host.ok("ATE0")
    host.port.baudrate = 9600
    host.port.write(b"AT\r")
    host.port.timeout = 0.3
    assert b"OK" not in host.port.read(64)
    host.port.timeout = PATIENCE_S
    host.port.baudrate = 115200
    host.port.write(b"\r")
    host.ok("AT")
    host.ok("AT+IPR=9600")
    host.port.baudrate = 9600
    host.ok("AT")
    assert ("rate", "9600", "the module's is 115200") in host.circuits()


def test_a_module_that_sleeps_hears_nothing_until_dtr_wakes_it(wired):
    host = wired()
    host.ok("ATE0", "AT+QSCLK=1")
    host.port.dtr = False
    host.port.timeout = 0.3
    host.port.write(b"AT\r")
    assert host.port.read(1) == b""
    host.port.timeout = PATIENCE_S
    host.port.dtr = True
    host.ok("AT")
    assert ("DTR", "off", "AT+QSCLK=1 lets the module sleep") in host.circuits()


def urc_after_ring(host):
    """Whether RI had been on by the time that the URC was read, which comes by itself."""
    host.read_until(rb"\r\n\+TEST\r\n")
    return host.port.ri


def say_urc(host):
    """One that the module has no reason for."""
    subprocess.run([VMODEM.parent / "vmodemctl", "--control", host.modem.ready["control"], "urc", "+TEST"],
                   check=True, capture_output=True, timeout=20)


def test_a_pulse_of_ri_comes_before_its_urc(wired, tmp_path):
    host = wired(f"--control=unix:{tmp_path}/control")
    host.ok("ATE0", 'AT+QCFG="urc/ri/other","pulse",2000,1')
    say_urc(host)
    assert urc_after_ring(host)
    host.await_circuit("ri", False)
    told = host.circuits()
    assert ("RI", "on", "a URC") in told and ("RI", "off", "") in told


def test_with_ri_off_a_urc_comes_alone(wired, tmp_path):
    host = wired(f"--control=unix:{tmp_path}/control")
    host.ok("ATE0", 'AT+QCFG="urc/ri/other","off"')
    say_urc(host)
    assert not urc_after_ring(host)
    assert not [one for one in host.circuits() if one[0] == "RI"]


def test_the_state_shows_the_circuits(wired, tmp_path):
    host = wired(f"--control=unix:{tmp_path}/control")
    host.port.dtr = False
    state = json.loads(subprocess.run(
        [VMODEM.parent / "vmodemctl", "--control", host.modem.ready["control"], "--json", "state", "line"],
        check=True, capture_output=True, timeout=20).stdout)
    assert state["is_wired"] and not state["dtr"] and state["rts"] and state["host_rate"] == 115200 and state["dsr"]


def test_a_run_with_circuits_replays(wired, tmp_path):
    record = tmp_path / "record"
    host = wired(f"--record={record}")
    host.ok("ATE0", "AT&D2")
    assert host.command('AT+QFUPL="a",5,60').endswith(b"CONNECT\r\n")
    host.port.dtr = False
    host.read_until(rb"NO CARRIER\r\n")
    host.port.send_break(0.01)
    told = host.circuits()
    again = tmp_path / "again"
    replayed = Vmodem(f"--replay={record}", f"--journal={again}")
    code, errors = replayed.stop()
    assert code == 0, errors
    entries = [json.loads(line) for line in again.read_text().splitlines()]
    played = [(one["circuit"], one["state"], one["note"]) for one in entries if one["kind"] == "line.circuit"]
    assert told and played[:len(told)] == told
