"""DTLS-PSK sessions with five real servers: who agrees with whom, and why it fails (qcoap.md §10)."""
import contextlib
import os
import re
import resource
import select
import socket
import subprocess
import threading
import time

import pytest
from conftest import PATIENCE_S, VMODEM, end, free_port

IS_SANITIZED = b"__asan_init" in VMODEM.read_bytes()

IDENTITY = "864508030012428"
KEY_HEX = "313233343446473839"
KEY_TEXT = bytes.fromhex(KEY_HEX).decode()

CCM_8 = "0XC0A8"
CBC_SHA256 = "0X00AE"

# At the level of Debian 13's OpenSSL the short tag of CCM-8 is too weak.
OPENSSL_CONF = """openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = level
[level]
CipherString = DEFAULT:@SECLEVEL=0
"""


S_SERVER_OPTIONS = {
    "openssl-s_server": ["-dtls1_2", "-listen"],
    # With cookies (-listen) it ends with its first session.
    "openssl-s_server-without-cookies": ["-dtls1_2"],
    "openssl-s_server-dtls1": ["-dtls1", "-listen"],
}


def wait_until_bound(port):
    deadline = time.monotonic() + PATIENCE_S
    wanted = f":{port:04X} "
    while time.monotonic() < deadline:
        tables = open("/proc/net/udp").read() + open("/proc/net/udp6").read()
        if wanted in tables:
            return
    raise AssertionError(f"nobody binds port {port}")


def server_environment(folder):
    conf = folder / "openssl.cnf"
    conf.write_text(OPENSSL_CONF)
    return os.environ | {"OPENSSL_CONF": str(conf)}


@pytest.fixture
def dtls_server(tmp_path):
    """start(kind, key) returns the port of a DTLS server."""
    processes = []

    def launch(command, port, stdin=subprocess.DEVNULL):
        processes.append(subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL, env=server_environment(tmp_path)))
        wait_until_bound(port)
        return port

    def start(kind, key_hex=KEY_HEX):
        port = free_port()
        key_text = bytes.fromhex(key_hex).decode()
        if kind.startswith("libcoap"):
            program = f"coap-server-{kind.removeprefix('libcoap-')}"
            # libcoap serves DTLS on the port behind the plain one.
            return launch([program, "-A", "127.0.0.1", "-p", str(port), "-k", key_text], port) + 1
        if kind in S_SERVER_OPTIONS:
            return launch(["openssl", "s_server", *S_SERVER_OPTIONS[kind], "-4", "-accept", f"127.0.0.1:{port}",
                           "-nocert", "-psk", key_hex, "-cipher", "ALL:@SECLEVEL=0", "-quiet"], port,
                          stdin=subprocess.PIPE)
        assert kind == "gnutls-serv"
        passwords = tmp_path / "psk.txt"
        passwords.write_text(f"{IDENTITY}:{key_hex}\n")
        return launch(["gnutls-serv", "--udp", "--echo", "-p", str(port), "--pskpasswd", str(passwords), "--priority",
                       "NORMAL:-KX-ALL:+PSK:+AES-128-CCM-8:+AES-128-CBC:+SHA256:-VERS-ALL:+VERS-DTLS1.2"], port)

    yield start
    for process in processes:
        end(process)


def upload_psk(host, content, name="UFS:0_server.psk"):
    host.write(f'AT+QFUPL="{name}",{len(content)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(content)
    host.read_until(rb"\+QFUPL: \d+,[0-9a-f]+\r\n\r\nOK\r\n")


def configure(host, suite=None, negotiate_time=10, content=f"{IDENTITY}&{KEY_HEX}".encode()):
    host.ok("ATE0")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok(f'AT+QSSLCFG="negotiatetime",0,{negotiate_time}')
    if suite:
        host.ok(f'AT+QSSLCFG="ciphersuite",0,{suite}')
    if content is not None:
        upload_psk(host, content)


def open_result(host, port, timeout=20, server="127.0.0.1"):
    host.ok(f'AT+QCOAPOPEN=0,"{server}",{port}')
    return int(re.fullmatch(rb"\+QCOAPOPEN: 0,(-?\d+)", host.urc("+QCOAPOPEN", timeout)).group(1))


@pytest.mark.parametrize("kind, suite, expected", [
    ("libcoap-openssl", CCM_8, 0),
    ("libcoap-openssl", CBC_SHA256, -9),  # alert 40
    ("libcoap-gnutls", CCM_8, 0),
    ("libcoap-gnutls", CBC_SHA256, 0),
    ("openssl-s_server", CCM_8, 0),
    ("openssl-s_server", CBC_SHA256, 0),
    ("gnutls-serv", CCM_8, 0),
    ("gnutls-serv", CBC_SHA256, 0),
])
def test_a_suite_and_a_server_agree_or_not(vmodem, dtls_server, kind, suite, expected):
    port = dtls_server(kind)
    host = vmodem().host()
    configure(host, suite)
    assert open_result(host, port) == expected


def log_of_opens(vmodem, tmp_path, server, *commands, opens=1):
    """The log of a vmodem that opens a session so many times, closing it in between."""
    log = tmp_path / "vmodem.log"
    host = vmodem("--log-level", "info", "--log-file", log).host()
    configure(host)
    for command in commands:
        host.ok(command)
    for _ in range(opens):
        assert open_result(host, server) == 0
        host.ok("AT+QCOAPCLOSE=0")
        assert host.urc("+QCOAPCLOSE") == b"+QCOAPCLOSE: 0,0"
    return log.read_text()


def has_dtls_1_0():
    version = subprocess.run([VMODEM, "--version"], capture_output=True, text=True).stdout
    assert "DTLS 1.2" in version
    return "DTLS 1.0" in version


# libcoap's GnuTLS server keeps no sessions and gives no tickets.
@pytest.mark.parametrize("kind, is_resumed", [
    ("libcoap-openssl", True),
    ("libcoap-gnutls", False),
    ("openssl-s_server-without-cookies", True),
    ("gnutls-serv", True),
])
def test_a_session_is_resumed_where_the_server_allows_it(vmodem, dtls_server, tmp_path, kind, is_resumed):
    log = log_of_opens(vmodem, tmp_path, dtls_server(kind), 'AT+QSSLCFG="session",0,1', opens=3)
    assert log.count(", resumed") == (2 if is_resumed else 0)


def test_sessions_are_not_resumed_by_default(vmodem, dtls_server, tmp_path):
    log = log_of_opens(vmodem, tmp_path, dtls_server("libcoap-openssl"), opens=2)
    assert "resumed" not in log


class Nat:
    """Leads a client to a server, from another port after the client's first datagram."""

    def __init__(self, server_port):
        self.inside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.inside.bind(("127.0.0.1", 0))
        self.port = self.inside.getsockname()[1]
        self.server = ("127.0.0.1", server_port)
        self.outside = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2)]
        for outside in self.outside:
            outside.bind(("127.0.0.1", 0))
        self.is_ending = False
        self.thread = threading.Thread(target=self.forward)
        self.thread.start()

    def forward(self):
        client, count = None, 0
        while not self.is_ending:
            for ready in select.select([self.inside, *self.outside], [], [], 0.05)[0]:
                datagram, source = ready.recvfrom(65536)
                if ready is self.inside:
                    client, count = source, count + 1
                    self.outside[0 if count == 1 else 1].sendto(datagram, self.server)
                elif ready is self.outside[0 if count <= 1 else 1]:
                    self.inside.sendto(datagram, client)

    def close(self):
        self.is_ending = True
        self.thread.join()
        for one in (self.inside, *self.outside):
            one.close()


@pytest.mark.parametrize("kind", ["libcoap-openssl", "libcoap-gnutls", "openssl-s_server", "gnutls-serv"])
def test_a_session_opens_although_a_nat_moves_the_client_between_flights(vmodem, dtls_server, kind):
    nat = Nat(dtls_server(kind))
    try:
        host = vmodem().host()
        configure(host)
        assert open_result(host, nat.port) == 0
    finally:
        nat.close()


@pytest.mark.parametrize("dtls_version", [0, 2])
def test_dtls_1_0_is_spoken_where_the_library_has_it(vmodem, dtls_server, dtls_version):
    port = dtls_server("openssl-s_server-dtls1")
    host = vmodem().host()
    configure(host, CBC_SHA256)
    host.ok(f'AT+QSSLCFG="dtlsversion",0,{dtls_version}')
    assert open_result(host, port) == (0 if has_dtls_1_0() else -9)


def chapter_5_2(host):
    host.ok("ATE0")
    for line in ('AT+QCOAPCFG="pdpcid",0,1', 'AT+QCOAPCFG="trans",0,4,5', 'AT+QCOAPCFG="dtls",0,1,0',
                 'AT+QSSLCFG="dtls",0,1', 'AT+QSSLCFG="dtlsversion",0,1'):
        assert host.command(line) == b"\r\nOK\r\n"
    host.write(b'AT+QFUPL="UFS:0_server.psk",34\r')
    assert host.read_until(rb"CONNECT\r\n") == b"\r\nCONNECT\r\n"
    host.write(f"{IDENTITY}&{KEY_HEX}".encode())
    assert host.read_until(rb"OK\r\n") == b"\r\n+QFUPL: 34,322e\r\n\r\nOK\r\n"
    assert host.command('AT+QCOAPOPEN=0,"leshan.eclipseprojects.io",5684') == b"\r\nOK\r\n"
    assert host.read_until(rb"\+QCOAPOPEN: 0,0\r\n") == b"\r\n+QCOAPOPEN: 0,0\r\n"
    for line in ("AT+QCOAPHEADER=0,1234,1", 'AT+QCOAPOPTION=0,0,0,11,"19"', "AT+QCOAPOPTION=0,0,1,12,40"):
        assert host.command(line) == b"\r\nOK\r\n"
    host.write(b"AT+QCOAPSEND=0,1,2,1,20\r")
    assert host.read_until(rb"> ") == b"\r\n> "
    host.write(b"Hello, CoAP Message!")
    answer = host.read_until(rb"Not Found\r\n")
    assert re.fullmatch(
        rb"\r\nOK\r\n\r\n\+QCOAPACK: 0,1,1234,0\r\n"
        rb"\r\n\+QCOAPRECV: 0,1234,4\.04,6,D204[0-9A-F]{8},0,9\r\nNot Found\r\n", answer), answer
    assert host.command("AT+QCOAPCLOSE=0") == b"\r\nOK\r\n"
    assert host.read_until(rb"\+QCOAPCLOSE: 0,0\r\n") == b"\r\n+QCOAPCLOSE: 0,0\r\n"


@pytest.mark.parametrize("kind", ["libcoap-openssl", "libcoap-gnutls"])
def test_chapter_5_2_runs_as_printed(vmodem, dtls_server, kind):
    port = dtls_server(kind)
    chapter_5_2(vmodem("--route", f"leshan.eclipseprojects.io:5684=127.0.0.1:{port}").host())


def failure_with_reason(vmodem, tmp_path, port, **configuration):
    """The result of an open and what the log says about it."""
    log = tmp_path / "vmodem.log"
    host = vmodem("--log-level", "info", "--log-file", log).host()
    configure(host, **configuration)
    result = open_result(host, port)
    text = log.read_text()
    assert KEY_HEX not in text and KEY_TEXT not in text
    return result, text


def test_a_wrong_key_is_told_from_the_silence_after_our_finished(vmodem, dtls_server, tmp_path):
    port = dtls_server("libcoap-openssl", key_hex="77726f6e67")
    result, log = failure_with_reason(vmodem, tmp_path, port)
    assert result == -9
    assert re.search(r"key|identity", log)


def test_no_common_suite_is_told_by_its_alert(vmodem, dtls_server, tmp_path):
    result, log = failure_with_reason(vmodem, tmp_path, dtls_server("libcoap-openssl"), suite=CBC_SHA256)
    assert result == -9
    assert "handshake_failure" in log


def test_nobody_there_fails_at_the_negotiation_time(vmodem, tmp_path):
    began = time.monotonic()
    result, log = failure_with_reason(vmodem, tmp_path, free_port())
    assert result == -9
    assert 9 < time.monotonic() - began < 20
    assert re.search(r"nothing|no answer", log, re.IGNORECASE)


def test_a_plain_coap_server_is_no_dtls_server(vmodem, coap_server, tmp_path):
    result, log = failure_with_reason(vmodem, tmp_path, coap_server())
    assert result == -9
    assert re.search(r"DTLS", log)


@pytest.mark.parametrize("content", [
    None, b"", b"no separator", b"&31", b"identity&", b"identity&3", b"identity&zz", b"identity&" + b"31" * 33,
])
def test_a_psk_file_that_is_missing_or_malformed_fails_at_once(vmodem, tmp_path, content):
    log = tmp_path / "vmodem.log"
    host = vmodem("--log-level", "info", "--log-file", log).host()
    # An empty file cannot be uploaded: nothing arrives, so nothing is stored.
    configure(host, content=content or None)
    assert open_result(host, 5684, timeout=2) == -9
    assert "0_server.psk" in log.read_text()


def test_the_session_dies_with_the_server(vmodem, tmp_path):
    port = free_port()
    server = subprocess.Popen(["coap-server-openssl", "-A", "127.0.0.1", "-p", str(port), "-k", KEY_TEXT],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=server_environment(tmp_path))
    try:
        wait_until_bound(port)
        host = vmodem().host()
        configure(host)
        assert open_result(host, port + 1) == 0
    finally:
        server.send_signal(2)  # libcoap's servers say close_notify on SIGINT
        server.wait()
    assert host.urc("+QCOAPCLOSE") == b"+QCOAPCLOSE: 0,-4"
    assert host.command("AT+QCOAPOPEN?") == b"\r\nOK\r\n"


def test_the_key_log_decrypts_a_capture(vmodem, dtls_server, tmp_path):
    port = dtls_server("libcoap-openssl")
    capture, keys = tmp_path / "lo.pcap", tmp_path / "keys.log"
    sniffer = subprocess.Popen(["dumpcap", "-q", "-i", "lo", "-f", f"udp port {port}", "-w", capture],
                               stderr=subprocess.PIPE, text=True)
    try:
        while "File:" not in (line := sniffer.stderr.readline()):
            assert line, "dumpcap ended"
        modem = vmodem("--keylog", keys)
        host = modem.host()
        configure(host, CCM_8)
        assert open_result(host, port) == 0
        host.ok('AT+QCOAPOPTION=0,0,0,11,"time"')
        host.ok("AT+QCOAPHEADER=0,1234,1")
        host.ok("AT+QCOAPSEND=0,0,1,1,0")
        host.urc("+QCOAPRECV")
        # What the capture holds shows when it holds the answer.
        deadline = time.monotonic() + PATIENCE_S
        command = ["tshark", "-r", str(capture), "-o", f"tls.keylog_file:{keys}", "-d", f"dtls.port=={port},coap",
                   "-Y", "coap", "-T", "fields", "-e", "coap.mid", "-e", "coap.code"]
        while True:
            shown = subprocess.run(command, capture_output=True, text=True).stdout
            if "1234\t69" in shown or time.monotonic() > deadline:
                break
        assert "1234\t1" in shown and "1234\t69" in shown, shown
    finally:
        end(sniffer)
    assert re.fullmatch(r"(CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n)+", keys.read_text())


def test_a_thousand_sessions_leave_nothing_behind(vmodem, dtls_server):
    port = dtls_server("libcoap-gnutls")
    modem = vmodem()
    host = modem.host()
    configure(host)
    # A descriptor that stays would be one too many soon; nobody is shown which the process has.
    resource.prlimit(modem.process.pid, resource.RLIMIT_NOFILE, (40, 40))
    for _ in range(1000):
        assert open_result(host, port) == 0
        host.ok("AT+QCOAPCLOSE=0")
        assert host.urc("+QCOAPCLOSE") == b"+QCOAPCLOSE: 0,0"


def memory_of(process):
    """All that the process has in memory and may write to; PermissionError where it is hidden."""
    octets = []
    with open(f"/proc/{process.pid}/maps") as maps, open(f"/proc/{process.pid}/mem", "rb", buffering=0) as memory:
        for row in maps:
            area, rights = row.split()[:2]
            start, end_ = (int(number, 16) for number in area.split("-"))
            if not rights.startswith("rw") or end_ - start > 1 << 30:
                continue
            memory.seek(start)
            with contextlib.suppress(OSError):
                octets.append(memory.read(end_ - start))
    return b"".join(octets)


def test_the_keys_of_a_session_are_gone_when_it_is_closed_and_hidden_before(vmodem, dtls_server, tmp_path):
    keys = tmp_path / "keys.log"
    modem = vmodem("--keylog", keys)
    host = modem.host()
    configure(host, CBC_SHA256)
    assert open_result(host, dtls_server("libcoap-gnutls")) == 0
    secret = bytes.fromhex(keys.read_text().split()[-1])
    if os.geteuid() != 0:
        with pytest.raises(PermissionError):
            memory_of(modem.process)
        return
    assert secret in memory_of(modem.process)
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE")
    # A sanitizer keeps what is freed, and copies of what was on the stack.
    assert IS_SANITIZED or secret not in memory_of(modem.process)
