"""vmodemctl back: the module as it was, behind the same port and the same control interface."""
import json
import subprocess

import pytest
from conftest import VMODEM
from control_test import Controlled, problem, read_events, stream
from replay_test import PSK_FILE, talk

CTL = VMODEM.parent / "vmodemctl"


@pytest.fixture
def recorded(vmodem, tmp_path):
    def start(*arguments):
        return Controlled(vmodem, tmp_path / "control", "--record", tmp_path / "run", *arguments)

    return start


def back(controlled, duration):
    return controlled.ask("POST", "/time/back", {"duration": duration})


def now(controlled):
    return controlled.get("/state/clock").json["now"]


def advance(controlled, duration):
    assert controlled.ask("POST", "/time/advance", {"duration": duration}).status == 200


def test_what_has_happened_since_has_not(recorded):
    modem = recorded("--clock", "manual", "--seed", 1)
    host = modem.modem.host()
    host.ok("ATE0")
    host.ok('AT+QCOAPOPEN=0,"198.51.100.7",5683')
    advance(modem, "10s")
    host.urc("+QCOAPOPEN: 0,0")
    there = now(modem)
    files = host.ok("AT+QFLST")
    last = modem.get("/events?follow=false").json[-1]["number"]
    advance(modem, "20s")
    host.write(f'AT+QFUPL="0_server.psk",{len(PSK_FILE)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(PSK_FILE)
    host.read_until(rb"\r\nOK\r\n")
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE: 0,0")
    assert modem.ask("POST", "/verbs/registration-lost", {}).status == 200
    advance(modem, "10s")

    gone = back(modem, "30s")
    assert gone.status == 200
    assert gone.json["now"] == there == now(modem)
    assert modem.get("/events?follow=false").json[-1]["number"] >= last
    # The port is the same, and the host has not noticed; the session is open again.
    assert host.ok("AT+QFLST") == files
    assert b'+QCOAPOPEN: 0,"198.51.100.7",5683,3' in host.ok("AT+QCOAPOPEN?")
    assert b"+CEREG: 0,1" in host.ok("AT+CEREG?")


def test_the_way_from_there_is_the_same_again(recorded):
    modem = recorded("--clock", "virtual", "--seed", 1)
    host = modem.modem.host()
    talk(host)
    assert modem.ask("POST", "/time/pause", {}).status == 200

    def ask():
        said = host.ok("AT+QCOAPSEND=0,0,1,1,0")
        advance(modem, "5s")
        return said + host.urc("+QCOAPRECV") + host.ok("AT")  # behind the payload

    host.ok("AT")
    for _ in range(3):
        advance(modem, "1s")
        first = ask()
        assert back(modem, "5500ms").status == 200
        assert ask() == first


def test_the_record_is_that_of_the_way_that_was_taken(recorded, vmodem, tmp_path):
    modem = recorded("--clock", "virtual", "--seed", 1)
    host = modem.modem.host()
    host.ok("ATE0")
    assert modem.ask("POST", "/time/pause", {}).status == 200
    advance(modem, "5s")
    host.ok('AT+CMEE=2')
    advance(modem, "5s")
    assert back(modem, "6s").status == 200
    host.ok('AT+CGPADDR=1')
    assert modem.modem.stop()[0] == 0
    again = vmodem("--replay", tmp_path / "run", "--journal", tmp_path / "journal").host()
    assert b"+CMEE: 2" not in again.ok("AT+CMEE?")
    lines = [json.loads(line) for line in (tmp_path / "journal").read_text().splitlines()]
    commands = [entry["text"] for entry in lines if entry["kind"] == "line.command"]
    assert commands[:2] == ["ATE0", "AT+CGPADDR=1"]


def test_readers_of_events_are_told(recorded):
    modem = recorded("--clock", "manual")
    host = modem.modem.host()
    host.ok("AT")
    with stream(modem, "/events?since=0&kind=line.command") as events:
        assert read_events(events, 1)[0][2]["text"] == "AT"
        advance(modem, "2s")
        host.ok("AT+CSQ")
        assert read_events(events, 1)[0][2]["text"] == "AT+CSQ"
        assert back(modem, "1s").status == 200
        (_, name, told), = read_events(events, 1)
        assert name == "back"
        host.ok("AT+CMEE?")
        (number, _, entry), = read_events(events, 1)
        assert number > told["number"] and entry["text"] == "AT+CMEE?"


def test_who_cannot_go_back_says_why(vmodem, recorded, coap_server, tmp_path):
    modem = recorded("--clock", "manual")
    modem.modem.host().ok("AT")
    assert "only" in problem(back(modem, "1s"), 409)["detail"]
    modem.modem.stop()
    for options, reason in (((), "no run is kept"),
                            (("--record", tmp_path / "run", "--state", tmp_path / "state"), "directory"),
                            (("--record", tmp_path / "run", "--transcript", tmp_path / "at"), "transcript"),
                            (("--record", "/dev/null"), "record")):
        other = Controlled(vmodem, tmp_path / "other", *options)
        assert reason in problem(back(other, "0s"), 409)["detail"]
        other.modem.stop()


def test_a_session_with_a_real_peer_keeps_it_from_going_back(recorded, coap_server):
    port = coap_server("-k", "secret", program="coap-server-gnutls") + 1
    modem = recorded()
    host = modem.modem.host()
    host.write(b'AT+QFUPL="0_server.psk",19\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"client&736563726574")
    host.read_until(rb"\r\nOK\r\n")
    host.ok('AT+QCOAPCFG="dtls",0,1,0')
    host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{port}')
    assert host.urc("+QCOAPOPEN") == b"+QCOAPOPEN: 0,0"
    assert "real peer" in problem(back(modem, "1ms"), 409)["detail"]
    host.ok("AT+QCOAPCLOSE=0")


def test_a_real_peer_without_dtls_is_met_again(recorded, coap_server):
    port = coap_server()
    modem = recorded("--clock", "manual")
    host = modem.modem.host()
    host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{port}')
    host.urc("+QCOAPOPEN: 0,0")
    advance(modem, "10s")
    host.ok("AT+QCOAPCLOSE=0")
    host.urc("+QCOAPCLOSE")
    advance(modem, "10s")
    assert b"127.0.0.1" not in host.ok("AT+QCOAPOPEN?")
    assert back(modem, "15s").status == 200
    assert b"127.0.0.1" in host.ok("AT+QCOAPOPEN?")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPRECV")


def test_vmodemctl_goes_back(recorded):
    modem = recorded("--clock", "manual")
    modem.modem.host().ok("AT+CMEE=2")
    advance(modem, "1min")
    run = subprocess.run([CTL, "--control", f"unix:{modem.path}", "--json", "back", "30s"], capture_output=True,
                         text=True, timeout=30)
    assert (run.returncode, json.loads(run.stdout)["now"]) == (0, 30), run.stderr
