"""The live window in a browser, Debian's Chromium, before a real vmodem and its host."""
import json
import os
import pathlib
import re
import select
import shutil
import subprocess

import pytest

from conftest import ROOT, VMODEM
from window_test import need_page

PATIENCE_S = 30.0
NODE_ROOM = ROOT / "tools/window"
KEY_HEX = "313233343446473839"
IDENTITY = "864508030012428"
PIN = "7391"
# Where the pictures of the docs go, as docs/window; without it nowhere.
SHOTS = os.environ.get("VMODEM_SHOTS")
# The page is the same with sanitizers, and what serves it has tests of its own.
IS_SANITIZED = b"__asan_init" in VMODEM.read_bytes() and "VMODEM_BROWSER" not in os.environ


class Browser:
    def __init__(self):
        self.process = subprocess.Popen(["node", NODE_ROOM / "test/browser.mjs"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def __call__(self, name, **given):
        self.process.stdin.write(json.dumps({"do": name, **given}) + "\n")
        self.process.stdin.flush()
        readable, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        assert readable, f"the browser is silent: {name} {given}"
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["is"]

    def wait(self, at):
        self("wait", at=at)

    def until(self, holds):
        self("until", holds=holds)

    def tab(self, name):
        self("click", at=f"#tab-{name}")

    def entries(self, kind):
        """The texts of the rows of this kind that are in sight."""
        return self("texts", at=f'.row[data-kind="{kind}"] .label')

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def one_browser():
    if IS_SANITIZED:
        pytest.skip("with sanitizers only where VMODEM_BROWSER is set: the page is the same as the release's")
    need_page()
    if not (NODE_ROOM / "node_modules/playwright-core").is_dir() or not shutil.which("node"):
        pytest.skip("no playwright-core: tools/window/build has got no packages from npm")
    if not (os.environ.get("VMODEM_CHROMIUM") or pathlib.Path("/usr/bin/chromium").exists()):
        pytest.skip("no Chromium (tools/setup test)")
    opened = Browser()
    yield opened
    opened.close()


@pytest.fixture
def browser(one_browser):
    yield one_browser
    allowed = ("net::ERR_INTERNET_DISCONNECTED", "status of 4")
    faults = [fault for fault in one_browser("faults") if not any(text in fault for text in allowed)]
    assert not faults, "the page complains, or its policy does"


def upload(host, name, octets):
    host.write(f'AT+QFUPL="{name}",{len(octets)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(octets)
    host.read_until(rb"OK\r\n")


def chapter_5_2(host):
    for line in ('AT+QCOAPCFG="pdpcid",0,1', 'AT+QCOAPCFG="trans",0,4,5', 'AT+QCOAPCFG="dtls",0,1,0',
                 'AT+QSSLCFG="dtls",0,1', 'AT+QSSLCFG="dtlsversion",0,1'):
        host.ok(line)
    upload(host, "0_server.psk", f"{IDENTITY}&{KEY_HEX}".encode())
    host.ok('AT+QCOAPOPEN=0,"leshan.eclipseprojects.io",5684')
    assert host.urc("+QCOAPOPEN") == b"+QCOAPOPEN: 0,0"
    host.ok('AT+QCOAPOPTION=0,0,0,11,"rd"')
    host.ok('AT+QCOAPOPTION=0,0,1,15,"ep=window"')
    host.ok("AT+QCOAPSEND=0,0,2,3,0")
    host.urc("+QCOAPRECV")


def open_plain(host, client=1):
    host.ok(f'AT+QCOAPOPEN={client},"coap.sim",5683')
    assert host.urc("+QCOAPOPEN") == f"+QCOAPOPEN: {client},0".encode()


def send_get(host, client=1):
    host.ok(f"AT+QCOAPSEND={client},0,1,0,0")


def step_until(browser, at):
    """Steps to timer after timer, whosever they are, until the page has this."""
    for _ in range(20):
        before = browser("text", at=".now")
        browser("click", at="text=Step to next timer")
        browser.until(f"document.querySelector('.now').textContent !== {json.dumps(before)}")
        if browser("count", at=at):
            return
    raise AssertionError(f"no timer brings {at}")


def shot(browser, name):
    if SHOTS:
        browser("shot", path=str(pathlib.Path(SHOTS) / f"{name}.png"))


@pytest.fixture
def shown(vmodem, browser):
    """A modem, its host, and the page before it."""
    def start(*arguments, **look):
        modem = vmodem("--window", "--seed", 1, *arguments)
        answer = browser("open", url=modem.ready["window"], **look)
        assert answer["status"] == 200
        browser.wait('[data-connected="true"]')
        return modem, modem.host()

    return start


def test_chapter_5_2_stands_in_the_ladder_with_decrypted_messages(shown, browser, tmp_path):
    modem, host = shown("--lint", "report")
    chapter_5_2(host)
    browser.wait('.row[data-kind="coap.received"]')
    assert browser("count", at='.row[data-kind="dtls.flight"]') >= 4
    sent = browser.entries("coap.sent")[-1]
    assert re.search(r"client 0: CON 0\.02 POST /rd\?ep=window \[\d+\]", sent), sent
    assert any("2.01 Created" in text or "4." in text for text in browser.entries("coap.received"))
    # Its octets with each field marked, and the causes back to the command.
    browser("click", at='.row[data-kind="coap.sent"] >> nth=-1')
    browser.wait(".pane[data-entry]")
    fields = browser("texts", at=".pane table th[scope=row]")
    assert [field.strip() for field in fields][-2:] == ["Uri-Path", "Uri-Query"]
    assert "AT+QCOAPSEND=0,0,2,3,0" in browser("text", at=".chain")
    shot(browser, "ladder")
    # A reload loses nothing.
    before = browser("text", at="header .count")
    browser("reload")
    browser.until(f"document.querySelector('header .count')?.textContent === {json.dumps(before)}")
    # Exports are what the page has.
    browser.tab("Files")
    journal = bytes.fromhex(browser("download", at="text=Journal >> nth=0")["hex"]).decode().splitlines()
    assert [json.loads(line)["number"] for line in journal] == list(range(1, len(journal) + 1))
    capture = tmp_path / "datagrams.pcapng"
    capture.write_bytes(bytes.fromhex(browser("download", at="text=Capture of the datagrams")["hex"]))
    assert capture.read_bytes()[:4] == b"\x0a\x0d\x0d\x0a"


def test_a_retransmission_counts_down_and_fires_when_time_is_stepped(shown, browser):
    modem, host = shown("--clock", "manual")
    host.ok('AT+QCOAPCFG="trans",1,2,4')
    host.write(b'AT+QCOAPOPEN=1,"coap.sim",5683\r')
    host.read_until(rb"OK\r\n")
    browser("click", at="text=Step to next timer")
    host.urc("+QCOAPOPEN")
    browser.tab("Knobs")
    browser("fill", at="#wanted", text="server-silent")
    browser("click", at='[data-verb="server-silent"] button')
    send_get(host)
    browser.wait(".row .timer")
    due = float(re.search(r"([\d.]+) s", browser("text", at=".row .timer")).group(1))
    assert 2 <= due <= 3
    browser("fill", at="#advance", text="1s")
    browser("click", at="text=Advance")
    browser.until(f"parseFloat(/([0-9.]+) s/.exec(document.querySelector('.row .timer')?.textContent)?.[1]) < {due - 0.9}")
    browser.tab("Modem")
    browser.wait("[data-exchange]")
    step_until(browser, '.row[data-kind="coap.retransmitted"] .timer')
    # Nobody answers: the message is given up, and the causes of -11 are lit back to the command.
    step_until(browser, '.row[data-kind="line.urc"]:has-text("+QCOAPACK")')
    assert host.urc("+QCOAPACK").endswith(b",-11")
    browser("fill", at="#search", text="-11")
    browser("click", at='.row[data-kind="line.urc"]:has-text("+QCOAPACK")')
    browser("fill", at="#search", text="")
    browser.until("document.querySelectorAll('.row').length > 5")
    browser.wait('.row.cause:has-text("AT+QCOAPSEND=1,0,1,0,0")')
    browser.wait('.row.cause:has-text("CON 0.01 GET")')
    shot(browser, "causes")


def test_a_session_becomes_a_case_that_plays(shown, browser, tmp_path):
    modem, host = shown()
    host.ok("ATE0")
    host.ok("ATI")
    open_plain(host)
    send_get(host)
    host.read_until(rb"Not Found\r\n")
    host.ok("AT+QCOAPCLOSE=1")
    host.urc("+QCOAPCLOSE")
    browser.tab("Files")
    browser.wait('.row:has-text("+QCOAPCLOSE: 1,0")')
    case = tmp_path / "case.at"
    case.write_bytes(bytes.fromhex(browser("download", at="text=Make this a test")["hex"]))
    assert '> AT+QCOAPOPEN=1,"coap.sim",5683\n' in case.read_text() and "\n<< Not Found\\r\\n\n" in case.read_text()
    conform = VMODEM.with_name("vmodem-conform")
    if conform.exists():
        played = subprocess.run([conform, case], capture_output=True, text=True)
        assert played.returncode == 0, played.stdout + case.read_text()


def test_registration_is_taken_away_by_a_knob_and_the_host_hears_it(shown, browser):
    modem, host = shown()
    host.ok("AT+CEREG=1")
    browser.tab("Knobs")
    browser.wait('[data-verb="registration-lost"]')
    browser("click", at='[data-verb="registration-lost"] button')
    assert host.urc("+CEREG") == b"+CEREG: 2"
    browser.wait('.row[data-kind="line.urc"]:has-text("+CEREG: 2")')
    browser.wait('.row[data-kind="fault.performed"]')
    # What the module refuses is told where it was asked for.
    browser("fill", at="#signal-rsrp_dbm", text="-500")
    browser("click", at='[data-verb="signal"] button')
    browser.wait('[data-verb="signal"] .said.refused')


def test_the_console_completes_from_the_table_and_splits_no_transaction(shown, browser):
    modem, host = shown()
    browser.tab("Console")
    host.ok('AT+QCOAPOPEN=1,"coap.sim",5683')
    host.urc("+QCOAPOPEN")
    # The host is in the middle of a payload.
    host.write(b"AT+QCOAPSEND=1,0,1,0\r")
    host.read_until(rb"> ")
    browser("click", at="#command")
    browser("type", text="at+cs")
    browser.wait("#suggestions li")
    assert any("AT+CSQ" in text for text in browser("texts", at="#suggestions li"))
    browser("fill", at="#command", text='AT+QCOAPOPEN=')
    browser.wait(".ranges code:text-is('clientID')")
    browser("fill", at="#command", text="AT+CGSN")
    browser("press", at="#command", key="Enter")
    browser.wait(".console .said:has-text('Typed')")
    assert b"8645" not in host.silence(0.05)
    host.write(b"\x1a")
    text = host.read_until(rb"\r\n\d{15}\r\n\r\nOK\r\n")
    assert text.index(b"\r\nOK\r\n") < text.index(b"8645")
    browser.wait(".monitor >> text=AT+CGSN")


def test_a_lost_connection_loses_nothing(shown, browser):
    modem, host = shown()
    host.ok("AT")
    browser.until("/^3 entries/.test(document.querySelector('header .count').textContent)")
    browser("offline", **{"is": True})
    for _ in range(20):
        host.ok("AT")
    browser("offline", **{"is": False})
    browser.until("/^63 entries/.test(document.querySelector('header .count').textContent)")


def test_a_journal_of_a_run_that_failed_opens_without_a_modem(vmodem, browser, tmp_path):
    journal = tmp_path / "journal.jsonl"
    modem = vmodem("--seed", 1, "--journal", journal, "--clock", "virtual", "--fault", "server-silent@0s", "--lint", "report")
    host = modem.host()
    open_plain(host)
    send_get(host)
    assert host.urc("+QCOAPACK").endswith(b",-11")
    modem.stop()
    browser("open", url=(ROOT / "build/window/window.html").as_uri())
    browser("files", at="#journal-file", path=str(journal))
    browser.wait('.row[data-kind="coap.retransmitted"]')
    count = len(journal.read_text().splitlines())
    assert browser("text", at="header .count").startswith(f"{count} entries")
    browser("click", at='.row[data-kind="client.result"] >> nth=-1')
    assert "AT+QCOAPSEND" in browser("text", at=".chain")
    browser.tab("Lint")
    assert "session-not-closed" in browser("text", at=".findings")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_serious_fault_in_any_pane(shown, browser, theme):
    modem, host = shown("--lint", "report", "--fault", "lose-uplink 1@uplink", theme=theme)
    open_plain(host)
    send_get(host)
    host.urc("+QCOAPACK")
    browser.wait('.row[data-kind="link.lost"]')
    browser("click", at='.row[data-kind="coap.sent"]')
    for pane in ("Entry", "Modem", "Knobs", "Console", "Time", "Lint", "Files"):
        browser.tab(pane)
        browser.wait(".pane")
        if pane == "Knobs":  # seventy forms that are made alike
            browser("fill", at="#wanted", text="signal")
        # What stands beside the panes stays the same.
        within = None if pane == "Entry" else "#tab-pane"
        serious = [fault for fault in browser("axe", within=within) if fault["impact"] in ("serious", "critical")]
        assert not serious, f"{pane}: {json.dumps(serious, indent=1)}"
        if (pane, theme) == ("Modem", "dark"):
            shot(browser, f"{pane.lower()}-{theme}")


def test_everything_is_reached_by_keyboard(shown, browser):
    modem, host = shown()
    host.ok("AT")
    browser.wait('.row[data-kind="line.result"]')
    reached = browser("evaluate", code="""(() => {
      const wanted = [...document.querySelectorAll('button, input, select, .rows, [role=tabpanel]')]
        .filter((one) => one.offsetParent !== null && !(one.getAttribute('role') === 'tab' && one.tabIndex < 0));
      return wanted.filter((one) => one.tabIndex < 0 && !one.disabled).map((one) => one.outerHTML);
    })()""")
    assert reached == []
    browser("evaluate", code="document.querySelector('.rows').focus()")
    browser("press", key="End")
    browser.wait('.row[aria-selected="true"][data-kind="line.result"]')
    browser("press", key="ArrowUp")
    browser.wait('.row[aria-selected="true"][data-kind="line.command"]')
    browser("evaluate", code="document.querySelector('#tab-Entry').focus()")
    browser("press", key="ArrowRight")
    browser.wait('#tab-Modem[aria-selected="true"]')
    browser("evaluate", code="document.querySelector('#tab-Modem').focus()")
    browser("press", key="ArrowRight")
    browser.wait('[data-verb="registration-lost"]')
    browser("evaluate", code="document.querySelector('[data-verb=registration-lost] button').focus()")
    browser("press", key="Enter")
    browser.wait('.row[data-kind="radio.registration"]')


def test_no_secret_is_in_the_page_its_storage_or_its_requests(shown, browser):
    modem, host = shown("--set", f"sim.pin={PIN}", "--set", "sim.pin_enabled=true")
    host.ok(f"AT+CPIN={PIN}")
    host.ok('AT+QICSGP=1,1,"iot","somebody","canary-password",1')
    chapter_5_2(host)
    browser.wait('.row[data-kind="coap.received"]')
    everything = ""
    for group in ("server", "datagram", "detail"):
        browser("click", at=f".groups button.tone-{group}")
    for pane in ("Modem", "Knobs", "Console", "Lint", "Files", "Entry"):
        browser.tab(pane)
        if pane == "Entry":
            for row in browser("evaluate", code="[...document.querySelectorAll('.row')].map((row) => row.id)"):
                browser("evaluate", code=f"document.getElementById('{row}')?.click()")
                everything += browser("text", at="#tab-pane")
        everything += json.dumps(browser("everything"))
    text_key = bytes.fromhex(KEY_HEX).decode()
    for secret in (KEY_HEX, text_key, "canary-password", f"AT+CPIN={PIN}", f'"{PIN}"'):
        assert secret not in everything, secret
    word = re.search(r"token=(\w+)", modem.ready["window"]).group(1)
    asked = browser("requests")
    assert all(request["url"].startswith(modem.ready["window"].split("?")[0]) for request in asked), "nothing goes elsewhere"
    assert sum(word in request["url"] for request in asked) == 1, "only the link itself has the word"


def test_fifty_thousand_entries_stay_few_rows(shown, browser, tmp_path):
    journal = tmp_path / "journal.jsonl"
    with journal.open("w") as file:
        for number in range(1, 70001):
            file.write(json.dumps({"number": number, "at": number / 500, "because": number - 1 if number % 2 == 0 else None,
                                   "kind": "line.result" if number % 2 == 0 else "line.command",
                                   "text": "OK" if number % 2 == 0 else "AT+CSQ", "early": None, "response_time": 0.3,
                                   "evidence": "documented"}) + "\n")
    shown()
    browser.tab("Files")
    browser("files", at="#journal-file", path=str(journal))
    browser.until("/older ones are gone/.test(document.querySelector('header .count').textContent)")
    assert browser("count", at=".row") < 100
    browser("fill", at="#search", text='"number":69999,')
    browser.until("document.querySelectorAll('.row').length === 1")
