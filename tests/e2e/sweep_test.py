"""tools/sweep: a host against every fault, at every position of its own run."""
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

import pytest
from conftest import PATIENCE_S, ROOT, VMODEM

SWEEP = ROOT / "tools/sweep"
CARELESS = ROOT / "docs/examples/careless_host.py"
CAREFUL = ROOT / "docs/examples/careful_host.py"
ENVIRONMENT = {**os.environ, "VMODEM": str(VMODEM)}


def sweep(*arguments, host=(CARELESS,), **more):
    command = [SWEEP, *map(str, arguments), "--", *map(str, host)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT | more)


def host_of(code, *arguments):
    return [sys.executable, "-c", code, *arguments]


def outcome(*arguments, host=(CARELESS,)):
    result = sweep("--json", *arguments, host=host)
    assert result.returncode in (0, 1), result.stderr
    report = json.loads(result.stdout)
    broken = {entry["fault"] for entry in report["results"] if entry["broken"]}
    assert len(broken) == report["broken_count"]
    assert result.returncode == (1 if broken else 0)
    return report, broken


def one_run(fault, *arguments, host):
    report, _ = outcome("--only", fault, *arguments, host=host)
    return report["results"][0]


def test_the_careless_host_breaks_where_it_believes_what_it_reads():
    chosen = "drop-result,double-urc,truncate-urc,wrong-length,lose-uplink,duplicate-downlink"
    report, broken = outcome("--faults", chosen)
    assert broken == {*(f"drop-result@command#{k}" for k in range(1, 6)),
                      "truncate-urc@urc#1", "truncate-urc@urc#3", "truncate-urc@urc#4",
                      "wrong-length:1@urc#3", "wrong-length:-1@urc#3"}
    sound = {entry["fault"] for entry in report["results"] if entry["happened"]} - broken
    assert {"double-urc@urc#3", "lose-uplink@uplink#1", "duplicate-downlink@uplink#1"} <= sound
    assert [finding["rule"] for finding in report["findings"]] == [
        "urc-taken-for-granted", "result-taken-for-granted", "believes-length", "waits-for-ever"]


def test_the_careful_host_passes_every_fault_at_every_position():
    report, broken = outcome("--timeout", 120, host=[CAREFUL])
    assert broken == set()
    assert report["count"] > 100
    assert all(entry["happened"] for entry in report["results"])
    assert report["findings"] == []


def test_a_host_that_is_blocked_for_ever_is_ended_at_once():
    entry = one_run("drop-result@command#1", "--timeout", 600, host=[CARELESS])
    assert entry["how"] == "blocked"
    assert entry["broken"] == ("waits for ever behind command#1 ATE0: for the port, and the module has "
                               "nothing left to say")


def test_a_host_is_not_ended_while_the_module_has_something_to_say():
    """A minute of virtual time, throughout which the host is blocked."""
    for fault in ("hang:60s@command#1", "delay-urc:60s@urc#1"):
        entry = one_run(fault, host=[CARELESS])
        assert (entry["broken"], entry["happened"]) == ("", True)


def test_a_host_without_a_command_waits_before_its_first():
    code = "import os, sys\nport = os.open(os.environ['VMODEM_PORT'], os.O_RDWR)\nos.read(port, 1)"
    result = sweep("--only", "reset", host=host_of(code))
    assert result.returncode == 2
    assert "waits for ever before its first command line" in result.stderr


# Takes what one read gives for the answer, and a module abroad for one without a network.
HASTY_HOST = """
import os, sys, tty
port = os.open(os.environ["VMODEM_PORT"], os.O_RDWR | os.O_NOCTTY)
tty.setraw(port)
os.write(port, b"ATE0\\r")
seen = b""
while not seen.endswith(b"OK\\r\\n"):
    seen += os.read(port, 64)
os.write(port, b"AT+CEREG?\\r")
sys.exit(os.read(port, 4096) != b"\\r\\n+CEREG: 0,1\\r\\n\\r\\nOK\\r\\n")
"""


def test_what_breaks_a_host_is_told_as_a_finding():
    report, broken = outcome("--faults", "chunks,registration-roaming,double-result", host=host_of(HASTY_HOST))
    rules = {finding["rule"]: finding["faults"] for finding in report["findings"]}
    assert rules["parser-breaks-at-split"] == ["chunks:20ms,3@command#1", "chunks:20ms,3@command#2"]
    assert rules["roaming-taken-for-failure"][-1] == "registration-roaming:30s@command#2"
    assert "double-result@command#2" in broken
    text = sweep("--only", "registration-roaming@command#2", host=host_of(HASTY_HOST)).stdout
    assert "\nfindings\n  roaming-taken-for-failure: " in text
    assert "    cure: Take <stat> 5 for registered" in text


def test_positions_are_told_with_their_texts():
    report, _ = outcome("--only", "double-result@command#1")
    positions = {entry["position"]: entry["text"] for entry in report["positions"]}
    assert positions["command#2"] == 'AT+QCOAPOPEN=0,"coap.sim",5683'
    assert positions["urc#1"] == "+QCOAPOPEN: 0,0"
    assert positions["uplink#1"] == positions["downlink#1"] == ""


def test_the_list_is_what_runs_and_the_first_leaves_out_what_is_before():
    listed = sweep("--list", "--faults", "drop-urc,lose-uplink").stdout.split()
    assert listed == ["drop-urc@urc#1", "lose-uplink@uplink#1", "drop-urc@urc#2", "drop-urc@urc#3",
                      "drop-urc@urc#4"]
    rest = sweep("--list", "--faults", "drop-urc,lose-uplink", "--first", "drop-urc@urc#3")
    assert rest.stdout.split() == ["drop-urc@urc#3", "drop-urc@urc#4"]
    shard = sweep("--list", "--faults", "drop-urc,lose-uplink", "--shard", "2/2")
    assert shard.stdout.split() == ["lose-uplink@uplink#1", "drop-urc@urc#3"]


def test_a_finding_can_be_repeated_as_it_is_printed():
    result = sweep("--only", "drop-result@command#3")
    assert result.returncode == 1
    assert "drop-result@command#3: waits for ever behind command#3 AT+QCOAPOPTION" in result.stdout
    modem, host = re.search(r"repeat: (.*)\n +(.*)\n", result.stdout).groups()
    assert shlex.split(modem) == [str(VMODEM), "--clock", "virtual", "--set", "time.grace=100ms",
                                  "--seed", "1", "--link", "/tmp/vmodem", "--fault", "drop-result@command#3",
                                  "--log-level", "info"]
    assert host == f"VMODEM_PORT=/tmp/vmodem {CARELESS}"


def test_the_port_comes_by_environment_and_by_argument():
    code = "import os, sys; sys.exit(sys.argv[1] != 'port=' + os.environ['VMODEM_PORT'])"
    _, broken = outcome("--only", "reset", host=[*host_of(code), "port={port}"])
    assert broken == set()


def test_a_host_that_dies_is_told_from_one_that_fails():
    die = ("import os, tty\nport = open(os.environ['VMODEM_PORT'], 'r+b', buffering=0)\n"
           "tty.setraw(port)\nport.write(b'ATE0\\r')\nif b'X' in port.read(1): pass\n"
           "seen = b''\nwhile not seen.endswith(b'K\\r\\n'): seen += port.read(64)\n"
           "if seen.count(b'OK') > 1: os.abort()\n")
    report, broken = outcome("--only", "double-result@command#1", host=host_of(die))
    assert broken == {"double-result@command#1"}
    assert report["results"][0]["broken"] == "killed by SIGABRT"
    assert "dies" in report["results"][0]["rules"]


# Passes, or breaks where both the URCs that it waits for are doubled.
PAIR_HOST = """
import os, select, sys, tty
port = os.open(os.environ["VMODEM_PORT"], os.O_RDWR | os.O_NOCTTY)
tty.setraw(port)
def command(line, end):
    os.write(port, line + b"\\r")
    seen = b""
    while end not in seen or select.select([port], [], [], 0.3)[0]:
        seen += os.read(port, 64)
    return seen.count(end)
command(b"ATE0", b"OK")
opened = command(b'AT+QCOAPOPEN=0,"coap.sim",5683', b"+QCOAPOPEN:")
sys.exit(opened + command(b"AT+QCOAPCLOSE=0", b"+QCOAPCLOSE:") == 4)
"""


def test_a_pair_breaks_a_host_that_stands_each_of_its_faults():
    report, broken = outcome("--faults", "double-urc,double-result", "--pairs", 20, host=host_of(PAIR_HOST))
    assert broken == {"double-urc@urc#1 + double-urc@urc#2"}
    assert report["count"] == 5 + 10
    entry = next(entry for entry in report["results"] if entry["broken"])
    assert entry["shrunk"] == entry["faults"] == ["double-urc@urc#1", "double-urc@urc#2"]
    assert "--fault 'double-urc@urc#1' --fault 'double-urc@urc#2'" in entry["repeat"]["modem"]


def test_a_pair_of_which_one_fault_suffices_is_shrunk_to_it():
    entry = one_run("double-urc@urc#1 + drop-result@command#3", host=[CARELESS])
    assert entry["shrunk"] == ["drop-result@command#3"]


def test_a_scenario_is_shrunk_to_the_faults_that_break_the_host(tmp_path):
    path = tmp_path / "day.scenario"
    path.write_text("0s: signal -100\nuplink#1: duplicate-uplink\n# here\nurc#1: double-urc\n"
                    "+QCOAPCLOSE#1: double-urc\n")
    report, broken = outcome("--scenario", path, "--shrink", host=host_of(PAIR_HOST))
    assert len(broken) == 1
    assert report["results"][0]["shrunk"] == ["double-urc@urc#1", "double-urc@+QCOAPCLOSE#1"]
    whole, _ = outcome("--scenario", path, host=host_of(PAIR_HOST))
    assert whole["results"][0]["shrunk"] is None


def test_shards_are_merged_and_what_has_run_does_not_run_again(tmp_path):
    chosen = ("--faults", "drop-urc,wrong-length")
    folders = [tmp_path / str(i) for i in (1, 2)]
    whole, broken = outcome(*chosen)
    for i, folder in enumerate(folders, 1):
        part, _ = outcome(*chosen, "--results", folder, "--shard", f"{i}/2")
        assert (part["count"] + part["left"], part["kept"]) == (whole["count"], 0)
    again, _ = outcome(*chosen, "--results", folders[0], "--shard", "1/2")
    assert again["kept"] == again["count"]

    gap = subprocess.run([SWEEP, "merge", folders[0]], capture_output=True, text=True, check=False)
    assert gap.returncode == 2
    assert "have not run" in gap.stderr
    merged = subprocess.run([SWEEP, "merge", "--json", "--junit", tmp_path / "junit.xml", "--into",
                             tmp_path / "all", *folders], capture_output=True, text=True, check=False)
    assert merged.returncode == 1, merged.stderr
    report = json.loads(merged.stdout)
    assert [entry["fault"] for entry in report["results"]] == [entry["fault"] for entry in whole["results"]]
    assert {entry["fault"] for entry in report["results"] if entry["broken"]} == broken
    assert xml.parse(tmp_path / "junit.xml").find("testsuite").get("failures") == str(len(broken))
    rest, _ = outcome(*chosen, "--results", tmp_path / "all")
    assert rest["kept"] == whole["count"]


def test_exploring_goes_on_until_nothing_new_is_seen():
    report, _ = outcome("--explore", 3, "--faults", "registration-lost,double-urc,garbage",
                        host=host_of(PAIR_HOST))
    assert report["new_states"][""] > 10
    assert sum(report["new_states"].values()) > report["new_states"][""]
    names = [entry["fault"] for entry in report["results"]]
    assert len(names) == len(set(names))


# Writes without an end, with a child that nothing but SIGKILL ends.
LOUD_HOST = """
import os, signal, subprocess, sys, time
if "1" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)
if os.path.exists(sys.argv[1]):
    for more in ({}, {"process_group": 0}, {"start_new_session": True}):
        subprocess.Popen([sys.executable, *sys.orig_argv[1:3], "1"], **more)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        os.write(1, b"x" * 4096)
open(sys.argv[1], "w").close()
"""


def processes_with(word):
    """Those whose environment has it."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                if word.encode() in file.read():
                    found.append(int(pid))
        except OSError:
            continue
    return found


@pytest.fixture
def short_folder():
    """For sockets, whose names are short."""
    folder = tempfile.mkdtemp(prefix="sw")
    yield folder
    shutil.rmtree(folder)


def test_a_host_that_writes_and_ignores_signals_is_ended_with_its_children(short_folder, tmp_path):
    result = sweep("--only", "reset", "--timeout", 8, host=host_of(LOUD_HOST, tmp_path / "seen"),
                   TMPDIR=short_folder)
    assert "reset: still running after 8 s" in result.stdout
    assert processes_with(short_folder) == os.listdir(short_folder) == []


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM], ids=lambda end: end.name)
def test_an_end_by_the_user_leaves_nothing(short_folder, tmp_path, end):
    command = [SWEEP, "--only", "reset", "--only", "hang", "--", *host_of(LOUD_HOST, tmp_path / "seen")]
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=ENVIRONMENT | {"TMPDIR": short_folder}, process_group=0,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as process:
        deadline = time.monotonic() + 3 * PATIENCE_S
        while len(processes_with(f"VMODEM_PORT={short_folder}")) < 8:
            assert time.monotonic() < deadline, process.communicate(process.kill())
        os.killpg(process.pid, end)
        process.communicate(timeout=3 * PATIENCE_S)
    assert process.returncode == 130
    assert processes_with(short_folder) == os.listdir(short_folder) == []


def test_a_host_that_fails_without_a_fault_is_refused_with_what_it_said():
    result = sweep(host=host_of("print('no such thing'); raise SystemExit(3)"))
    assert result.returncode == 2
    assert "exit status 3" in result.stderr
    assert "no such thing" in result.stderr
    assert result.stdout == ""


def test_what_cannot_be_run_is_refused():
    for arguments, said, host in (
            (("--only", "drop-everything@urc#1"), "there is no verb", "true"),
            (("--first", "drop-urc@urc#99"), "--first", "true"),
            (("--pairs", 3, "--shard", "1/2", "--faults", "lose-uplink"), "tools/sweep merge", CARELESS),
            ((), "cannot be started", "/no/such/host")):
        result = sweep(*arguments, host=[host])
        assert result.returncode == 2, arguments
        assert said in result.stderr


def test_the_help_lists_every_option_on_one_screen():
    text = subprocess.run([SWEEP, "--help"], capture_output=True, text=True, check=True).stdout
    for option in ("--faults", "--list", "--first", "--only", "--pairs", "--explore", "--scenario", "--shrink",
                   "--timeout", "--jobs", "--seed", "--results", "--shard", "--json", "--junit", "--vmodem",
                   "--with", "merge", "exit status", "VMODEM_PORT"):
        assert option in text
    assert len(text.splitlines()) <= 50
