"""One run: a fresh modem, a host, one fault or none."""
import contextlib
import dataclasses
import json
import os
import pathlib
import re
import select
import shlex
import signal
import subprocess
import tempfile
import time

from faults import KINDS, Position

READY_S = 20.0
END_S = 5.0
OUTPUT_LINES_MAX = 20
OUTPUT_SIZE_MAX = 64 * 1024

POSITION = re.compile(rf" debug: ({'|'.join(KINDS)})#(\d+)(?: (.*))?$")
HAPPENED = " info: fault: "


class NotReady(Exception):
    """The modem does not start, as with an option that it does not know."""


class BadEnd(Exception):
    """The modem did not last, or does not end."""


@dataclasses.dataclass
class Result:
    fault: str
    broken: str  # how the host, or the modem, went wrong; empty: it did not
    happened: bool
    seconds: float
    output: list
    positions: list


@dataclasses.dataclass(frozen=True)
class Setup:
    """What all runs of a sweep have in common."""
    program: str
    host: tuple
    seed: int = 1
    timeout: float = 30.0
    options: tuple = ()

    def modem_command(self, fault, link, *more):
        command = [self.program, "--clock", "virtual", "--seed", str(self.seed), "--link", link]
        if fault:
            command += ["--fault", fault]
        return [*command, *self.options, *more]

    def host_command(self, port):
        return [word.replace("{port}", port) for word in self.host]

    def repeat_commands(self, fault):
        """What repeats a run by hand, in two terminals."""
        link = "/tmp/vmodem"
        return (shlex.join(self.modem_command(fault, link, "--log-level", "info")),
                f"VMODEM_PORT={link} {shlex.join(self.host_command(link))}")


@contextlib.contextmanager
def running_modem(command):
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
    except OSError as error:
        raise NotReady(f"{command[0]}: {error.strerror}") from error
    try:
        readable, _, _ = select.select([process.stdout], [], [], READY_S)
        line = process.stdout.readline() if readable else b""
        if not line:
            process.kill()
            raise NotReady(process.communicate()[1].decode(errors="replace").strip() or
                           "vmodem does not get ready")
        json.loads(line)
        yield
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=END_S)
        if process.returncode != 0:
            raise BadEnd(f"vmodem ended with status {process.returncode}: "
                             f"{errors.decode(errors='replace').strip()}")
    except subprocess.TimeoutExpired as error:
        raise BadEnd("vmodem does not end") from error
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def end_host(process):
    """Ends a host and its children: the process group that was made for it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_host(command, port, output, timeout):
    """What went wrong; empty: nothing."""
    environment = {**os.environ, "VMODEM_PORT": port}
    try:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, start_new_session=True)
    except OSError as error:
        return f"cannot be started: {error}"
    try:
        status = process.wait(timeout=timeout)
    except subprocess.TimeoutExpired:
        return f"still running after {timeout:g} s"
    finally:
        end_host(process)
    if status < 0:
        return f"killed by {signal.Signals(-status).name}"
    return f"exit status {status}" if status else ""


def read_log(path):
    """The positions of a run, and whether its fault happened."""
    positions, happened = [], False
    for line in path.read_text(errors="replace").splitlines():
        match = POSITION.search(line)
        if match:
            positions.append(Position(match[1], int(match[2]), match[3] or ""))
        happened = happened or HAPPENED in line
    return positions, happened


def run(setup, fault=""):
    with tempfile.TemporaryDirectory(prefix="vmodem-sweep-") as folder:
        link, log = f"{folder}/port", pathlib.Path(folder, "log")
        command = setup.modem_command(fault, link, "--json", "--log-level", "debug", "--log-file",
                                      str(log))
        start = time.monotonic()
        with open(f"{folder}/output", "w+b") as output:
            try:
                with running_modem(command):
                    broken = run_host(setup.host_command(link), link, output, setup.timeout)
            except BadEnd as error:
                broken = str(error)
            seconds = time.monotonic() - start
            output.seek(max(0, output.seek(0, os.SEEK_END) - OUTPUT_SIZE_MAX))
            lines = output.read().decode(errors="replace").splitlines()[-OUTPUT_LINES_MAX:]
        positions, happened = read_log(log) if log.exists() else ([], False)
        return Result(fault, broken, happened, round(seconds, 3), lines, positions)
