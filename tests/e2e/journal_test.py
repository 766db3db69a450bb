"""--journal and --explain: what happened, as data, and why."""
import hashlib
import json
import signal

from determinism_test import FAULTS, converse

# What must reach no journal and no log: a key, a PIN, a password, what a file holds.
KEY = "0badc0ffee0ddf00d5"
CANARIES = (KEY, "48151623", "sesame-password", "content-of-a-file")


def entries_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def fingerprint(path):
    """Of a journal, but for the wall's time and the octets of DTLS records."""
    digest = hashlib.sha256()
    for entry in entries_of(path):
        del entry["wall"]
        octets = entry.get("octets", "")
        if entry["kind"].startswith("datagram.") and 20 <= int(octets[:2] or "0", 16) <= 23:
            entry["octets"] = len(octets)
        digest.update(json.dumps(entry).encode())
    return digest.hexdigest()


def test_a_seed_repeats_the_journal_number_for_number(vmodem, tmp_path):
    prints = []
    for name in ("first", "second"):
        journal = tmp_path / name
        faults = [word for fault in FAULTS for word in ("--fault", fault)]
        modem = vmodem("--clock", "virtual", "--seed", "7", "--journal", journal, *faults)
        converse(modem.host())
        modem.stop()
        prints.append(fingerprint(journal))
    assert prints[0] == prints[1]


def test_every_result_leads_back_to_the_command_line_that_asked_for_it(vmodem, tmp_path):
    journal = tmp_path / "journal"
    modem = vmodem("--clock", "virtual", "--seed", "1", "--journal", journal, "--fault", "lose-uplink 2@AT+QCOAPSEND")
    host = modem.host()
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"test"')
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    assert host.urc("+QCOAPACK").endswith(b",0")
    modem.stop()
    entries = {entry["number"]: entry for entry in entries_of(journal)}
    assert sorted(entries) == list(range(1, len(entries) + 1))
    told = next(entry for entry in entries.values() if entry.get("text", "").startswith("+QCOAPACK"))
    kinds = []
    while told:
        kinds.append(told["kind"])
        told = entries.get(told["because"])
    assert kinds == ["line.urc", "client.result", "coap.concluded", "coap.received", "coap.retransmitted",
                     "coap.retransmitted", "coap.sent", "line.command"]


def test_a_killed_process_leaves_whole_lines(vmodem, tmp_path):
    journal = tmp_path / "journal"
    modem = vmodem("--journal", journal)
    host = modem.host()
    for _ in range(50):
        host.ok("AT+CSQ;+CREG?;+COPS?")
    modem.process.send_signal(signal.SIGKILL)
    modem.process.communicate()
    text = journal.read_text()
    assert text.endswith("\n")
    assert len(entries_of(journal)) >= 200


def test_a_failure_is_explained_in_the_log(vmodem, tmp_path):
    log = tmp_path / "log"
    modem = vmodem("--clock", "virtual", "--seed", "1", "--explain", "--log-file", log,
                   "--fault", "link-down 1h@AT+QCOAPSEND")
    host = modem.host()
    host.ok('AT+QCOAPOPEN=0,"198.51.100.7",5683')
    host.urc("+QCOAPOPEN")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    assert host.urc("+QCOAPACK").endswith(b",-11")
    told = [line for line in log.read_text().splitlines() if "why: " in line]
    assert "the host types AT+QCOAPSEND=0,0,1,1,0" in told[0]
    assert "fault: link-down 1h@AT+QCOAPSEND" in told[1]
    assert sum("goes out again" in line for line in told) == 5
    assert "never acknowledged" in told[-1]


def test_no_secret_is_told(vmodem, tmp_path):
    journal, log = tmp_path / "journal", tmp_path / "log"
    psk = f"identity&{KEY}".encode()
    modem = vmodem("--clock", "virtual", "--seed", "1", "--journal", journal, "--explain", "--log-level", "trace",
                   "--log-file", log)
    host = modem.host()
    for line in ('AT+CPIN="48151623"', 'AT+CPIN="48151623","48151623"', 'AT+CLCK="SC",1,"48151623"',
                 'AT+CPWD="SC","48151623","48151623"', 'AT+QICSGP=1,1,"net","user","sesame-password",1',
                 "AT+QICSGP=1", 'AT+CGAUTH=1,1,"user","sesame-password"', 'AT+NOTHING="sesame-password"'):
        host.command(line)
    for name, content in (("0_server.psk", psk), ("notes", b"content-of-a-file")):
        host.write(f'AT+QFUPL="{name}",{len(content)}\r'.encode())
        host.read_until(rb"CONNECT\r\n")
        host.write(content)
        host.read_until(rb"\r\nOK\r\n")
    host.ok('AT+QFDWL="notes"')
    host.ok('AT+QFDWL="0_server.psk"')
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5684')
    host.urc("+QCOAPOPEN")
    modem.stop()
    for path in (journal, log):
        text = path.read_text()
        assert text
        for canary in CANARIES:
            assert canary not in text, (path.name, canary)
            assert canary.encode().hex() not in text, (path.name, canary)
