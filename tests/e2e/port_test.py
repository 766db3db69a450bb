"""The PTY, the link and the program around them."""
import os
import re
import socket
import subprocess

import pytest
from conftest import VMODEM


def run(*arguments):
    return subprocess.run([VMODEM, *map(str, arguments)], capture_output=True, text=True, timeout=20)


SESSION = b"ATE0\rAT\rATI\rAT+CGMM;+CGSN\rAT+QCOAPCFG=\"trans\",0\rAT+BOGUS\rA/AT+CMEE=?\r\nAT+QCOAPOPEN?\r\n"


def dialogue(modem, feed):
    host = modem.host()
    feed(host)
    host.write(b"AT+QCCID\r")
    return host.read_until(rb"\+QCCID: [^\r]*\r\n\r\nOK\r\n")


def test_one_octet_at_a_time_or_all_at_once_gives_the_same_answers(vmodem):
    whole = dialogue(vmodem(), lambda host: host.write(SESSION))

    def by_octets(host):
        for octet in SESSION:
            host.write(bytes([octet]))

    assert dialogue(vmodem(), by_octets) == whole
    garbage = dialogue(vmodem(), lambda host: host.write(b"\x00\xff~~\n\x1a\x1b;;\r" + SESSION))
    assert garbage == whole


def test_identification_is_byte_exact(vmodem):
    host = vmodem("--model", "bg77").host()
    assert host.command("ATI") == (
        b"ATI\r\r\nQuectel\r\nBG77\r\nRevision: BG77LAR02A04\r\n\r\nOK\r\n")


def test_hosts_come_and_go(vmodem):
    modem = vmodem()
    first = modem.host()
    first.ok("ATE0")
    first.close()
    second = modem.host()
    assert second.command("AT") == b"\r\nOK\r\n"


def test_a_host_that_never_reads_does_not_stop_the_modem(vmodem):
    modem = vmodem()
    silent = os.open(modem.ready["pty"], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    line = b"AT+QCOAPCFG=?\r"
    for _ in range(2000):
        try:
            os.write(silent, line)
        except BlockingIOError:
            pass
    os.close(silent)
    host = modem.host()
    host.silence(0.5)
    host.seen = b""
    host.write(b"\rAT+CGMM\r")
    host.read_until(rb"BG95-M3\r\n\r\nOK\r\n")


def test_the_link_leads_to_the_port_and_goes_with_the_program(vmodem, tmp_path):
    link = tmp_path / "modem"
    link.symlink_to("/dev/pts/does-not-exist")
    modem = vmodem("--link", link)
    assert os.readlink(link) == modem.ready["pty"]
    assert modem.ready["link"] == str(link)
    code, _ = modem.stop()
    assert code == 0
    assert not os.path.lexists(link)


def test_a_file_in_the_place_of_the_link_is_left_alone(tmp_path):
    link = tmp_path / "modem"
    link.write_text("precious")
    result = run("--link", link)
    assert result.returncode == 1
    assert str(link) in result.stderr
    assert link.read_text() == "precious"


@pytest.mark.parametrize("arguments, words", [
    (("--no-such-option",), ["--no-such-option"]),
    (("--model", "BG96"), ["BG96", "BG95-M6"]),
    (("--set", "dialect.no_such_key=1"), ["dialect.no_such_key"]),
    (("--set", "dialect.sticky_message_id=maybe"), ["sticky_message_id", "true", "false"]),
    (("--set", "dialect.ack_random_factor=0.5"), ["ack_random_factor", "1"]),
    (("--route", "nonsense"), ["nonsense"]),
    (("--network", "moon"), ["loopback", "host"]),
    (("--config", "/no/such/file.toml"), ["/no/such/file.toml"]),
])
def test_a_wrong_option_says_what_would_be_right(arguments, words):
    result = run(*arguments)
    assert result.returncode == 2, result.stderr
    for word in words:
        assert word in result.stderr


def test_a_wrong_key_in_a_file_names_file_line_and_key(tmp_path):
    config = tmp_path / "modem.toml"
    config.write_text('[identity]\nmodel = "BG77"\n\n[dialect]\nsticky_message_id = 7\n')
    result = run("--config", config)
    assert result.returncode == 2
    assert f"{config}:5" in result.stderr
    assert "sticky_message_id" in result.stderr


def test_a_configuration_file_takes_effect_and_the_command_line_beats_it(vmodem, tmp_path):
    config = tmp_path / "modem.toml"
    config.write_text('[identity]\nmodel = "BG77"\nimei = "490154203237518"\n')
    host = vmodem("--config", config, "--model", "BG600L-M3").host()
    assert b"\r\nBG600L-M3\r\n" in host.command("AT+CGMM")
    assert b"\r\n490154203237518\r\n" in host.command("AT+CGSN")


def test_modems_run_side_by_side(vmodem):
    modems = [vmodem() for _ in range(4)]
    assert len({modem.ready["pty"] for modem in modems}) == 4
    for modem in modems:
        modem.host().ok("AT")


def test_version_and_help_are_printed():
    assert re.search(r"\d+\.\d+", run("--version").stdout)
    text = run("--help", "options").stdout
    for option in ("--link", "--model", "--seed", "--route", "--network", "--set", "--log-level", "--log-file",
                   "--json", "--config", "--version"):
        assert option in text


def test_a_seed_repeats_the_tokens(vmodem):
    def datagram(seed):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(("127.0.0.1", 0))
            peer.settimeout(5)
            host = vmodem("--seed", seed).host()
            host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{peer.getsockname()[1]}')
            host.urc("+QCOAPOPEN: 0,0")
            host.ok("AT+QCOAPHEADER=0,1,1")
            host.ok("AT+QCOAPSEND=0,1,1,0,0")
            return peer.recv(2048)

    assert datagram(1) == datagram(1)
    assert datagram(1) != datagram(2)


def test_the_log_of_typed_lines_has_no_secrets(vmodem, tmp_path):
    log = tmp_path / "log"
    host = vmodem("--seed", 1, "--log-level", "trace", "--log-file", log).host()
    host.command('AT+CPIN=4711')
    host.command('AT+CPWD="SC","4711","4712"')
    host.command('AT+QICSGP=1,1,"net","me","4713",1')
    host.command('AT+CPINN=4714')
    text = log.read_text()
    assert 'command#3 AT+QICSGP=1,1,"net","me",…,1' in text
    assert "command#1 AT+CPIN=…" in text
    assert not re.search(r"(?<![\d.])471[1-4](?!\d)", text)
