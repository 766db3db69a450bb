"""The control interface from Python: every request that there is, and what is refused."""
import re
import threading

import pytest

import vmodem
import vmodem.process
from vmodem import Modem

SERVER = "198.51.100.7:5683"


def opened(modem, path="test"):
    modem.command("ATE0")
    modem.command('AT+QCOAPOPEN=0,"coap.sim",5683')
    modem.urc("+QCOAPOPEN: 0,0")
    modem.command(f'AT+QCOAPOPTION=0,0,0,11,"{path}"')


def get(modem):
    modem.command("AT+QCOAPSEND=0,0,1,1,0")
    return modem.urc("+QCOAPRECV")


def test_verbs_are_those_of_the_table(modem):
    verbs = modem.ctl.verbs
    assert set(verbs) == {row["name"] for row in modem.ctl.request("GET", "/verbs").verbs}
    assert "registration_lost" in dir(verbs) and len(verbs) == len(list(verbs))
    assert "The cell is gone" in verbs.registration_lost.__doc__
    assert verbs["delay-uplink"].signature() == "duration [count] [when]"
    with pytest.raises(AttributeError, match="registration-lost"):
        verbs.registration_last
    with pytest.raises(KeyError, match="link-down"):
        modem.ctl.perform("link-dwn")


def test_a_verb_takes_arguments_in_order_and_by_name(modem):
    verbs = modem.ctl.verbs
    assert verbs.registration_denied(11, 30).number
    assert modem.journal.entries("fault.performed")[-1].text == "registration-denied 11 30s"
    verbs.chunks(3, pause="10ms")
    assert modem.journal.entries("fault.performed")[-1].text == "chunks 10ms 3"
    waiting = modem.ctl.perform("link_down", duration="1min", when="AT+QCOAPSEND#2")
    assert waiting.number is None and waiting.id in {fault.id for fault in modem.ctl.faults}
    with pytest.raises(TypeError, match=r"reset has 0 arguments, not 1: \[when\]"):
        verbs.reset("now")
    with pytest.raises(TypeError, match="cause twice"):
        verbs.registration_denied(11, cause=12)


def test_a_refusal_tells_what_would_be_right(modem):
    with pytest.raises(vmodem.Problem) as refused:
        modem.ctl.verbs.registration_denied(999)
    assert (refused.value.status, refused.value.field) == (400, "cause")
    assert "cause cannot be 999; right would be: a whole number, 1–255" in str(refused.value)
    with pytest.raises(vmodem.Problem, match="faults"):
        modem.ctl.state("fault")


def test_state(modem):
    assert modem.ctl.state("radio").registration == 1
    state = modem.ctl.state()
    assert state.modem.model == "BG95-M3" and state.clients[5].id == 5
    with pytest.raises(AttributeError, match="no nothing here, but card"):
        state.nothing
    assert modem.ctl.about().name == "vmodem" and modem.ctl.openapi()["openapi"].startswith("3.1")


def test_time_moves_as_it_is_told(manual):
    time = manual.ctl.time
    assert (manual.now, time.now) == (0, 0)
    assert time.advance("90s").now == 90
    assert time.advance(0.5).now == 90.5
    manual.command("AT+CEREG=1")
    manual.ctl.verbs.registration_lost("30s")
    assert time.step().now >= 90.5
    time.advance(60)
    assert manual.ctl.state("radio").registration == 1
    with pytest.raises(vmodem.Problem, match="manual"):
        time.run()


def test_time_is_paused_and_runs():
    with Modem.spawn(seed=1) as modem:
        assert modem.ctl.time.pause().is_paused
        before = modem.now
        assert modem.ctl.time.advance("10s").now == pytest.approx(before + 10)
        assert not modem.ctl.time.run().is_paused


def test_time_goes_back():
    with Modem.spawn(seed=1, clock="manual", record=True) as modem:
        modem.ctl.time.advance("10s")
        modem.ctl.verbs.registration_lost()
        modem.ctl.time.advance("10s")
        assert modem.ctl.state("radio").registration == 2
        assert modem.ctl.time.back("15s").now == 5
        assert modem.ctl.state("radio").registration == 1
    with Modem.spawn(seed=1, clock="manual") as modem, pytest.raises(vmodem.Problem):
        modem.ctl.time.back("0s")


def test_faults_and_scenarios_are_listed_and_taken_back(manual):
    ctl = manual.ctl
    first = ctl.perform("link-down", when="10s").id
    ctl.perform("link-down", when="20s")
    assert [fault.text for fault in ctl.faults] == ["link-down", "link-down"] or len(list(ctl.faults)) == 2
    ctl.faults.remove(first)
    assert len(list(ctl.faults)) == 1
    scenario = ctl.scenarios.begin("5s: link-down 10s\nAT+CSQ: reset\n")
    assert scenario.faults == 2
    assert [row.id for row in ctl.scenarios] == [scenario.id]
    ctl.scenarios.remove(scenario.id)
    assert len(list(ctl.faults)) == 1
    assert ctl.faults.clear() == 1
    with pytest.raises(vmodem.Problem, match="line 1"):
        ctl.scenarios.begin("5s: link-dwn")


def test_overrides_answer_in_the_place_of_others(modem):
    opened(modem)
    number = modem.ctl.overrides.server("5.03", path="test", method="GET", server=SERVER, content="later",
                                        content_format=0, times=2, delay="1s")
    assert ",5.03," in get(modem)
    assert [row.id for row in modem.ctl.overrides.all().server] == [number]
    modem.ctl.overrides.remove(number)
    assert ",2.05," in get(modem)
    modem.ctl.overrides.serial("AT+CSQ", lines=["+CSQ: 1,99"], times=1)
    assert "+CSQ: 1,99" in modem.command("AT+CSQ")  # behind the payload
    assert modem.command("AT+CSQ") == ["+CSQ: 28,99"]
    modem.ctl.overrides.serial("AT+CGMM", result="+CME ERROR: 3")
    with pytest.raises(vmodem.CommandFailed):
        modem.command("AT+CGMM")
    modem.ctl.overrides.server(silent=True, token=b"\x0a", client="10.0.0.1:1")
    assert modem.ctl.overrides.clear() == 2


def test_servers_show_and_change_their_resources(modem):
    assert SERVER in {server.endpoint for server in modem.ctl.servers}
    server = modem.ctl.servers[SERVER]
    assert "seg1/seg2/seg3" in {resource.path for resource in server.resources()}
    assert server.resource("/validate").exists
    assert server.put("validate", "changed", content_format=0).representations[0].payload == "changed"
    assert server.put("validate", b"\x00\xff").representations[0].hex == "00ff"
    assert server.notify("obs") == 0
    server.delete("validate")
    assert not server.resource("validate").exists
    with pytest.raises(vmodem.Problem, match="validate"):
        server.resource("validatd")


def test_typed_octets_and_urcs(modem):
    modem.command("ATE0")
    assert modem.ctl.serial.urc("+QIND: SMS DONE") > 0
    assert modem.urc("+QIND") == "+QIND: SMS DONE"
    modem.ctl.serial.input("AT+CSQ\r")
    modem.urc("+CSQ")
    modem.ctl.serial.input(b"AT+CGMM\r")
    modem.urc("BG95-M3")


def test_a_capture_begins_and_ends(modem, tmp_path):
    modem.ctl.capture.start(tmp_path / "run.pcapng")
    modem.command("AT")
    modem.ctl.capture.stop()
    assert (tmp_path / "run.pcapng").read_bytes()[:4] == bytes.fromhex("0a0d0d0a")
    with pytest.raises(vmodem.Problem):
        modem.ctl.capture.stop()


def test_requests_of_the_servers(modem):
    opened(modem)
    get(modem)
    asked = modem.ctl.requests()
    assert [request.path for request in asked.requests] == ["/test"]
    assert modem.ctl.requests(since=asked.last).requests == []


def test_events_come_as_they_happen(modem):
    last = modem.journal.last
    speaker = threading.Thread(target=lambda: modem.command("AT+CGMM"))
    events = modem.ctl.events(last, ["line.command", "line.answer"])
    speaker.start()
    assert next(events).text == "AT+CGMM"
    assert next(events).text == "BG95-M3"
    speaker.join()
    assert list(modem.ctl.events(10**9, timeout=0.05)) == []
    with pytest.raises(vmodem.Problem, match="line.command"):
        next(modem.ctl.events(kinds=["line.comand"]))


def test_events_tell_that_the_module_went_back():
    with Modem.spawn(seed=1, clock="manual", record=True) as modem:
        modem.ctl.time.advance("10s")
        modem.ctl.verbs.link_down()
        events = modem.ctl.events()
        assert next(events).kind
        modem.ctl.time.back("5s")
        notice = next(event for event in events if isinstance(event, vmodem.Notice))
        assert notice.name == "back" and notice.number >= 0


def test_no_request_is_left_out(tmp_path, monkeypatch):
    """What GET / lists is what the client asks for, one request each."""
    asked = set()

    class Recorder:
        def __init__(self, backend):
            self.backend = backend

        def request(self, method, target, body):
            asked.add((method, target.partition("?")[0]))
            return self.backend.request(method, target, body)

        def entries(self, since, kinds):
            asked.add(("GET", "/events"))
            return self.backend.entries(since, kinds)

        def events(self, since, kinds, timeout):
            return self.entries(since or 0, kinds)

    real = vmodem.process.UnixBackend
    monkeypatch.setattr("vmodem.process.UnixBackend", lambda path: Recorder(real(path)))
    with Modem.spawn(seed=1, clock="virtual", record=True) as modem:
        ctl, server = modem.ctl, modem.ctl.servers[SERVER]
        paths = ctl.about().paths
        for part in ctl.state():
            ctl.state(part)
        harmless = [ctl.openapi, ctl.commands, ctl.window, ctl.requests, server.resources,
                    lambda: server.resource("test"),
                    lambda: list(ctl.faults), lambda: list(ctl.scenarios), lambda: list(ctl.servers),
                    ctl.overrides.all, lambda: ctl.why(1), ctl.events, lambda: modem.verify("line.command", count=0)]
        changing = [ctl.time.pause, ctl.time.step, lambda: ctl.time.advance(1), lambda: ctl.time.back(1), ctl.time.run,
                    lambda: ctl.scenarios.begin("1h: reset"), lambda: ctl.scenarios.remove(1),
                    lambda: ctl.capture.start(tmp_path / "c"), ctl.capture.stop,
                    lambda: ctl.overrides.server("4.04"), lambda: ctl.overrides.serial("AT"),
                    lambda: ctl.overrides.remove(1), ctl.overrides.clear, lambda: server.put("test", "x"),
                    lambda: server.notify("obs"), lambda: server.delete("test"), lambda: ctl.serial.urc("+X"),
                    lambda: ctl.serial.input("AT\r"), lambda: ctl.faults.remove(1), ctl.faults.clear]
        verbs = [ctl.verbs[name] for name in ctl.verbs]
        for call in harmless + changing + verbs:
            try:
                call()
            except vmodem.Problem:
                pass  # it was asked for

    def is_asked(path):
        method, _, target = path.partition(" ")
        pattern = re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(target.partition("?")[0]))
        return any(method == its and re.fullmatch(pattern, place) for its, place in asked)

    assert len(paths) > 80
    assert [path for path in paths if not is_asked(path)] == []
