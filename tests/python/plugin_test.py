"""The pytest plugin: what its fixtures give, what a marker may say, and what a failure shows."""
import pathlib
import re

import pytest

from conftest import preload, run_pytest

HEAD = "import pytest\n"


@pytest.fixture
def run(tmp_path):
    """pytest over one file of this text."""
    def start(text, *arguments, **environment):
        (tmp_path / "test_it.py").write_text(HEAD + text)
        return run_pytest(tmp_path, "--basetemp", tmp_path / "base", *arguments, **environment)

    return start


def passed(ended, count):
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"{count} passed" in ended.stdout, ended.stdout


def test_a_test_gets_a_modem_of_its_own(run, tmp_path):
    ended = run("""
import os
pids = set()

@pytest.mark.parametrize("attempt", range(3))
def test_it(vmodem, attempt):
    assert vmodem.command("AT") == []
    assert vmodem.pid not in pids
    pids.add(vmodem.pid)

def test_they_have_ended():
    assert len(pids) == 3 and not any(os.path.exists(f"/proc/{pid}") for pid in pids)
""", "-v")
    passed(ended, 4)


def test_a_marker_says_how_the_modem_starts(run):
    passed(run("""
pytestmark = pytest.mark.vmodem(clock="virtual", model="BG77")

@pytest.mark.vmodem(seed=7, faults=["registration-denied:11@AT+CSQ"], model="BG95-M1",
                    config='[dialect]\\nsticky_message_id = true\\n')
def test_it(vmodem):
    assert "BG95-M1" in vmodem.command("ATI")
    assert vmodem.ctl.state("clock").mode == "virtual"
    assert [fault.text for fault in vmodem.ctl.faults] == ["registration-denied:11@AT+CSQ"]

class TestOfAClass:
    pytestmark = pytest.mark.vmodem(clock="manual")
    def test_it(self, vmodem):
        assert vmodem.ctl.state("clock").mode == "manual"
        assert "BG77" in vmodem.command("ATI")
"""), 2)


@pytest.mark.parametrize("marker, complaint", [
    ('clok="virtual"', r"::test_it: spawn\(\) has no option clok for pytest\.mark\.vmodem; right would be clock"),
    ('xyz=1', r"has no option xyz .*right would be arguments, boot"),
    ('"virtual"', r"takes options by name, as vmodem\(seed=1\)"),
    ('keys={"dialect.nstart": 9}', r"9 is not allowed; expected an integer"),
])
def test_a_marker_that_is_wrong_is_told(run, marker, complaint):
    ended = run(f"@pytest.mark.vmodem({marker})\ndef test_it(vmodem): pass\n")
    assert ended.returncode != 0
    assert re.search(complaint, ended.stdout), ended.stdout


FAILING = """
@pytest.mark.vmodem(clock="virtual", seed=1)
def test_it(vmodem):
    vmodem.command('AT+CLCK="SC",1,"1234"')
    vmodem.command('AT+QCOAPOPEN=0,"coap.sim",5683')
    vmodem.urc("+QCOAPOPEN")
    vmodem.command("AT+QCOAPSEND=0,0,1,0,0")
    vmodem.urc("+QCOAPACK")
    vmodem.verify("server.request", path="/rd")
"""


def sections(stdout):
    """What stands under each head of the report."""
    found = re.split(r"^-+ (?:\S+ )?(vmodem\w*: \w+) -+$", stdout, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2]))


def test_a_failure_shows_what_has_happened(run, tmp_path):
    ended = run(FAILING, "--junit-xml", tmp_path / "junit.xml")
    assert ended.returncode == 1
    assert re.search(r'name="vmodem capture" value="/.*capture\.pcapng"', (tmp_path / "junit.xml").read_text())
    shown = sections(ended.stdout)
    assert "near: " in ended.stdout and "path is" in ended.stdout
    assert "> AT+QCOAPSEND=0,0,1,0,0" in shown["vmodem: transcript"]
    journal = shown["vmodem: journal"]
    urc = next(line for line in journal.splitlines() if "+QCOAPACK" in line)
    cause = re.search(r"← (\d+)$", urc)[1]
    assert re.search(rf"^ *{cause} .*client\.result", journal, re.MULTILINE)
    for name, file in re.findall(r"^(\w+): (/\S+)$", shown["vmodem: files"], re.MULTILINE):
        assert pathlib.Path(file).is_file(), name
    assert not [text for text in shown.values() if "1234" in text.split("short test summary")[0]]


def test_artifacts_of_failed_tests_are_kept(run, tmp_path):
    ended = run(FAILING + "\ndef test_good(vmodem): vmodem.command('AT')\n", "--vmodem-artifacts", "kept")
    folder, = (tmp_path / "kept").iterdir()
    assert folder.name == "test_it.py_test_it"
    assert {file.name for file in folder.iterdir()} >= {"journal.jsonl", "session.at", "capture.pcapng", "vmodem.log"}
    assert str(folder / "capture.pcapng") in ended.stdout
    assert "AT+QCOAPSEND" in (folder / "session.at").read_text()


def test_a_modem_that_dies_fails_the_test_and_shows_its_log(run):
    ended = run("""
import os
def test_it(vmodem):
    os.kill(vmodem.pid, 9)
""")
    assert "BadEnd: vmodem ended" in ended.stdout
    ended = run("""
import os
def test_it(vmodem):
    os.kill(vmodem.pid, 9)
    vmodem.ctl.state()
""")
    assert "nobody answers" in ended.stdout and "vmodem: transcript" in ended.stdout
    assert "not to be had" in sections(ended.stdout)["vmodem: journal"]


def test_an_absent_program_is_an_error_with_its_cure(run):
    ended = run("def test_it(vmodem): pass\n", VMODEM="/nowhere")
    assert ended.returncode == 1 and "VMODEM=/nowhere is no program: build it" in ended.stdout


def test_tests_run_side_by_side(run):
    passed(run("""
@pytest.mark.parametrize("attempt", range(12))
def test_it(vmodem, attempt):
    assert vmodem.command("AT") == []
""", "-n", "3", "-p", "xdist"), 12)


def test_a_failure_in_process_shows_what_has_happened(run):
    text = FAILING.replace("vmodem)", "vmodem_in_process)").replace(" vmodem.", " vmodem_in_process.")
    ended = run(text, **preload())
    assert ended.returncode == 1
    shown = sections(ended.stdout)
    assert "AT+QCOAPSEND" in shown["vmodem_in_process: dialogue"]
    assert "line.command" in shown["vmodem_in_process: journal"]
