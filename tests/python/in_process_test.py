"""A modem as a function of this process: time, the port, and peers of the test's own."""
import time

import pytest

import vmodem
from conftest import needs_preload
from vmodem import Modem
from vmodem.in_process import Question

pytestmark = pytest.mark.skipif(needs_preload(), reason="libvmodem.so has sanitizers: library_test.py runs this")


@pytest.fixture
def function():
    with Modem.in_process(seed=1) as modem:
        yield modem


def test_commands_are_answered(function):
    assert function.command("ATE0") == []
    assert function.command("AT+CSQ") == ["+CSQ: 28,99"]
    assert function.now == 0


def test_a_read_moves_the_time_until_something_comes(function):
    function.command("AT+CEREG=1")
    function.ctl.verbs.registration_lost("5min")
    assert function.urc("+CEREG: 2")
    start = time.monotonic()
    assert function.urc("+CEREG: 1", timeout=600)
    assert 300 <= function.now < 302
    print(f"{function.now:.0f} s of the module's time in {(time.monotonic() - start) * 1000:.1f} ms")


def test_a_time_out_is_the_modules(function):
    function.port.timeout = 30
    before = function.now
    assert function.port.read(1) == b""
    assert function.now == pytest.approx(before + 30)
    function.port.timeout = 0
    assert function.port.read(1) == b"" and function.now == pytest.approx(before + 30)


def test_the_port_reads_as_pyserial_does(function):
    port = function.port
    port.write(b"ATE0\r")
    assert port.in_waiting == len(b"ATE0\r\r\nOK\r\n")
    assert port.read_until(b"OK\r\n") == b"ATE0\r\r\nOK\r\n"
    port.write(b"AT+CSQ\r")
    assert port.readline() == b"\r\n" and port.readline() == b"+CSQ: 28,99\r\n"
    assert port.read(6) == b"\r\nOK\r\n"
    port.write(b"AT\r")
    port.reset_input_buffer()
    assert port.in_waiting == 0
    port.close()
    with pytest.raises(OSError, match="closed"):
        port.write(b"AT\r")


def test_what_never_comes_is_told_at_once(function):
    function.port.timeout = None
    with pytest.raises(vmodem.NothingHappens, match="nothing is left to happen"):
        function.port.read(1)


def test_more_than_the_module_has_room_for(function):
    function.command("ATE0")
    assert function.port.write(b"AT+CSQ\r" * 5000) == 35000
    for _ in range(5000):
        assert function.port.read_until(b"OK\r\n").endswith(b"OK\r\n")


def test_time_is_moved(function):
    assert function.ctl.time.advance("90s").now == 90
    assert function.now == 90
    function.sleep(0.5)
    assert function.ctl.state("clock").now == 90.5
    function.ctl.perform("link-down", when="10s")
    function.ctl.time.step()
    assert function.now == pytest.approx(100.5)
    with pytest.raises(vmodem.Problem):
        function.ctl.time.back("1s")


def test_the_journal_and_its_causes(function):
    last = function.journal.last
    function.command('AT+QCOAPOPEN=0,"coap.sim",5683')
    function.urc("+QCOAPOPEN: 0,0")
    function.command('AT+QCOAPOPTION=0,0,0,11,"test"')
    function.command("AT+QCOAPSEND=0,0,1,1,0")
    asked = function.journal.wait_for("server.request", since=last, path="/test")
    urc = function.journal.wait_for("line.urc", since=asked, text={"starts_with": "+QCOAPACK"})
    assert function.why(urc)[0].text == "AT+QCOAPSEND=0,0,1,1,0"
    function.verify("server.request", path="/test", count=1)
    with pytest.raises(AssertionError, match="path is '/test', expected '/rd'"):
        function.verify("server.request", path="/rd")
    with pytest.raises(TimeoutError):
        function.journal.wait_for("server.request", path="/rd", timeout=30)
    events = list(function.ctl.events(last, ["line.command"], timeout=1))
    assert [event.text for event in events][-1] == "AT+QCOAPSEND=0,0,1,1,0"


def test_waiting_for_an_entry_moves_the_time(function):
    function.ctl.verbs.registration_lost("1h")
    assert function.journal.wait_for("radio.registration", status=1, timeout=7200).at >= 3600


def test_faults_as_the_program_takes_them(function):
    function.perform("link-down:60s@AT+QCOAPSEND#2")
    assert [fault.text for fault in function.ctl.faults] == ["link-down:60s@AT+QCOAPSEND#2"]
    with pytest.raises(ValueError, match="link-down"):
        function.perform("link-dwn")


def test_options_reach_the_library(tmp_path):
    config = '[identity]\nmodel = "BG77"\n[routes]\n"192.0.2.1" = "127.0.0.1:5683"\n'
    (tmp_path / "modem.toml").write_text(config)
    for place in (config, tmp_path / "modem.toml"):
        with Modem.in_process(config=place, seed=1, faults=["registration-denied:11"], boot="cold",
                              cellular="cat-m1-good", routes={"192.0.2.2": "127.0.0.1:5683"},
                              keys={"identity.imei": "123456789012345", "dialect.sticky_message_id": True}) as modem:
            modem.urc("APP RDY", timeout=60)
            assert "BG77" in modem.command("ATI") and modem.command("AT+CGSN") == ["123456789012345"]
            assert modem.ctl.state("link").is_ideal is False
    with Modem.in_process(config=config, model="BG95-M1") as modem:
        assert "BG95-M1" in modem.command("ATI")


@pytest.mark.parametrize("options, complaint", [
    ({"keys": {"dialect.nstart": 9}}, "9 is not allowed; expected an integer"),
    ({"config": "identity.model ="}, "identity.model|TOML|value"),
    ({"keys": {"journal.file": "/tmp/x"}}, "journal.file"),
    ({"keys": {"time.mode": "real"}}, "time.mode"),
])
def test_a_mistake_is_told(options, complaint):
    with pytest.raises(vmodem.StartFailed, match=complaint):
        Modem.in_process(**options)


def test_a_clock_is_refused():
    with pytest.raises(ValueError, match='right would be "virtual"'):
        Modem.in_process(clock="real")
    with Modem.in_process(clock="virtual") as modem, pytest.raises(ValueError, match="hand modem.port to the host"):
        modem.path


def test_a_peer_of_the_tests_own_answers():
    with Modem.in_process(seed=1, routes={"rd.example": "127.0.0.1:5683"}) as modem:
        asked = []

        def answer(datagram):
            """2.05, piggybacked (RFC 7252 §5.2.1)."""
            asked.append(datagram)
            token = datagram.octets[4:4 + (datagram.octets[0] & 15)]
            head = bytes([0x60 | len(token), 0x45]) + datagram.octets[2:4]
            modem.feed_datagram(datagram.session, head + token + b"\xffhi")

        modem.on_datagram = answer
        modem.command('AT+QCOAPOPEN=0,"rd.example",5683')
        assert modem.urc("+QCOAPOPEN") == "+QCOAPOPEN: 0,0"
        modem.command("AT+QCOAPSEND=0,0,1,0,0")
        assert ",2.05," in modem.urc("+QCOAPRECV")
        assert (asked[0].host, asked[0].port) == ("rd.example", 5683)
        assert not modem.feed_datagram(asked[0].session + 1, b"")


def test_questions_are_the_tests_own_to_answer():
    with Modem.in_process(seed=1, keys={"network.mode": "host"}) as modem:
        asked = []

        def answer(query):
            asked.append(query)
            modem.answer_query(query.number, "192.0.2.7" if query.question is Question.NAME else None)

        modem.on_query = answer
        modem.command("AT+QIACT=1")
        modem.command('AT+QIDNSGIP=1,"real.example"')
        assert modem.urc('+QIURC: "dnsgip","192.0.2.7"')
        assert (asked[0].question, asked[0].host) == (Question.NAME, "real.example")
        assert not modem.answer_query(asked[0].number, "192.0.2.7")


def test_many_live_side_by_side_and_are_the_same():
    def told(modem):
        modem.command('AT+QCOAPOPEN=0,"192.0.2.1",5683')
        modem.command("AT+QCOAPSEND=0,0,1,0,0")
        modem.urc("+QCOAPACK", timeout=600)
        return [(entry.number, entry.at, entry.kind) for entry in modem.journal]

    modems = [Modem.in_process(seed=5, keys={"network.mode": "loopback"}) for _ in range(5)]
    stories = [told(modem) for modem in modems]
    for modem in modems:
        modem.close()
    assert stories[1:] == stories[:-1]
    with pytest.raises(OSError, match="closed"):
        modems[0].command("AT")
    with pytest.raises(ValueError, match="closed"):
        modems[0].ctl.state()


def test_making_one_is_quick():
    times = []
    for _ in range(20):
        start = time.perf_counter()
        modem = Modem.in_process(seed=1)
        times.append(time.perf_counter() - start)
        modem.close()
    print(f"a modem in process is there in {sorted(times)[10] * 1000:.2f} ms, the quickest in {min(times) * 1000:.2f}")
