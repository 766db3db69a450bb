"""Files that outlive the program (qcoap.md §10, quectel-at.md §9)."""
import os
import random
import signal


def upload(host, name, content):
    host.write(f'AT+QFUPL="{name}",{len(content)}\r'.encode())
    host.read_until(rb"CONNECT\r\n")
    host.write(content)
    return host.read_until(rb"\r\nOK\r\n")


def test_uploads_are_in_the_directory_when_their_ok_is_out(vmodem, tmp_path):
    modem = vmodem("--ufs", tmp_path)
    host = modem.host()
    host.ok("ATE0")
    content = random.Random(1).randbytes(3000)
    upload(host, "UFS:blob.bin", content)
    modem.process.send_signal(signal.SIGKILL)
    modem.process.wait()
    assert (tmp_path / "blob.bin").read_bytes() == content
    modem.process.stdout.close()

    again = vmodem("--ufs", tmp_path).host()
    assert b'\r\n+QFLST: "blob.bin",3000\r\n' in again.command('AT+QFLST="*"')


def test_a_file_dropped_into_the_directory_appears(vmodem, tmp_path):
    host = vmodem("--ufs", tmp_path).host()
    (tmp_path / "0_server.psk").write_text("me&31")
    assert b'\r\n+QFLST: "0_server.psk",5\r\n' in host.command("AT+QFLST")


def test_a_download_is_what_was_uploaded(vmodem):
    host = vmodem().host()
    host.ok("ATE0")
    content = random.Random(2).randbytes(200_000)
    upload(host, "large", content)
    host.write(b'AT+QFDWL="large"\r')
    answer = host.read_until(rb"\r\n\+QFDWL: 200000,[0-9a-f]+\r\n\r\nOK\r\n", timeout=30)
    assert answer.startswith(b"\r\nCONNECT\r\n" + content)


def test_a_directory_serves_one_program_at_a_time(vmodem, tmp_path):
    import subprocess
    from conftest import VMODEM
    vmodem("--ufs", tmp_path)
    second = subprocess.run([VMODEM, "--ufs", tmp_path], capture_output=True, text=True, timeout=10)
    assert second.returncode == 1
    assert str(tmp_path) in second.stderr


def test_a_short_upload_ends_by_silence(vmodem):
    host = vmodem().host()
    host.ok("ATE0")
    host.write(b'AT+QFUPL="short",39,1\r')
    host.read_until(rb"CONNECT\r\n")
    host.write(b"864508030012428&313233343446473839")
    assert host.read_until(rb"OK\r\n") == b"\r\n+QFUPL: 34,322e\r\n\r\nOK\r\n"


def test_a_missing_directory_is_made(vmodem, tmp_path):
    directory = tmp_path / "ufs"
    vmodem("--ufs", directory).host().ok("AT")
    assert os.path.isdir(directory)
