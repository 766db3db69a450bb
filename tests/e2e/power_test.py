"""The port of a module that switches itself off: it stays, or it goes and comes back under its link."""
import os
import select
import time

from conftest import PATIENCE_S, Vmodem
from port_test import run

REAPPEARS = ("--set", "power.port=reappears")
BOOT_CHAIN = (b"\r\nRDY\r\n\r\nAPP RDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\n+QUSIM: 1\r\n"
              b"\r\n+QIND: SMS DONE\r\n")


class RawHost:
    """A host program without a library between it and the port."""

    def __init__(self, path):
        self.fd = os.open(path, os.O_RDWR | os.O_NOCTTY)

    def write(self, octets):
        os.write(self.fd, octets)

    def read_until(self, end):
        seen = b""
        while not seen.endswith(end):
            octets = self.read()
            assert octets, f"hung up behind {seen!r}"
            seen += octets
        return seen

    def read(self):
        """Nothing when the port is hung up."""
        readable, _, _ = select.select([self.fd], [], [], PATIENCE_S)
        assert readable, "silence"
        try:
            return os.read(self.fd, 4096)
        except OSError:
            return b""

    def read_to_the_end(self):
        seen = b""
        while octets := self.read():
            seen += octets
        os.close(self.fd)
        return seen


def wait_for(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def reopen(link):
    wait_for(lambda: os.path.lexists(link))
    return RawHost(link)


def test_the_port_reappears_with_the_boot_chain_after_a_reset(vmodem, tmp_path):
    link = tmp_path / "modem"
    vmodem("--link", link, *REAPPEARS)
    host = RawHost(link)
    host.write(b"ATE0\rAT+CFUN=1,1\r")
    assert host.read_to_the_end() == b"ATE0\r\r\nOK\r\n\r\nOK\r\n"
    host = reopen(link)
    assert host.read_until(b"SMS DONE\r\n") == BOOT_CHAIN
    host.write(b"AT\r")
    assert host.read_until(b"OK\r\n") == b"AT\r\r\nOK\r\n"


def test_the_link_is_absent_while_the_module_is_off(vmodem, tmp_path):
    link = tmp_path / "modem"
    vmodem("--link", link, *REAPPEARS, "--set", "power.on_after=2s")
    for _ in range(2):
        host = reopen(link)
        host.write(b"ATE0\rAT+QPOWD\r")
        assert host.read_to_the_end().endswith(b"\r\nOK\r\n\r\nPOWERED DOWN\r\n")
        assert not os.path.lexists(link)
        host = reopen(link)
        assert host.read_until(b"SMS DONE\r\n") == BOOT_CHAIN
        os.close(host.fd)


def test_what_a_host_never_read_does_not_come_out_of_the_next_port(vmodem, tmp_path):
    link = tmp_path / "modem"
    vmodem("--link", link, *REAPPEARS)
    silent = RawHost(link)
    silent.write(b"ATE0\r" + b"AT+QCOAPCFG=?\r" * 100 + b"AT+CFUN=1,1\r")
    wait_for(lambda: not os.path.lexists(link))
    host = reopen(link)
    assert host.read_until(b"SMS DONE\r\n") == BOOT_CHAIN


def test_the_program_ends_cleanly_while_its_port_is_absent(vmodem, tmp_path):
    link = tmp_path / "modem"
    modem = vmodem("--link", link, *REAPPEARS, "--set", "power.on_after=never")
    host = RawHost(link)
    host.write(b"AT+QPOWD=0\r")
    assert b"POWERED DOWN" in host.read_to_the_end()
    assert not os.path.lexists(link)
    code, errors = modem.stop()
    assert code == 0, errors
    assert list(tmp_path.iterdir()) == []


def test_the_port_stays_where_nothing_else_is_asked_for(vmodem, tmp_path):
    link = tmp_path / "modem"
    modem = vmodem("--link", link)
    host = RawHost(link)
    host.write(b"ATE0\rAT+CFUN=1,1\r")
    assert host.read_until(b"SMS DONE\r\n").endswith(b"\r\nOK\r\n" + BOOT_CHAIN)
    assert os.readlink(link) == modem.ready["pty"]
    os.close(host.fd)


def test_a_port_that_reappears_needs_a_link():
    result = run(*REAPPEARS)
    assert result.returncode == 2
    assert "power.port" in result.stderr
    assert "--link" in result.stderr


def test_a_new_port_that_cannot_be_linked_ends_the_program(tmp_path):
    link = tmp_path / "modem"
    modem = Vmodem("--link", link, *REAPPEARS, "--set", "power.on_after=2s")
    host = RawHost(link)
    host.write(b"AT+QPOWD=0\r")
    host.read_to_the_end()
    link.mkdir()
    modem.process.wait(timeout=PATIENCE_S)
    code, errors = modem.stop()
    assert code == 1
    assert str(link) in errors
    assert link.is_dir()
