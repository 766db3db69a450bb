"""A vmodem of one run: started, asked for its clock, ended."""
import contextlib
import http.client
import json
import select
import signal
import socket
import subprocess

READY_S = 20.0
END_S = 5.0
ANSWER_S = 2.0


class NotReady(Exception):
    """The modem does not start, as with an option that it does not know."""


class BadEnd(Exception):
    """The modem did not last, or does not end."""


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=ANSWER_S)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Clock:
    """Of a module, by its control interface."""

    def __init__(self, path):
        self.connection = _UnixConnection(path) if path else None

    def ask(self):
        """GET /state/clock; None where there is no answer."""
        if self.connection is None:
            return None
        try:
            self.connection.request("GET", "/state/clock")
            return json.loads(self.connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            self.connection.close()
            return None

    def close(self):
        if self.connection is not None:
            self.connection.close()


@contextlib.contextmanager
def running(command, control=""):
    """The clock of a module that is ready; BadEnd behind it."""
    try:
        # In a group of its own, so that Ctrl-C ends it behind its host.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, process_group=0)
    except OSError as error:
        raise NotReady(f"{command[0]}: {error.strerror}") from error
    clock = Clock(control)
    try:
        wait_until_ready(process)
        yield clock
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=END_S)
        if process.returncode != 0:
            raise BadEnd(f"vmodem ended with status {process.returncode}: "
                         f"{errors.decode(errors='replace').strip()}")
    except subprocess.TimeoutExpired as error:
        raise BadEnd("vmodem does not end") from error
    finally:
        clock.close()
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_until_ready(process):
    readable, _, _ = select.select([process.stdout], [], [], READY_S)
    line = process.stdout.readline() if readable else b""
    if not line:
        process.kill()
        errors = process.communicate()[1].decode(errors="replace").strip()
        raise NotReady(errors or "vmodem does not get ready")
    json.loads(line)


def has_control(program, folder):
    """The HTTP module that the control interface needs may be left out of an installation."""
    path = f"{folder}/control"
    try:
        with running([program, "--json", "--control", f"unix:{path}"], path) as clock:
            return "is_idle" in (clock.ask() or {})
    except (NotReady, BadEnd):
        return False
