"""What the surroundings may do to the program: signals, limits, descriptors, pipes, files, other vmodems."""
import contextlib
import fcntl
import json
import os
import re
import resource
import select
import signal
import socket
import stat
import struct
import subprocess
import termios
import time

import pytest
import serial
from conftest import PATIENCE_S, VMODEM

TIOCGEXCL = 0x80045440
IS_SANITIZED = b"__asan_init" in VMODEM.read_bytes()


def run(*arguments, **options):
    return subprocess.run([VMODEM, *map(str, arguments)], capture_output=True, text=True, timeout=60, **options)


def wait_for(is_reached, what):
    deadline = time.monotonic() + PATIENCE_S
    while not is_reached():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def kill(modem):
    modem.process.kill()
    modem.process.communicate()


# The link.


def test_the_link_of_a_living_vmodem_is_refused_and_its_process_named(vmodem, tmp_path):
    link = tmp_path / "modem"
    first = vmodem("--link", link)
    second = run("--link", os.path.join(tmp_path, ".", "modem"))
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"process {first.process.pid}" in second.stderr
    assert os.readlink(link) == first.ready["pty"]
    first.host().ok("AT")
    first.stop()
    assert not os.path.lexists(link)


def test_the_link_of_a_living_vmodem_is_refused_while_a_host_has_the_port_for_itself(vmodem, tmp_path):
    link = tmp_path / "modem"
    first = vmodem("--link", link)
    fcntl.ioctl(first.host().port.fileno(), termios.TIOCEXCL)
    assert f"process {first.process.pid}" in run("--link", link).stderr


@pytest.mark.parametrize("arguments", [("--state", "locked"), ("--keylog", "/no/such/folder/keys"),
                                       ("--ufs", "/no/such/folder/ufs"), ("--log-file", "/no/such/folder/log")])
def test_a_start_that_fails_leaves_the_link_of_another(vmodem, tmp_path, arguments):
    link, locked = tmp_path / "modem", tmp_path / "state"
    first = vmodem("--link", link, "--state", locked)
    option, value = arguments
    failed = run("--link", link, option, locked if value == "locked" else value)
    assert failed.returncode == 1
    assert os.readlink(link) == first.ready["pty"]


def test_a_start_that_fails_makes_no_link(tmp_path):
    link = tmp_path / "modem"
    assert run("--link", link, "--keylog", "/no/such/folder/keys").returncode == 1
    assert not os.path.lexists(link)


def test_a_killed_vmodems_link_is_replaced_although_its_terminal_has_a_new_owner(vmodem, tmp_path):
    link = tmp_path / "modem"
    killed = vmodem("--link", link)
    kill(killed)
    taken = []
    with contextlib.ExitStack() as terminals:
        # The lowest free number is given first, so one of these is the killed one's.
        while os.readlink(link) not in taken:
            assert len(taken) < 100
            master, slave = os.openpty()
            terminals.callback(os.close, master)
            terminals.callback(os.close, slave)
            taken.append(os.ttyname(slave))
        again = vmodem("--link", link)
        assert os.readlink(link) == again.ready["pty"]


@pytest.mark.parametrize("target", ["precious", "/dev/null", "/dev/pts/../null"])
def test_a_link_that_is_no_vmodems_is_neither_replaced_nor_removed(tmp_path, target):
    link = tmp_path / "modem"
    link.symlink_to(target)
    refused = run("--link", link)
    assert refused.returncode == 1
    assert f"{link} is a link to {target}" in refused.stderr
    assert os.readlink(link) == target


def test_a_link_to_somebody_elses_terminal_stays(tmp_path):
    link = tmp_path / "modem"
    master, slave = os.openpty()
    link.symlink_to(os.ttyname(slave))
    refused = run("--link", link)
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    assert os.readlink(link) == os.ttyname(slave)
    os.close(master)
    os.close(slave)


def test_what_has_replaced_the_link_stays_at_the_end(vmodem, tmp_path):
    link = tmp_path / "modem"
    modem = vmodem("--link", link)
    link.unlink()
    link.symlink_to("precious")
    modem.stop()
    assert os.readlink(link) == "precious"


def test_a_planted_name_beside_the_link_does_not_stop_the_start(tmp_path):
    link = tmp_path / "modem"
    link.symlink_to("/dev/pts/gone")
    process = subprocess.Popen(
        ["sh", "-c", f'touch {link}.$$; exec "$0" "$@"', VMODEM, "--json", "--link", link], stdout=subprocess.PIPE)
    assert json.loads(process.stdout.readline())["link"] == str(link)
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    assert os.listdir(tmp_path) == [f"modem.{process.pid}"]


# Signals.


def test_an_early_end_leaves_no_link(tmp_path):
    state = tmp_path / "state"
    (state / "ufs").mkdir(parents=True)
    for number in range(300):
        (state / "ufs" / f"file{number}").write_bytes(b"x")
    link = tmp_path / "modem"
    begun = time.monotonic()
    assert run("--version").returncode == 0
    whole_s = 4 * (time.monotonic() - begun)
    # A sanitizer's start takes ten times as long.
    attempts = 20 if IS_SANITIZED else 300
    for attempt in range(attempts):
        process = subprocess.Popen([VMODEM, "--link", link, "--state", state],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole_s * attempt / attempts)
        process.terminate()
        # Only a signal that comes before main() ends the process by itself.
        assert process.wait(PATIENCE_S) in (0, -signal.SIGTERM)
        assert not os.path.lexists(link), f"attempt {attempt}"


@pytest.mark.parametrize("option", ["--keylog", "--log-file", "--config", "--scenario"])
def test_a_pipe_in_the_place_of_a_file_does_not_hang_the_start(tmp_path, option):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = run(option, pipe)
    assert refused.returncode in (1, 2)
    assert str(pipe) in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_what_arrived_while_the_process_was_stopped_is_heard_before_timers(vmodem):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(PATIENCE_S)
        modem = vmodem()
        host = modem.host()
        host.ok('AT+QCOAPCFG="trans",0,2,4')
        host.ok(f'AT+QCOAPOPEN=0,"127.0.0.1",{peer.getsockname()[1]}')
        host.urc("+QCOAPOPEN: 0,0")
        for _ in range(3):
            host.ok("AT+QCOAPSEND=0,0,1,0,0")
            request, address = peer.recvfrom(2048)
            modem.process.send_signal(signal.SIGSTOP)
            os.waitpid(modem.process.pid, os.WUNTRACED)
            # More than one sleep's batch may hold, and the one that counts is the last.
            for number in range(40):
                peer.sendto(struct.pack("!BBH", 0x40 | 0x20, 0, 0x7000 + number), address)
            peer.sendto(b"\x60\x00" + request[2:4], address)
            time.sleep(3.5)
            modem.process.send_signal(signal.SIGCONT)
            message_id = int.from_bytes(request[2:4], "big")
            assert host.urc("+QCOAPACK: ") == f"+QCOAPACK: 0,0,{message_id},0".encode()
            # Timers first would have sent the request again.
            peer.settimeout(0.2)
            with pytest.raises(TimeoutError):
                peer.recvfrom(2048)
            peer.settimeout(PATIENCE_S)


# Descriptors and limits.


@pytest.mark.parametrize("closed", ["2>&-", "0<&- 2>&-", "0<&- 1>&- 2>&-"])
def test_the_host_reads_nothing_but_the_modem_where_standard_descriptors_are_closed(tmp_path, closed):
    link = tmp_path / "modem"
    process = subprocess.Popen(["sh", "-c", f'exec "$0" "$@" {closed}', VMODEM, "--link", link, "--log-level", "trace"],
                               stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        wait_for(lambda: os.path.lexists(link), "no link")
        with serial.Serial(str(link), 115200, timeout=0.5) as port:
            port.write(b"AT\r")
            assert port.read(100) == b"AT\r\r\nOK\r\n"
    finally:
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


def test_text_for_a_closed_standard_output_is_an_error():
    assert subprocess.run(["sh", "-c", 'exec "$0" --help >&-', VMODEM], capture_output=True).returncode == 1


@pytest.mark.parametrize("option", ["--help", "--version", "--print-config"])
def test_text_that_cannot_be_printed_is_an_error(option):
    with open("/dev/full", "w") as full:
        ended = subprocess.run([VMODEM, option], stdout=full, stderr=subprocess.PIPE, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "vmodem: standard output: No space left on device\n"


@pytest.mark.parametrize("count", [8, 10, 11, 12, 16, 20, 24])
def test_too_few_descriptors_end_the_start_with_a_line(tmp_path, count):
    refused = run("--link", tmp_path / "modem", preexec_fn=lambda: resource.setrlimit(
        resource.RLIMIT_NOFILE, (count, count)))
    assert refused.returncode == 1
    assert re.fullmatch(r"vmodem: .*ulimit -n.*\n", refused.stderr)
    assert not os.path.lexists(tmp_path / "modem")


# A sanitizer takes terabytes of address space for itself.
if not IS_SANITIZED:

    def test_too_little_memory_ends_with_a_line_and_without_the_link(tmp_path):
        link = tmp_path / "modem"
        kinds = set()
        for size_mb in range(6, 160):
            process = subprocess.Popen([VMODEM, "--link", link], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                       text=True, preexec_fn=lambda: resource.setrlimit(
                                           resource.RLIMIT_AS, (size_mb << 20, size_mb << 20)))
            while process.poll() is None and not os.path.lexists(link):
                time.sleep(0.002)
            process.terminate()
            _, errors = process.communicate(timeout=PATIENCE_S)
            assert not os.path.lexists(link), size_mb
            # The loader's own messages and status are not ours.
            if "error while loading shared libraries" in errors or process.returncode == 127:
                continue
            kinds.add(process.returncode)
            if process.returncode == 0:
                break
            assert process.returncode == 1, (size_mb, errors)
            assert errors == "vmodem: there is not enough memory (ulimit -v)\n"
        assert 0 in kinds


# The port.


def opens(path):
    with contextlib.suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_NOCTTY))
        return True
    return False


def test_what_a_host_has_for_itself_ends_with_that_host(vmodem):
    modem = vmodem()
    first, bystander = modem.host(), modem.host()
    for host in (first, bystander):
        fcntl.ioctl(host.port.fileno(), termios.TIOCEXCL)

    def is_exclusive(host):
        flag = bytearray(4)
        fcntl.ioctl(host.port.fileno(), TIOCGEXCL, flag)
        return flag != bytearray(4)

    first.close()
    bystander.ok("AT")
    assert is_exclusive(bystander), "the other host has the port for itself still"
    bystander.close()
    # A host that is quicker than the news of the one before shares its port.
    time.sleep(0.3)
    wait_for(lambda: opens(modem.ready["pty"]), "EBUSY")
    third = modem.host()
    # Root is let in at any time, so the port itself is asked too.
    wait_for(lambda: not is_exclusive(third), "it is nobody's alone")
    third.ok("AT")


# The log.


def fill(pipe):
    os.set_blocking(pipe, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe, b"\n" * 4096)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe, b"\n")
    os.set_blocking(pipe, True)


@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_a_log_that_nobody_reads_stops_nothing_and_counts_what_is_lost(kind):
    if kind == "pipe":
        reader, writer = os.pipe()
    else:
        reader, writer = (end.detach() for end in socket.socketpair())
    fill(writer)
    process = subprocess.Popen([VMODEM, "--json", "--log-level", "trace"], stdout=subprocess.PIPE, stderr=writer)
    port = serial.Serial(json.loads(process.stdout.readline())["pty"], 115200, timeout=PATIENCE_S)
    for _ in range(600):
        port.write(b"AT+CGMM\r")
        assert port.read_until(b"OK\r\n").endswith(b"OK\r\n")
    seen = b""
    while b"lines of this log are lost" not in seen:
        assert select.select([reader], [], [], PATIENCE_S)[0], seen[-1000:]
        seen += os.read(reader, 65536).strip(b"\n")
    assert int(re.search(rb"(\d+) lines of this log are lost", seen)[1]) > 0
    fill(writer)
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    port.close()
    os.close(reader)
    os.close(writer)


def test_a_reason_that_nobody_reads_does_not_hang_the_end(tmp_path):
    reader, writer = os.pipe()
    fill(writer)
    assert subprocess.run([VMODEM, "--keylog", "/no/such/folder/keys"], stderr=writer,
                          timeout=PATIENCE_S).returncode == 1
    os.close(reader)
    os.close(writer)


def test_a_readiness_that_nobody_reads_does_not_hang_the_end(tmp_path):
    link = tmp_path / "modem"
    reader, writer = os.pipe()
    fill(writer)
    process = subprocess.Popen([VMODEM, "--json", "--link", link], stdout=writer)
    wait_for(lambda: os.path.lexists(link), "no link")
    process.terminate()
    assert process.wait(PATIENCE_S) == 0
    os.close(reader)
    os.close(writer)


def test_a_log_file_makes_no_directories(tmp_path):
    path = tmp_path / "no" / "such" / "log"
    refused = run("--log-file", path)
    assert refused.returncode == 1
    assert str(path) in refused.stderr
    assert os.listdir(tmp_path) == []


# Files.


def test_a_key_log_that_was_there_is_closed_to_others(vmodem, tmp_path):
    path = tmp_path / "keys"
    path.write_text("# before\n")
    path.chmod(0o644)
    vmodem("--keylog", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == "# before\n"


def test_a_key_log_is_no_link_and_no_device(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    for path, reason in ((link, "is a symbolic link"), ("/dev/null", "is not a regular file")):
        refused = run("--keylog", path)
        assert refused.returncode == 1
        assert refused.stderr == f"vmodem: key log {path}: {reason}\n"
    assert not target.exists()


def test_keys_do_not_go_into_anothers_file(tmp_path):
    path = tmp_path / "keys"
    path.write_text("")
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
        reason = "belongs to another user"
    else:
        path = "/etc/passwd"
        reason = "Permission denied"
    assert run("--keylog", path).stderr == f"vmodem: key log {path}: {reason}\n"


@pytest.mark.parametrize("path", ["/dev/zero", "/proc/kmsg", "/dev/tty", "/proc/self/pagemap"])
@pytest.mark.parametrize("option", ["--scenario", "--config", "--check-config", "--check-scenario"])
def test_a_file_without_an_end_is_refused(path, option):
    refused = run(option, path)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"vmodem: {path}: ")


def test_many_files_are_deleted_within_a_moment(vmodem, tmp_path):
    for number in range(30_000):
        (tmp_path / f"file{number}").touch()
    host = vmodem("--ufs", tmp_path).host()
    begun = time.monotonic()
    host.ok('AT+QFDEL="*"', timeout=60)
    assert time.monotonic() - begun < 10
    assert os.listdir(tmp_path) == []
