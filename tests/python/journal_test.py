"""The journal from Python: entries, waiting for them, their causes, and whether something is in it."""
import pytest

import vmodem
from control_test import get, opened
from vmodem import Step


@pytest.fixture
def talked(modem):
    opened(modem)
    get(modem)
    return modem


def test_entries_are_objects(talked):
    entry, = talked.journal.entries("server.request")
    assert (entry.kind, entry.path, entry["method"]) == ("server.request", "/test", "GET")
    assert entry.number > 0 and entry.at >= 0 and "wall" not in entry.fields
    assert entry.fields["path"] == "/test"
    assert str(entry).split()[2] == "server.request" and 'path="/test"' in str(entry)
    with pytest.raises(AttributeError, match="no uri here, but number"):
        entry.uri


def test_entries_by_kind_number_and_fields(talked):
    journal = talked.journal
    commands = journal.entries("line.command")
    assert [entry.number for entry in journal] == list(range(1, journal.last + 1))
    assert journal.entries("line.command", since=commands[0])[0] == commands[1]
    assert journal.entries("line.command", text={"starts_with": "AT+QCOAPSEND"}) == commands[-1:]
    assert {entry.kind for entry in journal.entries("line.urc", "line.result")} == {"line.urc", "line.result"}
    assert journal.entries("line.command", where={"text": "AT+NEVER"}) == []
    with pytest.raises(TypeError, match="name it"):
        journal.entries(text="AT")
    assert journal.entries("dtls.alert") == []
    with pytest.raises(vmodem.Problem, match="dtls.alert"):
        journal.entries("dtls.alarm")
    with pytest.raises(vmodem.Problem, match="no field"):
        journal.entries("line.command", txt="AT")


def test_more_entries_than_a_verdict_tells(modem):
    modem.port.write(b"AT\r" * 1100)
    for _ in range(1100):
        assert modem.port.read_until(b"OK\r\n").endswith(b"OK\r\n")
    assert len(modem.journal.entries("line.command", text="AT")) == 1100


def test_waiting_for_what_is_there_and_what_comes(talked):
    journal = talked.journal
    assert journal.wait_for("server.request", path="/test")
    last = journal.last
    talked.ctl.verbs.registration_lost("30s")
    back = journal.wait_for("radio.registration", since=last, status=1)
    assert back.number > last
    # It comes while it is waited for.
    talked.ctl.verbs.registration_lost("10min", when="1h")
    assert journal.wait_for("radio.registration", since=back, status=2).at >= 3600


def test_waiting_in_vain_tells_what_came_near(talked):
    with pytest.raises(TimeoutError) as waited:
        talked.journal.wait_for("server.request", path="/other", timeout=0.05)
    assert "server.request path='/other'" in str(waited.value)
    assert "path is '/test', expected '/other'" in str(waited.value)


def test_why_leads_to_the_command(talked):
    urc = talked.journal.entries("line.urc", text={"starts_with": "+QCOAPACK"})[0]
    chain = talked.why(urc)
    assert chain[0].kind == "line.command" and chain[0].text.startswith("AT+QCOAPSEND")
    assert chain[-1] == urc
    assert "AT+QCOAPSEND" in str(chain)


def test_verify_gives_the_entries(talked):
    number, = talked.verify("server.request", path="/test", count=1)
    assert talked.journal.entries("server.request")[0].number == number
    assert talked.verify("line.command", count=(3, None))
    assert talked.verify("line.command", count=(1, 9), text={"starts_with": "AT+Q"})
    assert talked.verify("server.request", path="/nowhere", count=0) == []
    assert talked.verify("server.request", since=talked.journal.last, count=0) == []


def test_verify_tells_what_came_near(talked):
    with pytest.raises(AssertionError) as failed:
        talked.verify("server.request", path="/rd", method="GET")
    text = str(failed.value)
    assert text.startswith("at least one: server.request path='/rd' method='GET'")
    assert "path is '/test', expected '/rd'" in text and "method is" not in text
    with pytest.raises(AssertionError, match="exactly 2: server.request"):
        talked.verify("server.request", count=2)
    with pytest.raises(AssertionError, match="0 to 0|exactly 0"):
        talked.verify("server.request", count=0)
    with pytest.raises(AssertionError, match="no dtls.alert is in the journal"):
        talked.verify("dtls.alert")


def test_verify_of_an_order(talked):
    talked.verify(order=[Step("line.command", {"text": {"starts_with": "AT+QCOAPOPEN"}}), "server.request",
                         Step("line.urc", {"text": {"starts_with": "+QCOAPRECV"}}, last=True)])
    with pytest.raises(AssertionError, match="step 2 of 2: line.command"):
        talked.verify(order=["server.request", Step("line.command", {"text": "ATE0"})])
    with pytest.raises(TypeError, match="in place of"):
        talked.verify("line.command", order=["line.urc"])
    with pytest.raises(TypeError, match="what is expected"):
        talked.verify()


def test_explained_entries_bring_their_causes(talked):
    text = talked.journal.explained(1, lambda entry: entry.kind == "line.urc")
    assert text.splitlines()[0].split()[2] == "line.command" and "line.urc" in text.splitlines()[-1]
