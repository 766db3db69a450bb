"""vmodem-conform diff: where two devices' answers part."""
import json
import subprocess

import pytest
from conftest import VMODEM, Host
from record_test import record  # noqa: F401  (a fixture)

CONFORM = VMODEM.with_name("vmodem-conform")

CASE = """\
> ATE0
<< ATE0\\r
< OK
> AT+CGMM
< BG95-M3
< OK
> AT+CSQ
< +CSQ: 28,99
< OK
> AT+QCOAPOPEN?
< OK
"""


def diff(*arguments):
    return subprocess.run([CONFORM, "diff", *map(str, arguments)], capture_output=True, text=True, timeout=120)


def session(host):
    for line in ("ATE0", "ATI", "AT+CGMM", "AT+CGMR", "AT+CGSN", "AT+CCLK?", "AT+CSQ", "AT+CREG?", "AT+QCCID"):
        host.ok(line)
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN")


def test_two_recorded_models_differ_in_their_model_only(vmodem, record, tmp_path):  # noqa: F811
    files = []
    for model, imei in (("BG95-M3", "864508030012428"), ("BG77", "869999999999999")):
        modem = vmodem("--set", f"identity.model={model}", "--set", f"identity.imei={imei}")
        recorder = record(modem.ready["pty"], output=f"{model}.at")
        host = Host(recorder.ready["link"])
        session(host)
        host.close()
        assert recorder.stop() == (0, "")
        files.append(recorder.output)
    done = diff(*files)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines() == [
        'ATI: line 2, field 1: "BG95-M3" / "BG77"',
        'ATI: line 3, field 1: "Revision: BG95M3LAR02A03" / "Revision: BG77LAR02A04"',
        'AT+CGMM: field 1: "BG95-M3" / "BG77"',
        'AT+CGMR: field 1: "BG95M3LAR02A03" / "BG77LAR02A04"',
    ]
    assert diff(files[0], files[0]).returncode == 0


@pytest.mark.parametrize("other", ["object,identity.model=BG77", f"spawn:{VMODEM},identity.model=BG77"])
def test_two_devices_are_compared_by_a_suite(tmp_path, other):
    (tmp_path / "case.at").write_text(CASE)
    done = diff("--a", "object", "--b", other, "--suite", tmp_path)
    assert (done.returncode, done.stdout) == (1, 'AT+CGMM: field 1: "BG95-M3" / "BG77"\n'), done.stderr
    assert diff("--a", "object", "--b", "object", "--suite", tmp_path).returncode == 0


def test_a_modem_that_runs_already_is_a_device(vmodem, tmp_path):
    (tmp_path / "case.at").write_text(CASE)
    modem = vmodem("--set", "identity.model=BG77")
    done = diff("--a", "object", "--b", modem.ready["pty"], "--suite", tmp_path, "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["same"] is False and told["cases"] == 1
    assert [(one["asked"], one["where"], one["a"], one["b"]) for one in told["differences"]] == [
        ("AT+CGMM", "field 1", "BG95-M3", "BG77")]


def test_a_case_that_a_device_cannot_play_is_left_out_with_the_reason(vmodem, tmp_path):
    (tmp_path / "case.at").write_text("seed 3\n" + CASE)
    done = diff("--a", "object", "--b", vmodem().ready["pty"], "--suite", tmp_path)
    assert done.returncode == 0
    assert "left out" in done.stderr and "seed" in done.stderr


def test_a_device_that_is_not_there_is_3(tmp_path):
    (tmp_path / "case.at").write_text(CASE)
    for place in ("/dev/no-such-device", "spawn:/no/such/vmodem"):
        done = diff("--a", "object", "--b", place, "--suite", tmp_path)
        assert done.returncode == 3
        assert "no" in done.stderr


def test_what_cannot_be_used_is_2_and_says_where(tmp_path):
    good, bad = tmp_path / "good.at", tmp_path / "bad.at"
    good.write_text(CASE)
    bad.write_text("> AT\n? OK\n")
    done = diff(good, bad)
    assert done.returncode == 2 and "bad.at:2:" in done.stderr
    assert diff(good).returncode == 2
    assert diff().returncode == 2
    done = diff("--a", "object,no.such=1", "--b", "object", "--suite", tmp_path)
    assert done.returncode == 2 and "no.such" in done.stderr
