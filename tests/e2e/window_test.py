"""The live window as a server: who gets the page and the modem behind it, and who does not."""
import contextlib
import functools
import gzip
import http.client
import itertools
import json
import pathlib
import random
import re
import shutil
import socket
import subprocess
import urllib.parse

import pytest

from conftest import PATIENCE_S, ROOT, VMODEM

VMODEMCTL = VMODEM.with_name("vmodemctl")
LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{64})")
HOSTILE_COUNT = 1000


@functools.cache
def objection_to_page():
    """What a vmodem that was built without the page says; none where it has one."""
    with subprocess.Popen([VMODEM, "--window", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        line = process.stdout.readline()
        process.terminate()
        complaint = process.stderr.read()
    if line:
        return None
    assert "the live window is left out of this build" in complaint, complaint
    return complaint.strip()


def need_page():
    """Skips, with the reason, where this build has no page: without Node, or where npm got no packages."""
    if objection := objection_to_page():
        pytest.skip(objection)


class Window:
    def __init__(self, modem):
        self.modem = modem
        self.link = modem.ready["window"]
        port, self.word = LINK.fullmatch(self.link).groups()
        self.port = int(port)
        self.bearer = {"Authorization": f"Bearer {self.word}"}

    def ask(self, method, target, headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        with contextlib.closing(connection):
            connection.request(method, target, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read()

    def status(self, *request, **headers):
        return self.ask(*request, headers={name.replace("_", "-"): text for name, text in headers.items()})[0]

    def raw(self, octets):
        """What comes back for these octets, up to the end of the connection."""
        answer = b""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as client, \
                contextlib.suppress(ConnectionError):
            client.sendall(octets)
            client.shutdown(socket.SHUT_WR)
            while part := client.recv(65536):
                answer += part
        return answer

    def page(self):
        return gzip.decompress(self.ask("GET", f"/?token={self.word}")[2]).decode()

    def files(self):
        return [name.lstrip(".") for name in re.findall(r'(?:src|href)="([^"]+)"', self.page())]


@pytest.fixture
def window(vmodem):
    def start(*arguments):
        need_page()
        return Window(vmodem("--window", *arguments))

    return start


def test_the_link_answers_with_the_page_itself(window):
    shown = window()
    status, headers, body = shown.ask("GET", f"/?token={shown.word}")
    assert status == 200 and headers["Content-Type"].startswith("text/html")
    page = gzip.decompress(body).decode()
    assert page.startswith("<!doctype html>") and shown.word not in page
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["script-src"] == "'self'" == policy["connect-src"]
    assert policy["frame-ancestors"] == "'none'" and "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer" and headers["Cache-Control"] == "no-store"
    assert "Location" not in headers and "Set-Cookie" not in headers
    assert not re.search(r"<script[^>]*>[^<]|<style|\son\w+=|style=", page), "nothing is inline"


def test_files_of_the_page_need_no_token_and_all_else_does(window):
    shown = window()
    for name in shown.files():
        status, headers, body = shown.ask("GET", name)
        assert status == 200 and gzip.decompress(body), name
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert shown.status("POST", name) == 401
    for target in ("/", "/index.html", "/state", "/events", "/openapi.json", "/verbs", "/nothing", "/window.html",
                   "/?token=", f"/?token={shown.word[:-1]}", f"/?token={shown.word}0", f"/state?token={shown.word}"):
        assert shown.status("GET", target) == 401, target
    assert shown.ask("GET", "/state", shown.bearer)[0] == 200
    assert json.loads(shown.ask("GET", "/", shown.bearer)[2])["name"] == "vmodem"


def test_host_and_origin_come_before_the_token(window):
    shown = window()
    own = f"127.0.0.1:{shown.port}"
    targets = [f"/?token={shown.word}", "/?token=wrong", "/state", *shown.files()]
    for target in targets:
        for host in ("example.com", "127.0.0.1.example.com", f"192.0.2.1:{shown.port}", ""):
            assert shown.status("GET", target, Host=host, **shown.bearer) == 403, (target, host)
        for origin in ("http://example.com", "null", f"https://{own}", f"http://localhost:{shown.port}"):
            assert shown.status("GET", target, Origin=origin, **shown.bearer) == 403, (target, origin)
    assert shown.status("GET", "/state", Origin=f"http://{own}", **shown.bearer) == 200
    assert "Access-Control-Allow-Origin" not in shown.ask("GET", "/state", shown.bearer)[1]


def hostile_requests(shown):
    """What pages of others and programs that guess may send: everything but the link and its own files."""
    chance = random.Random(1)
    words = ["", "0" * 64, shown.word[::-1], shown.word.upper(), shown.word[:63], shown.word * 2, "null", "%00", "../"]
    # A word of digits alone has no upper case, and one may read the same backwards.
    words = [word for word in words if word != shown.word]
    paths = ["/", "/state", "/events?follow=false", "/verbs/reset", "/serial/input", "/time/pause", "/capture",
             "/window", "/files", "/../state", "/%2e%2e/state", "//state", "/index.html", "/assets/../state", "*"]
    hosts = [f"127.0.0.1:{shown.port}", f"localhost:{shown.port}", "evil.example", "127.0.0.1.evil.example", "[::2]"]
    origins = [None, "null", "http://evil.example", f"http://127.0.0.1:{shown.port}"]
    credentials = ["Bearer {}", "bearer {}", "Basic {}", "{}", None]
    for method in itertools.cycle(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"]):
        word, path, credential = chance.choice(words), chance.choice(paths), chance.choice(credentials)
        target = path + ("&" if "?" in path else "?") + f"token={urllib.parse.quote(word)}" if chance.random() < .5 else path
        origin = chance.choice(origins)
        lines = [f"{method} {target} HTTP/1.1", f"Host: {chance.choice(hosts)}", "Connection: close"]
        lines += [f"Origin: {origin}"] if origin else []
        lines += [f"Authorization: {credential.format(word)}"] if credential else []
        lines += [f"Cookie: token={shown.word}", f"Referer: {shown.link}", f"X-Token: {shown.word}"]
        yield ("\r\n".join(lines) + "\r\nContent-Length: 0\r\n\r\n").encode()


def test_a_thousand_hostile_requests_are_refused(window):
    shown = window()
    host = shown.modem.host()
    refusals = {}
    for octets in itertools.islice(hostile_requests(shown), HOSTILE_COUNT):
        answer = shown.raw(octets)
        status = answer.split(b" ", 2)[1] if answer else b"none"
        refusals[status] = refusals.get(status, 0) + 1
        assert status in (b"400", b"401", b"403", b"none"), (octets, answer)
        assert shown.word.encode() not in answer and b'"imei"' not in answer
    assert refusals[b"403"] > 100 and refusals[b"401"] > 100
    host.ok("AT")
    assert shown.ask("GET", "/state", shown.bearer)[0] == 200


@pytest.mark.parametrize("place", ["0.0.0.0:0", "192.0.2.1:80", "example.com:80", "127.0.0.1", ":8080",
                                   "unix:/tmp/x", "127.0.0.1:99999"])
def test_a_place_that_is_not_of_loopback_is_refused(place):
    ended = subprocess.run([VMODEM, "--window", place], capture_output=True, text=True, timeout=PATIENCE_S)
    assert ended.returncode == 2 and "HOST:PORT of loopback" in ended.stderr


def test_each_run_has_a_word_of_its_own_and_forgets_it(window):
    first, second = window("--seed", 1), window("--seed", 1)
    assert first.word != second.word
    assert second.status("GET", f"/?token={first.word}") == 401


def test_the_link_is_printed_for_people_too():
    need_page()
    process = subprocess.Popen([VMODEM, "--window"], stdout=subprocess.PIPE, text=True)
    text = "".join(itertools.takewhile(lambda line: "stop:" not in line, process.stdout))
    process.terminate()
    process.communicate(timeout=PATIENCE_S)
    assert re.search(rf"  window:  {LINK.pattern}\n", text)
    assert process.returncode == 0


def test_vmodemctl_opens_the_window_of_a_modem_that_runs(vmodem, tmp_path):
    need_page()
    modem = vmodem("--control", f"unix:{tmp_path / 'control'}")
    assert modem.ready["window"] is None

    def opened():
        return subprocess.run([VMODEMCTL, "--control", modem.ready["control"], "open"], capture_output=True, text=True,
                              timeout=PATIENCE_S, check=True).stdout

    link = opened()
    assert LINK.fullmatch(link.strip()) and opened() == link
    modem.ready["window"] = link.strip()
    shown = Window(modem)
    assert shown.page() and shown.ask("GET", "/state", shown.bearer)[0] == 200


def test_the_types_of_the_page_are_those_of_the_program(window, tmp_path):
    if not shutil.which("node"):
        pytest.skip("there is no node")
    reference = VMODEM.with_name("vmodem-reference")
    if not reference.exists():
        pytest.skip("vmodem-reference is not built")
    shown = window()
    (tmp_path / "openapi.json").write_bytes(shown.ask("GET", "/openapi.json", shown.bearer)[2])
    (tmp_path / "schema.json").write_bytes(subprocess.run([reference, "journal-schema"], capture_output=True,
                                                          check=True).stdout)
    source = ROOT / "tools/window"
    subprocess.run(["node", source / "generate.mjs", tmp_path / "openapi.json", tmp_path / "schema.json", tmp_path],
                   check=True)
    for name in ("api.ts", "journal.ts"):
        made = pathlib.Path(tmp_path / name).read_text()
        assert made == (source / "src/generated" / name).read_text(), f"{name} is old: tools/window/types"
