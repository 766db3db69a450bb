"""tools/sweep: a host against every fault, at every position of its own run."""
import json
import os
import re
import shlex
import subprocess
import sys

from conftest import ROOT, VMODEM

SWEEP = ROOT / "tools/sweep"
CARELESS = ROOT / "docs/examples/careless_host.py"
CAREFUL = ROOT / "docs/examples/careful_host.py"


def sweep(*arguments, host=(CARELESS,)):
    command = [SWEEP, *map(str, arguments), "--", *map(str, host)]
    return subprocess.run(command, capture_output=True, text=True, check=False,
                          env={**os.environ, "VMODEM": str(VMODEM)})


def host_of(code):
    return [sys.executable, "-c", code]


def outcome(*arguments, host=(CARELESS,)):
    result = sweep("--json", *arguments, host=host)
    assert result.returncode in (0, 1), result.stderr
    report = json.loads(result.stdout)
    broken = {entry["fault"] for entry in report["results"] if entry["broken"]}
    assert len(broken) == report["broken_count"]
    assert result.returncode == (1 if broken else 0)
    return report, broken


def test_the_careless_host_breaks_where_it_believes_what_it_reads():
    chosen = "drop-result,double-urc,truncate-urc,wrong-length,lose-uplink,duplicate-downlink"
    report, broken = outcome("--timeout", 4, "--jobs", 6, "--faults", chosen)
    assert broken == {*(f"drop-result@command#{k}" for k in range(1, 6)),
                      "truncate-urc@urc#1", "truncate-urc@urc#3", "truncate-urc@urc#4",
                      "wrong-length:1@urc#3", "wrong-length:-1@urc#3"}
    sound = {entry["fault"] for entry in report["results"] if entry["happened"]} - broken
    assert {"double-urc@urc#3", "lose-uplink@uplink#1", "duplicate-downlink@uplink#1"} <= sound


def test_the_careful_host_passes_every_fault_at_every_position():
    report, broken = outcome("--timeout", 60, "--jobs", 4, host=[CAREFUL])
    assert broken == set()
    assert report["count"] > 100
    assert all(entry["happened"] for entry in report["results"])


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


def test_a_finding_can_be_repeated_as_it_is_printed():
    result = sweep("--only", "drop-result@command#3", "--timeout", 2)
    assert result.returncode == 1
    assert "drop-result@command#3: still running after 2 s" in result.stdout
    modem, host = re.search(r"repeat: (.*)\n +(.*)\n", result.stdout).groups()
    assert shlex.split(modem) == [str(VMODEM), "--clock", "virtual", "--seed", "1", "--link",
                                  "/tmp/vmodem", "--fault", "drop-result@command#3",
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


def test_a_host_that_fails_without_a_fault_is_refused_with_what_it_said():
    result = sweep(host=host_of("print('no such thing'); raise SystemExit(3)"))
    assert result.returncode == 2
    assert "exit status 3" in result.stderr
    assert "no such thing" in result.stderr
    assert result.stdout == ""


def test_wrong_usage_is_refused():
    for arguments, said in ((("--faults", "drop-everything"), "drop-everything"),
                            (("--timeout", "0"), "--timeout"),
                            (("--only", "drop-everything@urc#1"), "there is no verb"),
                            (("--first", "drop-urc@urc#99"), "--first")):
        result = sweep(*arguments)
        assert result.returncode == 2, arguments
        assert said in result.stderr
    assert sweep(host=["/no/such/host"]).returncode == 2
    assert subprocess.run([SWEEP, "host"], capture_output=True, check=False).returncode == 2


def test_the_help_lists_every_option():
    text = subprocess.run([SWEEP, "--help"], capture_output=True, text=True, check=True).stdout
    for option in ("--faults", "--list", "--first", "--only", "--timeout", "--jobs", "--seed",
                   "--json", "--vmodem", "--with", "exit status", "VMODEM_PORT"):
        assert option in text
