"""vmodemctl against a running modem: what it prints, and how it ends."""
import json
import os
import signal
import subprocess
import time

import pytest

from conftest import PATIENCE_S, VMODEM

VMODEMCTL = VMODEM.with_name("vmodemctl")
DONE, FAILED, USAGE, UNREACHED = range(4)


def run(*arguments, **environment):
    clean = {name: value for name, value in os.environ.items()
             if name not in ("VMODEM_CONTROL", "VMODEM_CONTROL_TOKEN", "XDG_RUNTIME_DIR")}
    return subprocess.run([VMODEMCTL, *map(str, arguments)], capture_output=True, text=True,
                          timeout=3 * PATIENCE_S, env=clean | environment)


class Steered:
    def __init__(self, start, path, *arguments):
        self.address = f"unix:{path}"
        self.modem = start("--control", self.address, "--seed", 1, *arguments)
        self.host = self.modem.host()

    def run(self, *arguments):
        return run("--control", self.address, *arguments)

    def done(self, *arguments):
        ended = self.run(*arguments)
        assert ended.returncode == DONE, ended.stderr
        return ended.stdout

    def json(self, *arguments):
        return json.loads(self.done(*arguments, "--json"))


@pytest.fixture
def steered(vmodem, tmp_path):
    def start(*arguments):
        return Steered(vmodem, tmp_path / "control", *arguments)

    return start


def test_help_fits_a_screen():
    text = run("--help").stdout
    assert len(text.splitlines()) <= 24
    assert max(len(line) for line in text.splitlines()) <= 80
    for subcommand in ("state", "events", "do", "time", "verify", "why", "completion"):
        assert f"  {subcommand}" in text
        assert run(subcommand, "--help").returncode == DONE


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("state", "--nonsense"), ("time",), ("completion", "tcsh"),
                                       ("why",), ("--control", "tcp://192.0.2.1:80", "state")])
def test_wrong_arguments_are_usage(arguments):
    ended = run(*arguments, VMODEM_CONTROL="unix:/nowhere")
    assert ended.returncode == USAGE and ended.stderr.startswith("vmodemctl: ") and not ended.stdout


def test_a_modem_that_is_not_there_is_told_apart(tmp_path):
    ended = run("--control", f"unix:{tmp_path / 'nobody'}", "state")
    assert ended.returncode == UNREACHED and "no modem at unix:" in ended.stderr
    assert run("state").returncode == UNREACHED
    ended = run("state", XDG_RUNTIME_DIR=str(tmp_path))
    assert ended.returncode == UNREACHED and "no modem listens in" in ended.stderr


def test_the_only_modem_of_the_user_is_found(vmodem, tmp_path):
    (tmp_path / "vmodem").mkdir()
    (tmp_path / "vmodem/token").write_text("no socket")
    vmodem("--control", f"unix:{tmp_path / 'vmodem/a'}")
    assert run("state", "clock", XDG_RUNTIME_DIR=str(tmp_path)).returncode == DONE
    vmodem("--control", f"unix:{tmp_path / 'vmodem/b'}")
    ended = run("state", XDG_RUNTIME_DIR=str(tmp_path))
    assert ended.returncode == UNREACHED and "vmodem/a" in ended.stderr and "vmodem/b" in ended.stderr
    assert run("state", VMODEM_CONTROL=f"unix:{tmp_path / 'vmodem/b'}").returncode == DONE


def test_options_stand_before_or_behind_the_subcommand(steered):
    modem = steered()
    before, behind = modem.run("--json", "state", "card"), run("state", "card", "--json", "--control", modem.address)
    assert json.loads(before.stdout) and before.stdout == behind.stdout


def test_a_port_is_asked_with_its_token(vmodem):
    ready = vmodem("--control", "tcp://127.0.0.1:0").ready
    refused = run("--control", ready["control"], "state")
    assert refused.returncode == FAILED and "token" in refused.stderr
    assert run("state", "--control", ready["control"], "--control-token", ready["control_token"]).returncode == DONE
    assert run("state", VMODEM_CONTROL=ready["control"],
               VMODEM_CONTROL_TOKEN=ready["control_token"]).returncode == DONE


def test_state_is_readable_and_raw(steered):
    modem = steered()
    assert set(modem.json("state")) >= {"modem", "card", "radio", "clock"}
    assert "mode: real" in modem.done("state", "clock")
    unknown = modem.run("state", "nonsense")
    assert unknown.returncode == FAILED and unknown.stderr


def test_events_why_and_verify_tell_what_happened(steered):
    modem = steered()
    modem.host.ok("AT+CSQ")
    events = modem.json("events", "--kind", "line.command")
    assert "AT+CSQ" in json.dumps(events[-1])
    assert f"#{events[-1]['number']}  line.command" in modem.done("events")
    assert f"#{events[-1]['number']}" in modem.done("why", events[-1]["number"])
    assert modem.run("why", 999999).returncode == FAILED
    assert modem.done("verify", "--kind", "line.command", "--min", 1).startswith("true")
    false = modem.run("verify", "--kind", "line.command", "--count", 999)
    assert false.returncode == FAILED and false.stdout.startswith("false")


def test_events_are_followed_until_the_modem_ends(steered):
    modem = steered()
    follower = subprocess.Popen([VMODEMCTL, "--control", modem.address, "events", "--follow", "--json", "--kind",
                                 "line.command"], stdout=subprocess.PIPE, text=True)
    modem.host.ok("AT+CSQ")
    assert "AT+CSQ" in follower.stdout.readline()
    modem.host.ok("AT+CGMM")
    assert json.loads(follower.stdout.readline())["kind"] == "line.command"
    modem.modem.process.send_signal(signal.SIGTERM)
    assert follower.wait(PATIENCE_S) == DONE
    modem.modem.process.wait(PATIENCE_S)


def test_verbs_are_done_now_or_later(steered):
    modem = steered()
    names = modem.done("verbs", "--names").split()
    assert "reset" in names and "lose-uplink" in modem.done("verbs")
    modem.done("do", "lose-uplink", 2, "--when", "1h")
    pending = modem.json("faults")["faults"]
    assert len(pending) == 1
    modem.done("faults", "--clear")
    assert modem.json("faults")["faults"] == []
    unknown = modem.run("do", "lose-uplnk", 2)
    assert unknown.returncode == USAGE and 'did you mean "lose-uplink"' in unknown.stderr
    wrong = modem.run("do", "lose-uplink", "nonsense")
    assert wrong.returncode == FAILED and wrong.stderr


def test_a_scenario_is_loaded(steered, tmp_path):
    modem = steered()
    scenario = tmp_path / "a.scenario"
    scenario.write_text("1h: reset\n")
    modem.done("scenario", scenario)
    assert len(modem.json("scenario")["scenarios"]) == 1
    scenario.write_text("nonsense\n")
    assert modem.run("scenario", scenario).returncode == FAILED
    assert modem.run("scenario", tmp_path / "none").returncode == USAGE


def test_the_time_is_steered(steered):
    modem = steered("--clock", "manual")
    start = time.monotonic()
    before = modem.json("state", "clock")
    after = modem.json("time", "advance", "24h")
    assert time.monotonic() - start < 2 * PATIENCE_S
    assert after != before
    assert modem.run("time", "run").returncode == FAILED
    assert modem.run("time", "advance").returncode == USAGE


def test_a_urc_and_an_override_reach_the_host(steered):
    modem = steered()
    modem.done("urc", "+QIND: SMS DONE")
    assert modem.host.urc("+QIND") == b"+QIND: SMS DONE"
    modem.done("override", "serial", "--command", "AT+CSQ", "--line", "+CSQ: 7,7", "--times", 1)
    assert b"+CSQ: 7,7" in modem.host.ok("AT+CSQ")
    assert b"+CSQ: 7,7" not in modem.host.ok("AT+CSQ")
    modem.done("input", r"AT+CGMM\r")
    modem.host.read_until(rb"BG95")


def test_servers_and_their_resources_are_read_and_changed(steered):
    modem = steered()
    servers = modem.json("servers")["servers"]
    address = servers[0]["endpoint"]
    resources = modem.json("servers", address)["resources"]
    path = next(resource["path"] for resource in resources if resource["content"] == "stored")
    modem.done("servers", address, path, "--payload", "hello", "--content-format", 0)
    assert "hello" in modem.done("servers", address, path)
    modem.done("servers", address, path, "--remove")
    unknown = modem.run("servers", address, "no/such/path")
    assert unknown.returncode == FAILED and "no resource" in unknown.stderr
    assert modem.json("requests")["requests"] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_from_the_table(shell):
    text = run("completion", shell)
    assert text.returncode == DONE and "vmodemctl" in text.stdout
    if shell == "bash":
        completed = subprocess.run(
            ["bash", "-c", 'eval "$1"; COMP_WORDS=(vmodemctl time adv); COMP_CWORD=2; _vmodemctl; '
             'echo "${COMPREPLY[@]}"', "-", text.stdout], capture_output=True, text=True, check=True)
        assert completed.stdout.split() == ["advance"]
