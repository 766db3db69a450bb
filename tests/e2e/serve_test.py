"""vmodem --serve: the simulated servers on real sockets, asked by libcoap's client, by another vmodem's module and by
whoever sends garbage."""
import json
import os
import pathlib
import re
import socket
import stat
import subprocess
import time

import pytest
from conftest import ROOT, VMODEM, claim, free_port

PATIENCE_S = 30.0
PLAIN_CLIENT = "coap-client-openssl"
DTLS_CLIENTS = ("coap-client-openssl", "coap-client-gnutls")
CONFORM = ROOT / "build/dev/bin/vmodem-conform"  # the tests' own
TRANSCRIPTS = sorted((ROOT / "tests/conformance/etsi").glob("*.at"))


class Served:
    def __init__(self, vmodem, *arguments):
        self.modem = vmodem(*arguments)
        self.uris = {}
        for one in self.modem.ready["serve"]:
            self.uris[one["host"], one["uri"].split(":")[0]] = one["uri"]

    def uri(self, host="coap.sim", scheme="coap"):
        return self.uris[host, scheme]

    def address(self, scheme="coap"):
        place = self.uri(scheme=scheme).split("//")[1]
        host, port = place.rsplit(":", 1)
        return host.strip("[]"), int(port)

    def socket(self, scheme="coap"):
        address = self.address(scheme)
        made = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_DGRAM)
        made.settimeout(PATIENCE_S)
        made.connect(address)
        return made


@pytest.fixture
def serve(vmodem):
    return lambda *arguments: Served(vmodem, *(arguments or ("--serve", "127.0.0.1:0")))


def ask(uri, *arguments, client=PLAIN_CLIENT):
    """What libcoap's client prints: the payload, or the code of an error."""
    ended = subprocess.run([client, "-B", "10", *arguments, uri], capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip() or ended.stderr.strip()


def ask_in_full(uri, *arguments, client=PLAIN_CLIENT):
    """The messages as libcoap prints them, one a line."""
    ended = subprocess.run([client, "-v", "7", "-B", "10", *arguments, uri], capture_output=True, text=True,
                           timeout=PATIENCE_S)
    return ended.stdout + ended.stderr


# Method, path with query, further arguments, and what has to stand in the answer: every resource of the ETSI plugtests.
RESOURCES = [
    ("get", "test", (), "Code: 0.01"),
    ("put", "test", ("-e", "x"), "2.04"),
    ("post", "test", ("-e", "x"), "Location-Path:location1, Location-Path:location2, Location-Path:location3"),
    ("delete", "test", (), "2.02"),
    ("get", "separate", (), "That took two seconds."),
    ("get", "seg1/seg2/seg3", (), "Three path segments."),
    ("get", "query?first=1&second=2", (), "Uri-Query: second=2"),
    ("post", "location-query", ("-e", "x"), "Location-Query:first=1, Location-Query:second=2"),
    ("get", "multi-format", ("-A", "0"), "Two formats."),
    ("get", "multi-format", ("-A", "41"), "<content>Two formats.</content>"),
    ("get", "validate", (), "First version."),
    ("put", "validate", ("-e", "Second"), "2.04"),
    ("put", "create1", ("-e", "made"), "2.01"),
    ("put", "create2", ("-e", "made"), "2.01"),
    ("put", "create3", ("-e", "made"), "2.01"),
    ("get", "secure", (), "4.01"),
    ("get", "link1", (), "The content of /link1."),
    ("get", "link2", (), "The content of /link2."),
    ("get", "link3", (), "The content of /link3."),
    ("get", "link4", (), "The content of /link4."),
    ("get", "link5", (), "The content of /link5."),
    ("get", "path", (), "</path/sub1>,</path/sub2>,</path/sub3>"),
    ("get", "path/sub1", (), "/path/sub1"),
    ("get", "path/sub2", (), "/path/sub2"),
    ("get", "path/sub3", (), "/path/sub3"),
    ("get", "large", (), "1196 /large is larger than one block, line 26"),
    ("get", "large-separate", (), "/large-separate is larger than one block"),
    ("get", "large-update", (), "/large-update is larger than one block"),
    ("put", "large-update", ("-e", "y" * 2000), "2.04"),
    ("get", "large-create", (), "POST creates resources here."),
    ("post", "large-create", ("-e", "z" * 2000), "Location-Path:large-create, Location-Path:1"),
    ("post", "large-post", ("-e", "z" * 2000), "/large-post is larger than one block"),
    ("get", "obs", (), "/obs 1"),
    ("get", "obs-non", (), "/obs-non 1"),
    ("get", "obs-large", (), "/obs-large is larger than one block"),
    ("get", "obs-pumping", (), "/obs-pumping is larger than one block"),
    ("get", "obs-pumping-non", (), "/obs-pumping-non is larger than one block"),
]


def paths_of(links):
    return set(re.findall(r"</([^>]*)>", links))


def test_the_table_has_every_resource_that_is_listed(serve):
    listed = paths_of(ask(serve().uri() + "/.well-known/core", "-b", "1024"))
    assert listed - {path.split("?")[0] for _, path, _, _ in RESOURCES} == set()


@pytest.mark.parametrize("method, path, arguments, expected", RESOURCES,
                         ids=[f"{method}-{path}" for method, path, _, _ in RESOURCES])
def test_coap_client_drives_the_resource(serve, method, path, arguments, expected):
    said = ask_in_full(f"{serve().uri()}/{path}", "-m", method, *arguments)
    assert expected in said, said


@pytest.mark.parametrize("client", DTLS_CLIENTS)
def test_coap_client_reaches_the_secured_server_on_the_next_port(serve, client):
    port = free_port()
    served = serve("--serve", f"127.0.0.1:{port}")
    assert served.uri(scheme="coaps") == f"coaps://127.0.0.1:{port + 1}"
    psk = ("-u", "password", "-k", "sesame")
    assert ask(served.uri(scheme="coaps") + "/secure", *psk, client=client) == "Only within DTLS."


def test_a_wrong_key_gets_nowhere(serve):
    uri = serve().uri(scheme="coaps") + "/secure"
    said = ask_in_full(uri, "-u", "password", "-k", "wrong")
    assert "Only within DTLS." not in said


def test_an_observer_is_notified(serve):
    said = ask_in_full(serve().uri() + "/obs", "-s", "7")
    assert "/obs 1" in said and "/obs 2" in said, said


def test_it_answers_over_ipv6(serve):
    served = serve("--serve", "[::1]:0")
    assert served.uri().startswith("coap://[::1]:")
    assert ask(served.uri() + "/validate") == "First version."


def test_a_host_of_the_internet_file_is_served_by_name_and_the_first_one_without(serve):
    config = ROOT / "docs/examples/internet/echo.toml"
    served = serve("--config", config, "--serve", "127.0.0.1:0")
    assert ask(served.uri("echo.sim") + "/echo", "-m", "post", "-e", "hello") == "hello"
    named = serve("--serve", "coap.sim=127.0.0.1:0", "--serve", "220.180.239.212=127.0.0.1:0")
    assert ask(named.uri("coap.sim") + "/validate") == "First version."
    assert "libcoap" in ask(named.uri("220.180.239.212"))


def test_two_modems_keep_their_servers_apart(serve):
    one, two = serve(), serve()
    ask(one.uri() + "/validate", "-m", "put", "-e", "changed")
    assert ask(one.uri() + "/validate") == "changed"
    assert ask(two.uri() + "/validate") == "First version."


def test_the_module_inside_has_servers_of_its_own(serve):
    served = serve("--serve", "127.0.0.1:0", "--clock", "virtual")
    ask(served.uri() + "/validate", "-m", "put", "-e", "changed")
    host = served.modem.host()
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN: 0,0")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"validate"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    assert host.read_until(rb"First version\.")


@pytest.mark.parametrize("clock", ["virtual", "manual", "scaled:1000"])
def test_they_have_the_walls_time_whatever_the_clock_of_the_module(serve, clock):
    uri = serve("--serve", "127.0.0.1:0", "--clock", clock).uri()
    begin = time.monotonic()
    assert "That took two seconds." in ask(uri + "/separate")
    assert time.monotonic() - begin >= 1.9


def test_a_host_is_ready_to_read_where_they_are(vmodem):
    process = subprocess.Popen([VMODEM, "--serve", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline() for _ in range(4)]
    process.terminate()
    process.communicate(timeout=PATIENCE_S)
    assert re.fullmatch(r"  serves:  coap\.sim at coap://127\.0\.0\.1:\d+\n", lines[2])
    assert re.fullmatch(r"  serves:  coap\.sim at coaps://127\.0\.0\.1:\d+\n", lines[3])


def refused(*arguments):
    ended = subprocess.run([VMODEM, *map(str, arguments)], capture_output=True, text=True, timeout=PATIENCE_S)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("text, words", [
    ("192.0.2.1:5683", "not of loopback"),
    ("0.0.0.0:0", "--serve-anywhere"),
    ("127.0.0.1", "no port of 0–65535"),
    ("127.0.0.1:65536", "no port of 0–65535"),
    ("::1:5683", "no address"),
    ("=127.0.0.1:0", "no host"),
    ("nobody.sim=127.0.0.1:0", "coap.sim"),
    ("127.0.0.1:65535", "there is no port 65536"),
])
def test_what_cannot_be_served_is_refused_with_what_would_be_right(text, words):
    code, errors = refused("--serve", text)
    assert code == 2 and words in errors, errors


def test_a_host_is_served_once(serve):
    code, errors = refused("--serve", "127.0.0.1:0", "--serve", "coap.sim=127.0.0.1:0")
    assert code == 2 and "served already" in errors, errors


def test_a_port_that_is_taken_is_named(serve):
    host, port = serve().address()
    code, errors = refused("--serve", f"{host}:{port}")
    assert code == 1 and f"cannot serve at {host}:{port}" in errors, errors


def test_anywhere_is_anywhere(serve):
    served = serve("--serve", "0.0.0.0:0", "--serve-anywhere")
    port = served.uri().rsplit(":", 1)[1]
    assert ask(f"coap://127.0.0.1:{port}/validate") == "First version."


def test_hostile_datagrams_do_no_harm(serve):
    served = serve()
    corpus = [path.read_bytes() for path in sorted((ROOT / "tests/fuzz/corpus").glob("*/*")) if path.is_file()]
    datagrams = [octets[:65000] for octets in corpus] + [b"", b"\xff" * 1500, bytes(65507)]
    assert len(datagrams) > 50
    for scheme in ("coap", "coaps"):
        sender = served.socket(scheme)
        for datagram in datagrams:
            sender.send(datagram)
            sender.send(b"\x40\x01" + datagram[:1200])
    assert ask(served.uri() + "/validate") == "First version."
    assert ask(served.uri(scheme="coaps") + "/secure", "-u", "password", "-k", "sesame") == "Only within DTLS."


def resident_kib(pid):
    return int(re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1))


def hello(port):
    """A ClientHello without a cookie, of TLS_PSK_WITH_AES_128_CCM_8."""
    body = b"\xfe\xfd" + port.to_bytes(32, "big") + b"\0\0" + b"\0\x02\xc0\xa8" + b"\x01\0"
    handshake = b"\x01" + len(body).to_bytes(3, "big") + b"\0\0" + b"\0\0\0" + len(body).to_bytes(3, "big") + body
    return b"\x16\xfe\xff" + bytes(8) + len(handshake).to_bytes(2, "big") + handshake


def test_thousands_of_sources_are_answered_in_bounded_memory(serve, monkeypatch):
    # What a build with the sanitizer keeps of freed memory would count.
    monkeypatch.setenv("ASAN_OPTIONS", os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1")
    served = serve("--serve", "127.0.0.1:0", *(f"--set=servers.{name}.limits.{limit}={value}"
                                               for name in ("coap-sim", "coap-sim-dtls")
                                               for limit, value in (("sessions_max", 64), ("observers_max", 64),
                                                                    ("remembered_max", 256),
                                                                    ("exchanges_max", 64))))
    register = bytes.fromhex("41010001 07 60") + b"\x53obs"

    def flood(rounds):
        for number in range(rounds):
            with served.socket() as plain, served.socket("coaps") as secured:
                plain.send(register)
                assert plain.recv(1500)
                secured.send(hello(number))
                assert secured.recv(1500)[:1] == b"\x16"

    flood(500)
    before = resident_kib(served.modem.ready["pid"])
    flood(2000)
    assert resident_kib(served.modem.ready["pid"]) - before < 4096


# Over a route the module has a real peer: what a transcript needs of the simulated internet around it is not there.
ONLY_INSIDE = {
    "obs_04_max_age": "its fault restarts the server inside",
    "obs_05_client_off": "its power cut of 300 s would be one of the wall's",
    "obs_11_lossy": "what its link loses comes again 8 s later, and a transcript waits 5 s of the wall's",
}

# A real server has the wall's time: the module gets it too.
REAL_TIME = """#!/bin/sh
for argument; do
  shift
  [ "$argument" = --clock=virtual ] && argument=--clock=real
  set -- "$@" "$argument"
done
"""


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_etsi_case_passes_over_a_route_as_inside(serve, tmp_path, transcript):
    if transcript.stem in ONLY_INSIDE:
        pytest.skip(ONLY_INSIDE[transcript.stem])
    served = serve("--serve", "127.0.0.1:0", "--seed", "1")
    routes = " ".join(f"--route coap.sim:{port}={served.uri(scheme=scheme).split('//')[1]}"
                      for scheme, port in (("coap", 5683), ("coaps", 5684)))
    program = tmp_path / "vmodem"
    program.write_text(REAL_TIME + f'exec "{VMODEM}" "$@" {routes}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    ended = subprocess.run([CONFORM, "--spawn", program, transcript], capture_output=True,
                           text=True, timeout=300)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_there_are_cases_to_play():
    assert len(TRANSCRIPTS) > 50
    assert set(ONLY_INSIDE) <= {path.stem for path in TRANSCRIPTS}
