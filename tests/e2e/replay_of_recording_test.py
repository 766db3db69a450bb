"""vmodem-conform replay: a recorded session against another device."""
import subprocess

import pytest
from conftest import VMODEM, Host
from record_test import record  # noqa: F401  (a fixture)

CONFORM = VMODEM.with_name("vmodem-conform")


def replay(*arguments):
    return subprocess.run([CONFORM, "replay", *map(str, arguments)], capture_output=True, text=True, timeout=120)


def session(host):
    for line in ("ATE0", "ATI", "AT+CGSN", "AT+CSQ", "AT+QCCID"):
        host.ok(line)
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN")
    host.ok('AT+QCOAPOPTION=0,0,0,11,"validate"')
    host.write(b"AT+QCOAPSEND=0,0,1,1,0\r")
    host.read_until(rb"\+QCOAPRECV: [^\r]*\r\n[^\r]*\r\n")


@pytest.fixture
def recorded(vmodem, record):  # noqa: F811
    recorder = record(vmodem("--seed", "7").ready["pty"])
    host = Host(recorder.ready["link"])
    session(host)
    host.close()
    assert recorder.stop() == (0, "")
    return recorder.output


def test_the_same_device_answers_octet_for_octet(vmodem, recorded):
    done = replay(recorded, "--port", vmodem("--seed", "7").ready["pty"], "--exact")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def patterns(tmp_path):
    """The lines of which a replay leaves a part open."""
    file = tmp_path / "pattern.at"
    file.write_text("> ATE0\n<< ATE0\\r\n<~ {:word}\n")
    if subprocess.run([CONFORM, file], capture_output=True, timeout=120).returncode == 2:
        pytest.skip("the language of cases has no patterns here")


@pytest.mark.usefixtures("patterns")
def test_another_module_at_another_place_and_hour_passes(vmodem, recorded):
    other = vmodem("--seed", "8", "--set", "identity.imei=869999999999999",
                   "--set", "identity.iccid=89860117838009341111")
    done = replay(recorded, "--port", other.ready["pty"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert replay(recorded, "--port", vmodem("--seed", "8").ready["pty"], "--exact").returncode == 1


@pytest.mark.usefixtures("patterns")
def test_a_vmodem_of_its_own_is_another_module_too(recorded):
    done = replay(recorded, "--spawn", VMODEM)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.usefixtures("patterns")
def test_another_model_fails_and_the_line_is_told(vmodem, recorded):
    done = replay(recorded, "--port", vmodem("--model", "bg77").ready["pty"])
    assert done.returncode == 1
    assert "BG95-M3" in done.stdout and "BG77" in done.stdout


def test_what_cannot_be_played_is_2_and_nobody_is_3(tmp_path):
    file = tmp_path / "session.at"
    assert replay(file).returncode == 2
    file.write_text("> AT\n? OK\n")
    done = replay(file)
    assert done.returncode == 2 and "session.at:2" in done.stdout
    file.write_text("> ATE0\n<< ATE0\\r\n< OK\n")
    assert replay(file).returncode == 0
    assert replay(file, "--port", "/dev/no-such-device").returncode == 3
    assert replay(file, "--timing", "no").returncode == 2
