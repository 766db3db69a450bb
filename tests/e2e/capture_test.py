"""Captures and recorded sessions of real runs, by the tools that read them: tshark and vmodem-conform."""
import json
import os
import re
import signal
import stat
import struct
import subprocess
import time

import pytest
import serial
from conftest import PATIENCE_S, ROOT, VMODEM, Vmodem
from control_test import Controlled

IDENTITY = "864508030012428"
KEY_HEX = "313233343446473839"
KEY_TEXT = bytes.fromhex(KEY_HEX).decode()
SERVER = ("leshan.eclipseprojects.io", 5684)
TRANSCRIPT = ROOT / "build/dev/bin/vmodem-conform"  # the tests' own
SEND = "AT+QCOAPSEND=0,1,2,1,20"
PAYLOAD = b"Hello, CoAP Message!"


def tshark(path, *arguments):
    """What tshark prints, without any setting of this machine's user."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": "/nonexistent"}
    return subprocess.run(["tshark", "-r", path, *arguments], capture_output=True, text=True, env=environment)


def chapter_5_2(host, server=SERVER):
    """A DTLS session by the note's key, and one message over it."""
    host.ok("ATE0")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.write(b'AT+QFUPL="UFS:0_server.psk",34\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(f"{IDENTITY}&{KEY_HEX}".encode())
    host.read_until(rb"\+QFUPL: 34,322e\r\n\r\nOK\r\n")
    host.ok(f'AT+QCOAPOPEN=0,"{server[0]}",{server[1]}')
    assert host.urc("+QCOAPOPEN") == b"+QCOAPOPEN: 0,0"
    for line in ("AT+QCOAPHEADER=0,1234,1", 'AT+QCOAPOPTION=0,0,0,11,"19"', "AT+QCOAPOPTION=0,0,1,12,40"):
        host.ok(line)
    host.write(SEND.encode() + b"\r")
    host.read_until(rb"> ")
    host.write(PAYLOAD)
    host.read_until(rb"Not Found\r\n")
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE")


def blocks(octets):
    """(type, end) of each whole block."""
    at = 0
    while at + 12 <= len(octets):
        kind, size = struct.unpack_from("<II", octets, at)
        if at + size > len(octets):
            return
        assert struct.unpack_from("<I", octets, at + size - 4)[0] == size
        at += size
        yield kind, at


def packets_in(octets):
    return sum(kind == 6 for kind, _ in blocks(octets))


@pytest.fixture
def captured(vmodem, tmp_path):
    """The capture of a chapter 5.2 run in the simulated internet."""
    path = tmp_path / "run.pcapng"
    modem = vmodem("--clock", "virtual", "--seed", 1, "--capture", path)
    chapter_5_2(modem.host())
    assert modem.stop()[0] == 0
    return path


def rows(path, *fields, display=None):
    arguments = [word for field in fields for word in ("-e", field)]
    read = tshark(path, "-T", "fields", "-E", "separator=|", *(["-Y", display] if display else []), *arguments)
    assert read.returncode == 0, read.stderr
    return [line.split("|") for line in read.stdout.splitlines()]


def check_run(path):
    """The decrypted request behind the command that caused it, without an option of tshark's."""
    shown = tshark(path)
    assert shown.returncode == 0, shown.stderr
    assert "Malformed" not in shown.stdout
    lines = shown.stdout.splitlines()
    command = next(i for i, line in enumerate(lines) if f"Sent AT Command: {SEND}" in line)
    requests = [i for i, line in enumerate(lines) if re.search(r"CoAP.*NON, MID:1234, POST, TKN:.*/19", line)]
    # As the module made it, and as it was decrypted from its datagram.
    assert len(requests) == 2 and all(i > command for i in requests), shown.stdout
    interfaces = {row[0] for row in rows(path, "frame.interface_name", display="coap.mid == 1234")}
    assert interfaces == {"coap", "pdp1"}
    assert rows(path, "coap.mid", display="dtls && coap.mid == 1234 && coap.code == 2")
    assert any("Rcvd AT Command: +QCOAPRECV: 0,1234,4.04" in line for line in lines)
    assert any("DTLS 1.2" in line or "DTLSv1.2" in line for line in lines)


def test_tshark_shows_the_decrypted_request_and_the_command_that_caused_it(captured):
    check_run(captured)


@pytest.mark.parametrize("program", ["coap-server-openssl", "coap-server-gnutls"])
def test_a_session_with_a_real_server_is_decrypted_too(vmodem, coap_server, tmp_path, program):
    version = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    if program.endswith("openssl") and tuple(map(int, version.split(".")[:2])) >= (3, 2):
        pytest.skip("since 3.2 OpenSSL has CCM_8, the suite of chapter 5.2, at security level 0 only")
    port = coap_server("-k", KEY_TEXT, program=program) + 1
    path = tmp_path / "run.pcapng"
    modem = vmodem("--route", f"{SERVER[0]}:{SERVER[1]}=127.0.0.1:{port}", "--capture", path)
    chapter_5_2(modem.host())
    assert modem.stop()[0] == 0
    requests = rows(path, "frame.interface_name", display="coap.mid == 1234 && coap.code == 2")
    # Wireshark takes no datagram of an unknown port for CoAP; the decrypted message stands apart.
    assert "coap" in [name for name, in requests]


def test_checksums_are_right_and_numbers_are_those_of_the_journal(captured):
    wrong = tshark(captured, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-Y",
                   "udp.checksum.status == 0 || ip.checksum.status == 0")
    assert wrong.stdout == ""
    numbers = [int(row[0]) for row in rows(captured, "frame.packet_id")]
    assert numbers == sorted(set(numbers))


def test_the_capture_is_its_owners_and_has_no_secret_but_the_session_keys(captured):
    assert stat.S_IMODE(captured.stat().st_mode) == 0o600
    octets = captured.read_bytes()
    for secret in (KEY_HEX.encode(), KEY_TEXT.encode(), bytes.fromhex(KEY_HEX), f"{IDENTITY}&".encode()):
        assert secret not in octets
    assert octets.count(b"CLIENT_RANDOM ") == 1


def test_a_capture_cut_anywhere_is_read_up_to_its_last_whole_block(captured, tmp_path):
    octets = captured.read_bytes()
    section_end = next(end for _, end in blocks(octets))
    cuts = range(section_end, len(octets), max(1, (len(octets) - section_end) // 15) | 1)
    for cut in cuts:
        part = tmp_path / "part.pcapng"
        part.write_bytes(octets[:cut])
        assert len(tshark(part, "-T", "fields", "-e", "frame.number").stdout.split()) == packets_in(octets[:cut]), cut


def test_a_killed_modem_leaves_whole_blocks(vmodem, tmp_path):
    path = tmp_path / "run.pcapng"
    modem = Vmodem("--capture", path)
    host = modem.host()
    host.ok("AT")
    modem.process.kill()
    modem.process.communicate()
    host.close()
    octets = path.read_bytes()
    assert list(blocks(octets))[-1][1] == len(octets)
    assert "Sent AT Command: AT" in tshark(path).stdout


def test_a_full_disk_ends_nothing(vmodem):
    modem = vmodem("--capture", "/dev/full", "--transcript", "/dev/full")
    host = modem.host()
    for _ in range(200):
        host.ok("ATI")
    code, errors = modem.stop()
    assert code == 0, errors


def read_for(descriptor, seconds, until):
    octets = b""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not until(octets):
        try:
            more = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            more = b""
        octets += more
        if not more:
            time.sleep(0.01)
    assert until(octets), octets
    return octets


def test_readers_of_a_fifo_come_and_go(vmodem, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path, 0o600)
    host = vmodem("--capture", path).host()
    host.ok("ATI")
    for _ in range(3):
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            host.ok("AT+CSQ")
            octets = read_for(reader, PATIENCE_S, lambda seen: b"AT+CSQ\r" in seen and b"+CSQ:" in seen)
        finally:
            os.close(reader)
        assert octets.startswith(b"\x0a\x0d\x0d\x0a")
        host.ok("AT")
    host.ok("ATI")


def test_a_reader_that_never_reads_loses_blocks_and_stops_nothing(vmodem, tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path, 0o600)
    modem = vmodem("--capture", path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        host = modem.host()
        for _ in range(600):
            host.command("AT" + "X" * 500)
        host.ok("AT")
    finally:
        os.close(reader)


def test_standard_output_is_the_captures_and_the_ready_text_is_on_standard_error(tmp_path):
    out = tmp_path / "out.pcapng"
    with out.open("wb") as stdout:
        process = subprocess.Popen([VMODEM, "--link", tmp_path / "port", "--capture", "-"], stdout=stdout,
                                   stderr=subprocess.PIPE)
        # The text and not the link: the link is there first, and a signal between the two ends a start unsaid.
        assert b"is ready on" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert out.read_bytes().startswith(b"\x0a\x0d\x0d\x0a")
    assert tshark(out).returncode == 0


def test_tshark_follows_standard_output_live(tmp_path):
    modem = subprocess.Popen([VMODEM, "--json", "--capture", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    follower = subprocess.Popen(["tshark", "-l", "-i", "-"], stdin=modem.stdout, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL)
    try:
        ready = json.loads(modem.stderr.readline())
        with serial.Serial(ready["pty"], timeout=5) as port:
            port.write(b"AT+CSQ\r")
            seen = b""
            deadline = time.monotonic() + 3 * PATIENCE_S
            os.set_blocking(follower.stdout.fileno(), False)
            while b"Sent AT Command: AT+CSQ" not in seen:
                assert time.monotonic() < deadline, seen
                seen += follower.stdout.read() or b""
                time.sleep(0.05)
    finally:
        modem.send_signal(signal.SIGTERM)
        modem.wait(timeout=PATIENCE_S)
        follower.send_signal(signal.SIGTERM)
        follower.wait(timeout=PATIENCE_S)


@pytest.mark.parametrize("arguments, wrong", [
    (["--capture", "-", "--transcript", "-"], "standard output has the capture already"),
    (["--capture", "/nonexistent/run.pcapng"], "/nonexistent/run.pcapng"),
])
def test_a_recording_that_cannot_be_made_is_told_at_the_start(arguments, wrong):
    ended = subprocess.run([VMODEM, *arguments], capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.returncode != 0
    assert wrong in ended.stderr


def play(path):
    return subprocess.run([TRANSCRIPT, path], capture_output=True, text=True)


def test_a_recorded_session_in_the_simulated_internet_is_a_test(vmodem, tmp_path):
    path = tmp_path / "run.at"
    modem = vmodem("--clock", "virtual", "--transcript", path)
    chapter_5_2(modem.host())
    assert modem.stop()[0] == 0
    text = path.read_text()
    assert "SECRETS" in text.splitlines()[0] and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert f">> {IDENTITY}&{KEY_HEX}" in text
    played = play(path)
    assert played.returncode == 0, played.stdout + text


def test_a_recorded_session_with_a_real_peer_is_a_test(vmodem, coap_server, tmp_path):
    port = coap_server()
    path = tmp_path / "run.at"
    modem = vmodem("--transcript", path)
    host = modem.host()
    host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{port}')
    host.urc("+QCOAPOPEN")
    host.ok("AT+QCOAPHEADER=0,7,1")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"time"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE")
    assert modem.stop()[0] == 0
    text = path.read_text()
    assert "\nudp< p1 " in text and "\nudp> p1 " in text
    played = play(path)
    assert played.returncode == 0, played.stdout + text


def test_a_session_typed_key_by_key_is_a_test(vmodem, tmp_path):
    path = tmp_path / "run.at"
    modem = vmodem("--transcript", path)
    host = modem.host()
    for octet in b"AT+CSQ\r":
        host.write(bytes([octet]))
        host.read_until(re.escape(bytes([octet])))
    host.read_until(rb"OK\r\n")
    assert modem.stop()[0] == 0
    text = path.read_text()
    assert "\n> AT+CSQ\n<< AT+CSQ\\r\n" in text
    played = play(path)
    assert played.returncode == 0, played.stdout + text


def test_a_redacted_session_has_no_secret(vmodem, tmp_path):
    path = tmp_path / "run.at"
    modem = vmodem("--clock", "virtual", "--set", "sim.pin=4711", "--set", "sim.pin_enabled=true", "--transcript", path,
                   "--redact")
    host = modem.host()
    host.ok('AT+CPIN="4711"')
    chapter_5_2(host)
    assert modem.stop()[0] == 0
    text = path.read_text()
    assert "> AT+CPIN=" in text and SEND in text
    for secret in ("4711", KEY_HEX, KEY_TEXT, IDENTITY, PAYLOAD.decode()):
        assert secret not in text


def test_a_capture_begun_on_request_has_what_follows(vmodem, tmp_path):
    path = tmp_path / "out.pcapng"
    controlled = Controlled(vmodem, tmp_path / "control")
    host = controlled.modem.host()
    host.ok("AT+CGSN")
    # A second one ends the first.
    for file in (tmp_path / "first", path):
        begun = controlled.ask("POST", "/capture", {"file": str(file)})
        assert (begun.status, begun.json) == (200, {"file": str(file)})
    chapter_5_2(host)
    ended = controlled.ask("DELETE", "/capture")
    assert (ended.status, ended.json) == (200, {"file": None})
    assert controlled.ask("DELETE", "/capture").status == 404
    host.ok("AT+CSQ")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert rows(path, "coap.mid", display="dtls && coap.mid == 1234 && coap.code == 2")
    lines = path.read_bytes()
    assert b"AT+QCOAPCLOSE" in lines and b"AT+CGSN" not in lines and b"AT+CSQ" not in lines


def test_a_capture_has_the_plaintext_of_a_session_before_it(vmodem, tmp_path):
    path = tmp_path / "out.pcapng"
    controlled = Controlled(vmodem, tmp_path / "control")
    host = controlled.modem.host()
    host.write(b'AT+QFUPL="0_server.psk",21\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"password&736573616d65")
    host.read_until(rb"OK\r\n")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5684')
    assert host.urc("+QCOAPOPEN") == b"+QCOAPOPEN: 0,0"
    assert controlled.ask("POST", "/capture", {"file": str(path)}).status == 200
    host.ok('AT+QCOAPOPTION=0,0,0,11,"seen"')
    host.ok("AT+QCOAPSEND=0,1,1,1,0")
    host.urc("+QCOAPRECV")
    assert controlled.ask("DELETE", "/capture").status == 200
    plain = tshark(path, "-Y", "exported_pdu and coap", "-T", "fields", "-e", "coap.opt.uri_path_recon")
    assert "seen" in plain.stdout, plain


def test_a_capture_that_cannot_be_written_is_refused_with_its_reason(vmodem, tmp_path):
    controlled = Controlled(vmodem, tmp_path / "control")
    refused = controlled.ask("POST", "/capture", {"file": str(tmp_path / "absent" / "out")})
    assert refused.status == 409
    assert "absent" in refused.json["detail"]
