"""--lint: what a host does wrong, told in the journal, in the log and when the program ends."""
import json
import os
import pathlib
import subprocess
import sys

import pytest
from journal_test import entries_of, fingerprint

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "docs/examples"
KEY = "0badc0ffee0ddf00d5"


def findings_of(journal):
    return [entry for entry in entries_of(journal) if entry["kind"] == "lint.finding"]


def leave_open(host):
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN")


def run_example(name, modem):
    """Whether it ended by itself, within a time that a healthy run never needs."""
    host = subprocess.Popen([sys.executable, EXAMPLES / name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            env=os.environ | {"VMODEM_PORT": modem.ready["pty"]})
    try:
        host.communicate(timeout=5)
        return True
    except subprocess.TimeoutExpired:
        host.kill()
        host.communicate()
        return False


def test_a_finding_stands_behind_the_entry_that_showed_it_and_names_the_one_that_it_concerns(vmodem, tmp_path):
    journal, log = tmp_path / "journal", tmp_path / "log"
    modem = vmodem("--clock", "virtual", "--seed", "1", "--lint=report", "--journal", journal, "--log-file", log)
    host = modem.host()
    host.write(b"ATE0\rAT+CSQ\r")
    host.read_until(rb"OK\r\n.*OK\r\n")
    code, errors = modem.stop()
    assert code == 0
    entries = entries_of(journal)
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    finding, = findings_of(journal)
    assert finding["rule"] == "command-before-result" and finding["is_wrong"]
    assert finding["clause"] and finding["cure"]
    showed = entries[finding["number"] - 2]
    assert showed["kind"] == "line.command" and showed["text"] == "AT+CSQ" and showed["early"] == 0
    assert finding["because"] == showed["number"]
    assert "lint: command-before-result: " in log.read_text()
    assert f"lint: wrong: command-before-result, 1 time: #{showed['number']}: " in errors


def test_error_ends_with_status_3_where_anything_was_found(vmodem):
    modem = vmodem("--clock", "virtual", "--lint=error")
    leave_open(modem.host())
    code, errors = modem.stop()
    modem.process.returncode = 0  # for the fixture, which has seen enough
    assert code == 3
    assert "lint: risky: session-not-closed, 1 time: " in errors
    assert "AT+QCOAPCLOSE=c" in errors


def test_error_ends_with_status_0_where_nothing_was(vmodem):
    modem = vmodem("--clock", "virtual", "--lint=error")
    host = modem.host()
    leave_open(host)
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE")
    assert modem.stop() == (0, "vmodem: lint: nothing found\n")


def test_without_it_nothing_is_judged(vmodem, tmp_path):
    journal = tmp_path / "journal"
    modem = vmodem("--clock", "virtual", "--journal", journal)
    leave_open(modem.host())
    assert modem.stop() == (0, "")
    assert not findings_of(journal)


def test_the_same_run_is_found_to_do_the_same(vmodem, tmp_path):
    prints = []
    for name in ("first", "second"):
        journal = tmp_path / name
        modem = vmodem("--clock", "virtual", "--seed", "7", "--lint=report", "--journal", journal)
        host = modem.host()
        leave_open(host)
        host.write(b"AT+QCOAPSEND=0,1,3,0,5\rhello")
        host.urc("+QCOAPACK")
        modem.stop()
        assert [one["rule"] for one in findings_of(journal)] == ["data-before-prompt", "session-not-closed"]
        prints.append(fingerprint(journal))
    assert prints[0] == prints[1]


def test_a_recorded_run_can_be_judged_later(vmodem, tmp_path):
    record, journal = tmp_path / "record", tmp_path / "journal"
    modem = vmodem("--clock", "virtual", "--seed", "1", "--record", record)
    leave_open(modem.host())
    assert modem.stop()[0] == 0
    modem = vmodem("--replay", record, "--lint=report", "--journal", journal)
    code, errors = modem.stop()
    assert code == 0 and "session-not-closed" in errors
    assert [one["rule"] for one in findings_of(journal)] == ["session-not-closed"]


@pytest.mark.parametrize("content,rule", [(f"identity&{KEY}\r\n", "psk-file-trailing-octets"),
                                          (f"|identity|:{KEY}", "psk-file-lwm2m-form")])
def test_a_psk_file_is_judged_without_being_shown(vmodem, tmp_path, content, rule):
    journal, log = tmp_path / "journal", tmp_path / "log"
    modem = vmodem("--clock", "virtual", "--seed", "1", "--lint=report", "--journal", journal, "--log-level", "trace",
                   "--log-file", log)
    host = modem.host()
    host.write(f'AT+QFUPL="0_server.psk",{len(content)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(content.encode())
    host.read_until(rb"\r\nOK\r\n")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5684')
    host.urc("+QCOAPOPEN")
    _, errors = modem.stop()
    assert rule in [one["rule"] for one in findings_of(journal)]
    for text in (journal.read_text(), log.read_text(), errors):
        assert KEY not in text and KEY.upper() not in text and "identity|:0" not in text


@pytest.mark.parametrize("name", ["careful_host.py", "careless_host.py"])
def test_an_example_that_meets_no_trouble_does_nothing_wrong(vmodem, name):
    modem = vmodem("--clock", "virtual", "--lint=error")
    assert run_example(name, modem)
    assert modem.stop() == (0, "vmodem: lint: nothing found\n")


def test_the_careless_host_is_told_what_to_mend(vmodem):
    modem = vmodem("--clock", "virtual", "--lint=report", "--fault", "server-silent 24h@AT+QCOAPSEND")
    assert not run_example("careless_host.py", modem)
    _, errors = modem.stop()
    assert "session-not-closed" in errors
    assert "client 0 (coap.sim:5683) is open at the end of the run; the last that the host wrote is" in errors
    assert "AT+QCOAPSEND=0,0,1,1,0" in errors
