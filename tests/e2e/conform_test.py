"""vmodem-conform as its users run it: on vmodems of its own, on a modem that runs already, and in CI."""
import json
import os
import pty
import subprocess
import threading
import tty
import xml.etree.ElementTree as xml

import pytest
from conftest import ROOT, VMODEM

CONFORM = ROOT / "build/dev/bin/vmodem-conform"  # the tests' own
SUITE = ROOT / "tests/conformance"
TIME_MAX_S = 300

GOOD = "# good\nclause V.250 §6\n> ATE0\n<< ATE0\\r\n< OK\n\n> AT\n< OK\n"
BAD = "# bad\n> ATE0\n<< ATE0\\r\n< OK\n\n# what is asked\n> AT\n< NO\n\n> AT\n< OK\n"


def conform(*arguments, environment=None):
    return subprocess.run([CONFORM, *map(str, arguments)], capture_output=True, text=True, timeout=TIME_MAX_S,
                          env={**os.environ, **(environment or {})}, check=False)


@pytest.fixture
def cases(tmp_path):
    def write(**texts):
        folder = tmp_path / "cases"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.at").write_text(text)
        return folder
    return write


def test_the_room_of_a_standard_passes_on_vmodems_of_its_own(tmp_path):
    report = tmp_path / "junit.xml"
    run = conform("--suite", "note", "--name", "note/3.3.1*", "--spawn", VMODEM, "--junit", report)
    assert run.returncode == 0, run.stdout
    root = xml.parse(report).getroot()
    tests = root.findall(".//testcase")
    assert len(tests) == int(root.get("tests")) and len(tests) > 50
    assert not root.findall(".//failure")
    assert {test.get("classname").rsplit(".", 1)[0] for test in tests} == {"note.3_3_1_qcoapcfg"}


def test_the_same_list_is_chosen_whatever_it_is_played_on():
    def names(*way):
        run = conform("--suite", "rfc7252", "--list", "--json", *way)
        assert run.returncode == 0
        return [json.loads(line)["name"] for line in run.stdout.splitlines()]
    assert names() == names("--spawn", VMODEM) == names("--library")
    assert len(names()) > 20


def test_a_failure_names_its_check_and_ends_in_1(cases, tmp_path):
    folder = cases(a=GOOD, b=BAD)
    files = [tmp_path / name for name in ("r.xml", "r.html", "r.md")]
    run = conform(folder, "--junit", files[0], "--html", files[1], "--markdown", files[2])
    assert run.returncode == 1
    assert f"{folder}/b.at:8: something else came" in run.stdout
    assert "2 cases: 1 passed, 1 failed; 3 of 5 checks passed" in run.stdout
    failed = xml.parse(files[0]).getroot().findall(".//testcase[failure]")
    assert [test.get("name") for test in failed] == ["7 what is asked"]
    assert "<h2>Failed</h2>" in files[1].read_text()
    assert "something else came" in files[2].read_text()


def test_what_cannot_be_used_ends_in_2_and_says_what_would_be_right(cases, tmp_path):
    folder = cases(wrong="> AT\nnonsense\n") / "wrong.at"
    for arguments in ([folder], ["--suite", "nosuch"], ["--shard", "3/2", folder], ["--certainty", "sure", folder],
                      ["--name", "nothing*", cases(a=GOOD) / "a.at"], [tmp_path / "missing.at"], ["--over", "tcp"],
                      ["--rewrite", "--library", folder], ["--timeout-scale", "0", folder]):
        run = conform(*arguments)
        assert run.returncode == 2, arguments
        assert run.stdout + run.stderr, arguments


def test_the_shards_together_are_all_cases(cases):
    folder = cases(**{f"c{i}": GOOD for i in range(5)})
    def played(*arguments, environment=None):
        run = conform(folder, "--json", *arguments, environment=environment)
        assert run.returncode == 0
        return [json.loads(line)["file"] for line in run.stdout.splitlines()]
    everything = played()
    shards = [played("--shard", "auto", environment={"CI_NODE_INDEX": str(i), "CI_NODE_TOTAL": "2"}) for i in (1, 2)]
    assert sorted(shards[0] + shards[1]) == everything
    assert len(played("--repeat", 3)) == 15
    shuffled = played("--shuffle", 1)
    assert sorted(shuffled) == everything and shuffled != everything


def test_a_terminal_shows_progress_and_colours_unless_they_are_not_wanted(cases):
    folder = cases(a=GOOD, b=BAD)
    def seen(environment):
        leader, follower = pty.openpty()
        with subprocess.Popen([CONFORM, folder], stdout=follower, env={**os.environ, **environment}) as process:
            os.close(follower)
            text = b""
            while True:
                try:
                    more = os.read(leader, 4096)
                except OSError:
                    break
                text += more
            os.close(leader)
            assert process.wait() == 1
        return text
    assert b"\x1b[31m" in seen({"NO_COLOR": ""})
    plain = seen({"NO_COLOR": "1"})
    assert b"\x1b[31m" not in plain and b"2 of 2, 1 failed" in plain


def test_a_modem_that_runs_is_reset_before_each_case_and_meets_this_machine(vmodem):
    modem = vmodem("--set", "network.mode=host")
    run = conform("--port", modem.ready["pty"], "--server-address", "127.0.0.1",
                  SUITE / "note/5_examples/5_1_mask_1.at", SUITE / "rfc7252/exchange_piggybacked.at",
                  SUITE / "note/3.3.3_qcoapclose/forms.at", SUITE / "dialect/auto_ack_all.at")
    assert run.returncode == 0, run.stdout
    assert "4 cases: 3 passed, 1 left out" in run.stdout
    assert "a modem that runs already keeps its own settings" in run.stdout


def test_the_simulated_servers_of_a_case_stand_on_this_machine(vmodem):
    modem = vmodem("--set", "network.mode=host")
    run = conform("--port", modem.ready["pty"], "--server-address", "127.0.77.1",
                  SUITE / "etsi/core_01_get_con.at", SUITE / "etsi/core_21_etag.at", SUITE / "etsi/dtls_01_psk.at",
                  SUITE / "commands/internet")
    assert run.returncode == 0, run.stdout
    assert run.stdout.count("passed    etsi/") == 3
    assert "AT+QNTP asks the simulated internet" in run.stdout


def test_without_an_address_nobody_stands_for_the_simulated_servers(vmodem):
    modem = vmodem("--set", "network.mode=host")
    run = conform("--port", modem.ready["pty"], SUITE / "etsi/core_01_get_con.at")
    assert run.returncode == 0, run.stdout
    assert "without --server-address nobody is coap.sim" in run.stdout


def test_a_port_that_is_not_there_ends_in_3(cases, tmp_path):
    assert conform("--port", tmp_path / "nobody", cases(a=GOOD)).returncode == 3


class Hanging:
    """A module that never answers again once it has been asked for its clock, until it is brought back."""

    def __init__(self, bell):
        self.leader, follower = pty.openpty()
        tty.setraw(follower)
        self.path = os.ttyname(follower)
        self.follower = follower
        self.bell = bell
        self.is_hanging = False
        self.echoes = True
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        seen = b""
        while True:
            try:
                seen += os.read(self.leader, 1024)
            except OSError:
                return
            if self.bell.exists():
                self.bell.unlink()
                self.is_hanging = False
                seen = seen.rsplit(b"\r", 2)[-2] + b"\r" if seen.count(b"\r") > 1 else seen
            while b"\r" in seen:
                line, seen = seen.split(b"\r", 1)
                self.answer(line.strip(b"\x1b"))

    def answer(self, line):
        if line == b"AT+CCLK?":
            self.is_hanging = True
        if self.is_hanging:
            return
        if self.echoes:
            os.write(self.leader, line + b"\r")
        if line == b"ATE0":
            self.echoes = False
        os.write(self.leader, b"\r\nOK\r\n")
        if line == b"AT+CFUN=1,1":
            self.echoes = True
            os.write(self.leader, b"\r\nAPP RDY\r\n")


@pytest.mark.parametrize("brings_back", [True, False])
def test_a_module_that_hangs_is_brought_back_by_the_users_command(cases, tmp_path, brings_back):
    bell = tmp_path / "bell"
    module = Hanging(bell)
    folder = cases(a=GOOD, b="> ATE0\n<< ATE0\\r\n< OK\n\n> AT+CCLK?\n< OK\n", c=GOOD)
    options = ["--power-cycle", f"touch {bell}"] if brings_back else []
    run = conform("--port", module.path, "--timeout-scale", "0.3", *options, folder)
    assert "b.at:6: nothing came" in run.stdout
    if brings_back:
        assert run.returncode == 1, run.stdout
        assert "3 cases: 2 passed, 1 failed" in run.stdout
    else:
        assert run.returncode == 3, run.stdout
        assert "the module does not answer" in run.stdout


def test_an_installation_finds_its_suite(tmp_path):
    program = tmp_path / "bin/vmodem-conform"
    program.parent.mkdir()
    program.write_bytes(CONFORM.read_bytes())
    program.chmod(0o755)
    room = tmp_path / "share/vmodem/conformance/rfc9999"
    room.mkdir(parents=True)
    (room / "own.at").write_text(GOOD)
    run = subprocess.run([program, "--suite", "rfc9999"], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "passed    rfc9999/own" in run.stdout
