"""A modem as a process: how it begins and ends, and what it leaves behind."""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest
import serial

import vmodem
from vmodem import Modem

PATIENCE_S = 20


def until(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def is_running(pid):
    try:
        return "Z" not in pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_several_modems_live_side_by_side_and_leave_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Modem.spawn(seed=1) as first, Modem.spawn(seed=2, model="BG77") as second:
        assert first.path != second.path
        assert "BG95-M3" in first.command("ATI") and "BG77" in second.command("ATI")
        pids = first.pid, second.pid
        assert list(tmp_path.iterdir())
    assert not any(map(is_running, pids))
    assert not list(tmp_path.iterdir())


def test_a_host_of_pyserial_opens_the_path(modem):
    with serial.Serial(modem.path, 115200, timeout=5) as port:
        port.write(b"AT\r")
        assert port.read_until(b"OK\r\n") == b"AT\r\r\nOK\r\n"


def test_the_port_reads_as_pyserial_does(modem):
    port = modem.port
    port.write(b"ATE0\r")
    assert port.read_until(b"OK\r\n").endswith(b"OK\r\n")
    port.write(b"AT+CSQ\r")
    assert port.readline() == b"\r\n"
    assert port.readline().startswith(b"+CSQ: ")
    assert port.read(6) == b"\r\nOK\r\n"
    port.timeout = 0
    assert port.read(1) == b"" and port.in_waiting == 0
    port.timeout = 0.01
    assert port.read_until(b"\n") == b""
    port.timeout = 5
    port.write(b"AT\r")
    assert port.read_until(b"OK", size=3) == b"\r\nO"
    modem.journal.wait_for("line.result", since=modem.journal.entries("line.command")[-1])
    port.reset_input_buffer()
    assert port.read_all() == b""
    assert os.fspath(port) == modem.path == port.name
    port.close()
    with pytest.raises(OSError, match="closed"):
        port.read(1)
    assert modem.command("AT") == []  # a port of the modem is opened again when it is asked for


def test_commands_and_urcs(modem):
    assert modem.command("AT+CEREG=1") == []
    assert modem.command("AT+CEREG?") == ["+CEREG: 1,1"]
    modem.ctl.verbs.registration_lost("30s")
    assert modem.urc("+CEREG") == "+CEREG: 2"
    assert modem.urc("+CEREG") == "+CEREG: 1"
    with pytest.raises(vmodem.CommandFailed, match=r"AT\+CPIN=0000: \+CME ERROR") as failed:
        modem.command("AT+CPIN=0000")
    assert failed.value.result.startswith("+CME ERROR")
    with pytest.raises(TimeoutError, match=r"in vain for \+NOTHING"):
        modem.urc("+NOTHING", timeout=0.05)


def test_options_reach_the_program(tmp_path):
    scenario = "AT+CSQ: registration-denied 11\n"
    with Modem.spawn(config='[identity]\nmodel = "BG77"\n', seed=3, clock="manual", boot="cold", network="loopback",
                     cellular="cat-m1-good", scenario=scenario, faults=["sim-remove@AT+CIMI"],
                     routes={"192.0.2.7": "127.0.0.1:9"}, keys={"dialect.sticky_message_id": True},
                     state=tmp_path / "state", journal=True, transcript=tmp_path / "said.at", redact=True,
                     capture=True, record=True, directory=tmp_path / "files",
                     arguments=["--set", "identity.imei=123456789012345"]) as modem:
        port = modem.port  # what is said with nobody at the port is lost
        modem.ctl.time.advance("30s")
        assert port.read_until(b"APP RDY").endswith(b"APP RDY")
        said = modem.command("ATI")
        assert "BG77" in said
        assert modem.command("AT+CGSN") == ["123456789012345"]
        assert modem.ctl.state("clock").mode == "manual"
        assert {fault.text for fault in modem.ctl.faults} >= {"sim-remove@AT+CIMI"}
        assert modem.ctl.state("link").is_ideal is False
        modem.command("AT+CSQ")
        modem.ctl.time.advance("10s")
        assert modem.ctl.state("radio").registration == 3
    assert modem.files["transcript"] == tmp_path / "said.at"
    for name in ("journal", "transcript", "capture", "record", "log"):
        assert modem.files[name].is_file(), name
    assert "AT+CGSN" in modem.files["transcript"].read_text()
    assert (tmp_path / "state").is_dir()


def test_a_configuration_file_is_read(tmp_path):
    (tmp_path / "modem.toml").write_text('identity.model = "BG77"\n')
    for config in (tmp_path / "modem.toml", str(tmp_path / "modem.toml")):
        with Modem.spawn(config=config) as modem:
            assert "BG77" in modem.command("ATI")


def test_a_mistake_is_told_as_the_program_tells_it():
    with pytest.raises(vmodem.StartFailed, match="--set dialect.nstart.*9 is not allowed; expected"):
        Modem.spawn(keys={"dialect.nstart": 9})
    with pytest.raises(vmodem.StartFailed, match="expected"):
        Modem.spawn(faults=["registration-last"])


def test_an_absent_program_is_told_with_its_cure(monkeypatch):
    monkeypatch.setenv("VMODEM", "/nowhere/vmodem")
    with pytest.raises(vmodem.ProgramMissing, match="VMODEM=/nowhere/vmodem is no program: build it"):
        Modem.spawn()
    monkeypatch.delenv("VMODEM")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(vmodem.ProgramMissing, match="no vmodem is in PATH: build it"):
        Modem.spawn()


def test_the_program_of_path_is_taken(monkeypatch):
    program = pathlib.Path(os.environ["VMODEM"])
    monkeypatch.delenv("VMODEM")
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    with Modem.spawn() as modem:
        assert modem.command("AT") == []


def test_one_that_dies_is_told():
    modem = Modem.spawn(seed=1)
    os.kill(modem.pid, signal.SIGKILL)
    until(lambda: not is_running(modem.pid))
    with pytest.raises(vmodem.BadEnd, match="nobody answers"):
        modem.ctl.state()
    with pytest.raises(vmodem.BadEnd, match="by itself, with status -9"):
        modem.close()
    modem.close()  # it is over


def test_one_that_does_not_end_is_killed():
    modem = Modem.spawn(seed=1)
    os.kill(modem.pid, signal.SIGSTOP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vmodem.process.END_S", 0.05)
        with pytest.raises(vmodem.BadEnd, match="status -9"):
            modem.close()
    assert not is_running(modem.pid)


def test_an_error_of_the_test_is_not_hidden_by_the_end():
    with pytest.raises(ZeroDivisionError):
        with Modem.spawn(seed=1) as modem:
            os.kill(modem.pid, signal.SIGKILL)
            1 / 0
    assert not is_running(modem.pid)


@pytest.mark.parametrize("ending", ["os._exit(0)", "os.kill(os.getpid(), 9)", "raise SystemExit", "del modem; input()"])
def test_the_process_ends_with_its_interpreter(ending):
    program = f"import os, vmodem\nmodem = vmodem.Modem.spawn(seed=1)\nprint(modem.pid, flush=True)\n{ending}"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as python:
        pid = int(python.stdout.readline())
        until(lambda: not is_running(pid))


def test_a_modem_of_a_thread_outlives_the_thread():
    started = []
    thread = threading.Thread(target=lambda: started.append(Modem.spawn(seed=1)))
    thread.start()
    thread.join()
    with started[0] as modem:
        assert modem.command("AT") == []


def test_a_deep_directory_is_no_matter(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    with Modem.spawn(directory=deep / "files", journal=True) as modem:
        assert modem.command("AT") == []
    assert (deep / "files/journal.jsonl").read_text()


def test_secrets_are_in_no_redacted_transcript(tmp_path):
    with Modem.spawn(transcript=True, redact=True, journal=True, directory=tmp_path) as modem:
        modem.command('AT+CLCK="SC",1,"1234"')
    assert "1234" not in modem.files["transcript"].read_text() + modem.files["journal"].read_text()
