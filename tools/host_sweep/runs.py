"""One run: a fresh modem, a host, and the faults that are tried together, or none."""
import dataclasses
import pathlib
import re
import shlex
import signal
import tempfile
import threading
import time

from host_sweep import blocked, journal, modem
from host_sweep import host as hosts
from host_sweep.faults import KINDS, Position, name_of

OUTPUT_LINES_MAX = 20
POSITION = re.compile(rf" debug: ({'|'.join(KINDS)})#(\d+)(?: (.*))?$")
HAPPENED = re.compile(r" info: fault: (.*)$")

# What a run may take: so many times the one without a fault, in which nothing is tried again, and never
# less than the host's own waits on a machine that has much else to do.
LIMIT_FACTOR = 60
LIMIT_FLOOR_S = 30.0

# How long a host may think before the module's time goes on. More than a scheduler lets it wait where
# many run at a time: else a verdict would depend on how many.
GRACE = "100ms"

stopping = threading.Event()


@dataclasses.dataclass
class Result:
    faults: tuple
    broken: str  # how the host, or the modem, went wrong; empty: it did not
    how: str     # in one word: "", status, killed, blocked, timeout, modem or start
    happened: bool  # every one of the faults
    seconds: float
    output: list
    positions: list = dataclasses.field(default_factory=list)
    states: frozenset = frozenset()  # where the journal is read
    shrunk: tuple = ()  # the fewest of several faults that break the host, where that was looked for

    @property
    def name(self):
        return name_of(self.faults)

    @property
    def repeated(self):
        """The faults that show it again."""
        return self.shrunk or self.faults


@dataclasses.dataclass(frozen=True)
class Limit:
    seconds: float
    why: str = ""

    def __str__(self):
        return f"{self.seconds:g} s" + (f" ({self.why})" if self.why else "")


def limit_of(baseline_s):
    seconds = max(LIMIT_FLOOR_S, LIMIT_FACTOR * baseline_s)
    if seconds == LIMIT_FLOOR_S:
        return Limit(seconds, f"the least; {LIMIT_FACTOR} times the run without a fault is less")
    return Limit(round(seconds, 1), f"{LIMIT_FACTOR} times the run without a fault")


@dataclasses.dataclass(frozen=True)
class Setup:
    """What all runs of a sweep have in common."""
    program: str
    host: tuple
    seed: int = 1
    limit: Limit = Limit(300.0)
    options: tuple = ()
    sees_idleness: bool = True  # by the control interface
    reads_journal: bool = False

    def modem_command(self, faults, link, *more):
        command = [self.program, "--clock", "virtual", "--set", f"time.grace={GRACE}", "--seed",
                   str(self.seed), "--link", link]
        for fault in faults:
            command += ["--fault", fault]
        return [*command, *self.options, *more]

    def host_command(self, port):
        return [word.replace("{port}", port) for word in self.host]

    def repeat_commands(self, faults):
        """What repeats a run by hand, in two terminals."""
        link = "/tmp/vmodem"
        return (shlex.join(self.modem_command(faults, link, "--log-level", "info")),
                f"VMODEM_PORT={link} {shlex.join(self.host_command(link))}")


def read_log(path):
    """The positions of a run, and the faults that happened."""
    positions, happened = [], set()
    for line in path.read_text(errors="replace").splitlines():
        if match := POSITION.search(line):
            positions.append(Position(match[1], int(match[2]), match[3] or ""))
        elif match := HAPPENED.search(line):
            happened.add(match[1])
    return positions, happened


def place_of(positions):
    """The latest command line: what a host waits behind."""
    commands = [position for position in positions if position.kind == "command"]
    return f"behind {commands[-1]} {commands[-1].text}" if commands else "before its first command line"


def tell(outcome, setup, positions):
    """How it went wrong, in one word and in a sentence."""
    match outcome.how:
        case "blocked":
            return "blocked", (f"waits for ever {place_of(positions)}: {outcome.text}, "
                               "and the module has nothing left to say")
        case "timeout":
            return "timeout", f"still running after {setup.limit.seconds:g} s"
        case "killed":
            return "killed", f"killed by {signal.Signals(-outcome.status).name}"
        case "start":
            return "start", f"cannot be started: {outcome.text}"
    return ("status", f"exit status {outcome.status}") if outcome.status else ("", "")


def run(setup, faults=()):
    with tempfile.TemporaryDirectory(prefix="vmodem-sweep-") as folder:
        return _run_in(folder, setup, tuple(faults))


def _run_in(folder, setup, faults):
    link, log = f"{folder}/port", pathlib.Path(folder, "log")
    control = f"{folder}/control" if setup.sees_idleness else ""
    entries = pathlib.Path(folder, "journal") if setup.reads_journal else None
    command = setup.modem_command(
        faults, link, "--json", "--log-level", "debug", "--log-file", str(log),
        *(["--control", f"unix:{control}"] if control else []),
        *(["--journal", str(entries)] if entries else []))
    start = time.monotonic()
    outcome, bad_end = hosts.Outcome("ended"), ""
    try:
        with modem.running(command, control) as clock:
            def make_look(pid):
                return blocked.Watch(pid, link, clock.ask, hosts.mark_of(link)).look if control else lambda: ""

            outcome = hosts.run(setup.host_command(link), link, setup.limit.seconds, make_look,
                                stopping.is_set)
    except modem.BadEnd as error:
        bad_end = str(error)
    seconds = round(time.monotonic() - start, 3)
    positions, happened = read_log(log) if log.exists() else ([], set())
    how, broken = ("modem", bad_end) if bad_end else tell(outcome, setup, positions)
    lines = outcome.output.decode(errors="replace").splitlines()[-OUTPUT_LINES_MAX:]
    states = journal.states_of(entries) if entries and entries.exists() else frozenset()
    return Result(faults, broken, how, happened.issuperset(faults), seconds, lines, positions, states)
