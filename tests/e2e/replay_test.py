"""--record and --replay: a run is what went into it."""
import json
import stat
import subprocess

from conftest import VMODEM
from control_test import Controlled
from journal_test import fingerprint

PSK_FILE = b"password&736573616d65"


def talk(host):
    host.ok("ATE0")
    host.write(f'AT+QFUPL="0_server.psk",{len(PSK_FILE)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(PSK_FILE)
    host.read_until(rb"\r\nOK\r\n")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5684')
    host.urc("+QCOAPOPEN: 0,0")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"test"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")


def test_a_record_played_again_says_the_same_and_goes_on_living(vmodem, tmp_path):
    record, first, second = tmp_path / "run", tmp_path / "first", tmp_path / "second"
    modem = vmodem("--clock", "virtual", "--record", record, "--journal", first, "--fault",
                   "lose-uplink 2@AT+QCOAPSEND")
    talk(modem.host())
    assert modem.stop()[0] == 0
    assert stat.S_IMODE(record.stat().st_mode) == 0o600

    again = vmodem("--replay", record, "--journal", second)
    host = again.host()
    # The session is still open, and its presets are what they were.
    assert b"+QCOAPOPEN: 0,\"coap.sim\",5684,3" in host.ok("AT+QCOAPOPEN?")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")
    host.ok("AT+QCOAPCLOSE=0")
    assert again.stop()[0] == 0
    told = second.read_text().splitlines()
    count = len(first.read_text().splitlines())
    assert len(told) > count
    second.write_text("\n".join(told[:count]) + "\n")
    assert fingerprint(first) == fingerprint(second)


def test_a_replay_ends_at_an_entry_and_goes_on_from_there(vmodem, tmp_path):
    record, journal = tmp_path / "run", tmp_path / "journal"
    modem = vmodem("--clock", "virtual", "--record", record, "--journal", journal)
    talk(modem.host())
    modem.stop()
    opened = next(entry["number"] for entry in map(json.loads, journal.read_text().splitlines())
                  if entry.get("text", "").startswith('AT+QCOAPOPEN=0'))
    host = vmodem("--replay", record, "--until", opened - 1).host()
    assert b"+QCOAPOPEN: 0" not in host.ok("AT+QCOAPOPEN?")
    assert b"0_server.psk" in host.ok("AT+QFLST")


def test_a_record_with_a_real_peer_is_played_without_it(vmodem, coap_server, tmp_path):
    record = tmp_path / "run"
    port = coap_server()
    modem = vmodem("--record", record)
    host = modem.host()
    host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{port}')
    host.urc("+QCOAPOPEN: 0,0")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")
    modem.stop()
    host = vmodem("--replay", record).host()
    assert b"127.0.0.1" in host.ok("AT+QCOAPOPEN?")
    # From here on the peer answers for itself.
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")


def test_what_control_asked_for_is_played_without_control(vmodem, tmp_path):
    record = tmp_path / "run"
    controlled = Controlled(vmodem, tmp_path / "control", "--clock", "virtual", "--record", record)
    host = controlled.modem.host()
    host.ok("ATE0")
    assert b"+CEREG: 0,1" in host.ok("AT+CEREG?")
    assert controlled.ask("POST", "/verbs/registration-lost", {}).status == 200
    lost = host.ok("AT+CEREG?")
    assert b"+CEREG: 0,1" not in lost
    controlled.modem.stop()
    assert vmodem("--replay", record).host().ok("AT+CEREG?") == lost


def test_what_is_no_record_is_refused_with_its_line(tmp_path):
    record = tmp_path / "run"
    for text, line in (("", "it is empty"), ("{}\n", "line 1"), ("not json\n", "line 1")):
        record.write_text(text)
        ended = subprocess.run([VMODEM, "--replay", record], capture_output=True, text=True, timeout=10)
        assert ended.returncode == 2
        assert line in ended.stderr
