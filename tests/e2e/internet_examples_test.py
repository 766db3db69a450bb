"""The servers of docs/examples/internet: the shortest session that a host has with each, and libcoap's client at those
that --serve lets out."""
import re
import subprocess
import time

import pytest
from conftest import PATIENCE_S, ROOT, VMODEM
from serve_test import Served, ask, ask_in_full

FOLDER = ROOT / "docs/examples/internet"
FILES = sorted(FOLDER.glob("*.toml"))

PATH, FORMAT, QUERY, OBSERVE, ACCEPT = 11, 12, 15, 6, 17
GET, POST, DELETE, CONTENT = 1, 2, 4, 69
CON, NON, ACK = 0, 1, 2


class Session:
    """One CoAP session of the module, as a host drives it."""

    def __init__(self, vmodem, name, server, port=5683, psk=None, arguments=()):
        self.modem = vmodem("--config", FOLDER / f"{name}.toml", "--clock", "virtual", *arguments)
        self.host = self.modem.host()
        self.host.ok("ATE0")
        if psk:
            self.upload_psk(*psk)
        self.open(server, port)

    def upload_psk(self, identity, key):
        credential = f"{identity}&{key}".encode()
        self.host.write(f'AT+QFUPL="0_server.psk",{len(credential)}\r'.encode())
        self.host.read_until(rb"CONNECT\r\n")
        self.host.write(credential)
        self.host.read_until(rb"OK\r\n")
        self.host.ok('AT+QCOAPCFG="dtls",0,1,0')

    def open(self, server, port):
        self.host.ok(f'AT+QCOAPOPEN=0,"{server}",{port}')
        self.host.urc("+QCOAPOPEN: 0,0")

    def close(self):
        self.host.ok("AT+QCOAPCLOSE=0")
        self.host.urc("+QCOAPCLOSE: 0,0")

    def header(self, message_id, token):
        self.host.ok(f'AT+QCOAPHEADER=0,{message_id},0,{len(token) // 2},"{token}"')

    def send(self, kind, code, options=(), payload=b""):
        """Options are (number, value); an integer goes as one, a text as one."""
        for slot, (number, value) in enumerate(options):
            shown = value if isinstance(value, int) else f'"{value}"'
            self.host.ok(f"AT+QCOAPOPTION=0,0,{slot},{number},{shown}")
        line = f"AT+QCOAPSEND=0,{kind},{code},{2 ** len(options) - 1},{len(payload)}\r"
        self.host.write(line.encode())
        if payload:
            self.host.read_until(rb"> ")
            self.host.write(payload)
        self.host.read_until(rb"OK\r\n")

    def received(self):
        """The header and the payload of what comes next."""
        header = self.host.read_until(rb"\+QCOAPRECV: [^\r]*\r\n").decode().split("+QCOAPRECV: ")[1].strip()
        size = int(header.rsplit(",", 1)[1])
        payload = self.host.read_until(rb".{%d}" % size) if size else b""
        return header, payload

    def ask(self, code, options, payload=b"", kind=CON):
        self.send(kind, code, options, payload)
        header, answer = self.received()
        return header.split(",")[2], header, answer


REGISTRATION = [(PATH, "rd"), (FORMAT, 40), (QUERY, "ep=meter-1"), (QUERY, "lt=300"), (QUERY, "lwm2m=1.0"),
                (QUERY, "b=U")]
OBJECTS = b"</1/0>,</3/0>"


def register(session):
    code, header, _ = session.ask(POST, REGISTRATION, OBJECTS)
    assert code == "2.01" and '8,"rd",8,"1",0' in header, header


def test_the_files_are_right():
    assert len(FILES) == 5
    for path in FILES:
        ended = subprocess.run([VMODEM, "--check-config", path], capture_output=True, text=True, timeout=30)
        assert ended.returncode == 0, ended.stderr


def test_lwm2m_registers_updates_and_is_forgotten(vmodem):
    session = Session(vmodem, "lwm2m", "lwm2m.sim")
    register(session)
    location = [(PATH, "rd"), (PATH, "1")]
    assert session.ask(POST, location + [(QUERY, "lt=600")])[0] == "2.04"
    assert session.ask(DELETE, location)[0] == "2.02"
    assert session.ask(POST, location)[0] == "4.04"
    assert session.ask(DELETE, location)[0] == "4.04"


def test_the_lwm2m_server_observes_and_reads(vmodem):
    session = Session(vmodem, "lwm2m", "lwm2m.sim")
    register(session)

    def asked(path):
        header, _ = session.received()
        message_id, token = re.match(r"0,(\d+),0\.01,4,([0-9A-F]{8}),", header).groups()
        assert ",".join(f'11,"{segment}"' for segment in path) in header, header
        session.header(message_id, token)
        return header

    assert ",6," in asked(("3", "0", "9"))
    session.send(ACK, CONTENT, [(OBSERVE, 1), (FORMAT, 0)], b"87")
    assert ",6," not in asked(("3", "0", "0"))
    session.send(ACK, CONTENT, [(FORMAT, 0)], b"Quectel")


def test_an_lwm2m_notification_is_taken(vmodem):
    session = Session(vmodem, "lwm2m", "lwm2m.sim")
    register(session)
    header, _ = session.received()
    message_id, token = re.match(r"0,(\d+),0\.01,4,([0-9A-F]{8}),", header).groups()
    session.header(message_id, token)
    session.send(ACK, CONTENT, [(OBSERVE, 1), (FORMAT, 0)], b"87")
    for number in (2, 3):
        session.header(20000 + number, token)
        session.send(CON, CONTENT, [(OBSERVE, number), (FORMAT, 0)], b"86")
        # -11 would be the RST of a server that does not observe.
        session.host.read_until(rb"\+QCOAPACK: 0,0,%d,0\r\n" % (20000 + number))


def test_lwm2m_over_dtls(vmodem):
    session = Session(vmodem, "lwm2m", "lwm2m.sim", 5684, ("meter-1", "736573616D65"))
    register(session)


def test_1nce_gives_the_key_of_its_dtls_endpoint(vmodem):
    session = Session(vmodem, "1nce", "coap.os.1nce.com")
    iccid = session.host.ok("AT+QCCID").decode().split(": ")[1].split("\r")[0]
    code, _, answer = session.ask(GET, [(PATH, "bootstrap")], kind=NON)
    assert code == "2.05"
    identity, key, uri = answer.decode().split(",")
    assert (identity, uri) == (iccid, "coaps://coap.os.1nce.com:5684")

    session.close()
    session.upload_psk(identity, key.encode().hex())
    session.open("coap.os.1nce.com", 5684)
    assert session.ask(POST, [(QUERY, "t=test")], b"Hi, this is a test message!")[0] == "2.04"
    assert session.ask(POST, [(PATH, "data"), (QUERY, "t=test")], b"x")[0] == "2.04"


def test_thingsboard_takes_telemetry(vmodem):
    session = Session(vmodem, "thingsboard", "thingsboard.sim")
    path = [(PATH, "api"), (PATH, "v1"), (PATH, "TOKEN"), (PATH, "telemetry"), (FORMAT, 50)]
    code, header, answer = session.ask(POST, path, b'{"temperature":42}')
    assert (code, answer) == ("2.01", b"") and header.endswith(",0,0"), header
    path[2] = (PATH, "WRONG_TOKEN")
    assert session.ask(POST, path, b"{}")[0] == "4.01"


def test_thingsboard_tells_what_changes_of_the_shared_attributes(vmodem, tmp_path):
    control = tmp_path / "control"
    session = Session(vmodem, "thingsboard", "thingsboard.sim", arguments=("--control", f"unix:{control}"))
    path = [(PATH, "api"), (PATH, "v1"), (PATH, "TOKEN"), (PATH, "attributes")]
    assert session.ask(POST, path, b'{"firmware":"1.2"}')[0] == "2.01"
    session.header(7000, "A1")
    code, header, answer = session.ask(GET, path + [(OBSERVE, 0)])
    assert (code, answer) == ("2.05", b'{"interval":60}') and ",12,50," in header, header
    subprocess.run([VMODEM.parent / "vmodemctl", "--control", f"unix:{control}", "servers", "198.51.100.55:5683",
                    "api/v1/TOKEN/attributes", "--payload", '{"interval":30}', "--content-format", "50"], check=True,
                   stdout=subprocess.DEVNULL, timeout=30)
    header, answer = session.received()
    assert answer == b'{"interval":30}', header


def test_the_echo_echoes(vmodem):
    session = Session(vmodem, "echo", "echo.sim")
    code, header, answer = session.ask(POST, [(PATH, "echo"), (FORMAT, 50)], b'{"a":1}')
    assert (code, answer) == ("2.04", b'{"a":1}') and ",12,50," in header


def test_the_sink_keeps_what_it_is_sent(vmodem):
    session = Session(vmodem, "sink", "sink.sim")
    for number, text in ((1, b"first"), (2, b"second")):
        code, header, _ = session.ask(POST, [(PATH, "log"), (FORMAT, 0)], text)
        assert code == "2.01" and f'8,"log",8,"{number}",0' in header, header
    assert session.ask(GET, [(PATH, "log")])[2] == b"</log/1>,</log/2>"
    assert session.ask(GET, [(PATH, "log"), (PATH, "2")])[2] == b"second"


@pytest.fixture
def serve(vmodem):
    def start(name, *arguments):
        return Served(vmodem, "--config", FOLDER / f"{name}.toml", "--serve", "127.0.0.1:0", *arguments)

    return start


def test_everybody_else_registers_too(serve):
    uri = serve("lwm2m").uri("lwm2m.sim")
    said = ask_in_full(uri + "/rd?ep=meter-1&lt=300&lwm2m=1.0&b=U", "-m", "post", "-t", "40", "-e", OBJECTS.decode())
    assert "2.01" in said and "Location-Path:rd, Location-Path:1" in said, said
    assert "2.04" in ask_in_full(uri + "/rd/1?lt=600", "-m", "post")
    assert "2.02" in ask_in_full(uri + "/rd/1", "-m", "delete")


def test_everybody_else_gets_a_key_too(serve):
    served = serve("1nce")
    identity, key, _ = ask(served.uri("coap.os.1nce.com") + "/bootstrap").split(",")
    said = ask_in_full(served.uri("coap.os.1nce.com", "coaps") + "/?t=test", "-m", "post", "-e", "x", "-u", identity,
                       "-k", key)
    assert "2.04" in said, said


def test_the_sinks_log_tells_who_has_sent_what(serve, tmp_path):
    log = tmp_path / "log"
    uri = serve("sink", "--log-level", "info", "--log-file", log).uri("sink.sim")
    ask_in_full(uri + "/log", "-m", "post", "-e", "secret text")
    # The line is written behind the answer.
    line = re.compile(r"serve coap://127\.0\.0\.1:\d+: 127\.0\.0\.1:\d+: POST /log of 11 octets")
    end = time.monotonic() + PATIENCE_S
    while not line.search(log.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    assert line.search(log.read_text())
    assert "secret" not in log.read_text()
