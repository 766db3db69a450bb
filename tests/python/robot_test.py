"""The library for Robot Framework, by calling its keywords as Robot does: with texts."""
import inspect

import pytest

import vmodem
import vmodem.robot


@pytest.fixture
def keywords():
    library = vmodem.robot.robot()
    yield library
    library._end_test(None, None)


def test_robot_finds_the_keywords_without_being_imported():
    library = vmodem.robot.robot
    assert library.ROBOT_LIBRARY_SCOPE == "TEST" and library.ROBOT_LIBRARY_VERSION == vmodem.__version__
    for name, keyword in inspect.getmembers(library, inspect.isfunction):
        if not name.startswith("_"):
            assert keyword.__doc__, name
            assert "return" in keyword.__annotations__, name


def test_a_modem_loses_its_network_and_finds_it_again(keywords):
    path = keywords.start_modem("link-down:10s@AT+CIMI", clock="virtual", seed="1")
    assert path == keywords.port_path() and path.startswith("/dev/pts/")
    keywords.send_command("AT+CEREG=1")
    last = keywords.last_entry()
    keywords.perform("registration-lost", duration="30s")
    assert keywords.wait_for_urc("+CEREG: 2") == "+CEREG: 2"
    entry = keywords.wait_for_entry("radio.registration", since=last, status="1")
    assert "registration-lost" in keywords.why(entry.number)
    assert keywords.module_time() >= 30
    keywords.entry_should_be_there("radio.registration", status="2", count=1)
    keywords.entry_should_not_be_there("dtls.alert")
    with pytest.raises(AssertionError, match="status is 2, expected 5"):
        keywords.entry_should_be_there("radio.registration", status="5")
    with pytest.raises(AssertionError, match="exactly 0"):
        keywords.entry_should_not_be_there("radio.registration")
    assert keywords.clear_faults() == 1
    keywords.stop_modem()
    with pytest.raises(AssertionError, match="begin with `Start Modem`"):
        keywords.send_command("AT")


def test_time_is_moved(keywords):
    keywords.start_modem(clock="manual")
    assert keywords.advance_time("90s") == 90
    assert keywords.get_state("clock").now == 90
    keywords.start_modem()  # the one before ends
    keywords.pause_time()
    keywords.run_time()


def test_what_answers_is_replaced(keywords):
    keywords.start_modem(clock="virtual", seed="1")
    keywords.answer_command_with("AT+CSQ", "+CSQ: 3,99", times=1)
    assert keywords.send_command("AT+CSQ") == ["+CSQ: 3,99"]
    keywords.write_octets("AT+CSQ\r")
    assert keywords.wait_for_urc("+CSQ") == "+CSQ: 28,99"
    keywords.answer_request_with("5.03", "busy", path="test", times="1")
    keywords.set_resource("198.51.100.7:5683", "validate", "new")
    keywords.send_urc("+QIND: SMS DONE")
    assert keywords.wait_for_urc("+QIND") == "+QIND: SMS DONE"
    assert keywords.begin_scenario("5s: link-down 1s") == 1
    assert keywords.control_request("GET", "/").name == "vmodem"
    assert keywords.control_request("POST", "/time/pause").is_paused
    assert isinstance(keywords.get_modem(), vmodem.Modem)


def test_the_modem_ends_with_the_test():
    keywords = vmodem.robot.Vmodem()
    keywords.start_modem()
    process = keywords.get_modem()._process.popen
    assert keywords.ROBOT_LIBRARY_LISTENER is keywords
    keywords._end_test(None, None)
    assert process.returncode == 0
