"""Settings that outlive the program (quectel-at.md §11): what --state keeps."""
import signal
import subprocess

from conftest import VMODEM


def kill(modem):
    """As a power cut: no handler runs."""
    modem.process.send_signal(signal.SIGKILL)
    modem.process.wait()
    modem.process.stdout.close()


def test_the_profile_and_saved_settings_survive_kill_9(vmodem, tmp_path):
    modem = vmodem("--state", tmp_path / "state")
    host = modem.host()
    host.ok("ATE0S0=7")
    host.ok("AT&W")
    before = host.command('AT+QCFG="nwscanseq"')
    host.ok('AT+QCFG="nwscanseq",0302,1')
    after = host.command('AT+QCFG="nwscanseq"')
    assert after != before
    kill(modem)

    again = vmodem("--state", tmp_path / "state").host()
    assert again.command("ATS0?") == b"\r\n007\r\n\r\nOK\r\n"
    assert again.command('AT+QCFG="nwscanseq"') == after


def test_what_was_not_stored_is_gone(vmodem, tmp_path):
    modem = vmodem("--state", tmp_path / "state")
    host = modem.host()
    host.ok("ATE0S0=7&W")
    host.ok("ATS0=9;+CMEE=2")
    kill(modem)

    again = vmodem("--state", tmp_path / "state").host()
    assert again.command("ATS0?") == b"\r\n007\r\n\r\nOK\r\n"
    assert again.command("AT+CMEE?") == b"\r\n+CMEE: 1\r\n\r\nOK\r\n"


def test_files_are_kept_beside_the_settings(vmodem, tmp_path):
    modem = vmodem("--state", tmp_path)
    host = modem.host()
    host.ok("ATE0")
    host.write(b'AT+QFUPL="a.psk",5\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"me&31")
    host.read_until(rb"\r\nOK\r\n")
    kill(modem)
    assert (tmp_path / "ufs" / "a.psk").read_bytes() == b"me&31"

    again = vmodem("--state", tmp_path).host()
    assert b'\r\n+QFLST: "a.psk",5\r\n' in again.command('AT+QFLST="*"')


def test_without_a_state_directory_a_new_program_is_a_new_module(vmodem):
    modem = vmodem()
    modem.host().ok("ATE0S0=7&W")
    kill(modem)
    assert b"\r\n000\r\n" in vmodem().host().command("ATS0?")


def test_a_state_directory_serves_one_program_at_a_time(vmodem, tmp_path):
    vmodem("--state", tmp_path)
    second = subprocess.run([VMODEM, "--state", tmp_path], capture_output=True, text=True,
                            timeout=10)
    assert second.returncode == 1
    assert str(tmp_path) in second.stderr


def test_the_printed_defaults_are_a_configuration(vmodem, tmp_path):
    printed = subprocess.run([VMODEM, "--print-config"], capture_output=True, text=True, check=True)
    path = tmp_path / "modem.toml"
    path.write_text(printed.stdout)
    checked = subprocess.run([VMODEM, "--check-config", path], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, f"{path} is right\n")
    host = vmodem("--config", path).host()
    assert b"\r\nBG95-M3\r\n" in host.command("ATI")
