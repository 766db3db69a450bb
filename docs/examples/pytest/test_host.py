"""The host against a modem whose network goes away and comes back."""
import time

import pytest
import serial

from host import Failure, Sensor

TUNNEL = "registration-lost:5min@AT+QCOAPSEND#2"


def report_twice(port):
    sensor = Sensor(port)
    sensor.connect()
    return [sensor.report("22.5"), sensor.report("23.0")]


@pytest.mark.vmodem(clock="virtual", seed=1, faults=[TUNNEL])
def test_a_reading_survives_five_minutes_without_network(vmodem):
    start = time.monotonic()
    with serial.Serial(vmodem.path, 115200) as port:
        assert report_twice(port) == [True, True]
    print(f"{vmodem.now:.0f} s of the module's time in {time.monotonic() - start:.2f} s")
    vmodem.verify("server.request", method="PUT", path="/test", count=2)
    lost = vmodem.journal.wait_for("radio.registration", status=2)
    back = vmodem.journal.wait_for("radio.registration", since=lost, status=1)
    assert back.at - lost.at >= 300


@pytest.mark.vmodem(seed=1, faults=[TUNNEL])
def test_the_same_as_a_function(vmodem_in_process):
    start = time.monotonic()
    assert report_twice(vmodem_in_process.port) == [True, True]
    print(f"{vmodem_in_process.now:.0f} s of the module's time in {time.monotonic() - start:.3f} s")
    vmodem_in_process.verify("server.request", method="PUT", path="/test", count=2)


@pytest.mark.vmodem(clock="virtual", seed=1)
def test_a_server_that_says_no_is_no_success(vmodem):
    vmodem.ctl.overrides.server("5.03", path="test", times=1)
    with serial.Serial(vmodem.path, 115200) as port:
        assert report_twice(port) == [False, True]


@pytest.mark.vmodem(seed=1, faults=["hang@AT+QCOAPSEND"])
def test_a_module_that_hangs_is_told(vmodem_in_process):
    with pytest.raises(Failure, match="no prompt"):
        report_twice(vmodem_in_process.port)
