"""A sweep from its command line to its exit status."""
import dataclasses
import os
import pathlib
import subprocess
import sys
import tempfile

from host_sweep import (explore, faults, journal, merge, modem, options, pairs, report, runs, scenario,
                        shards, shrink)
from host_sweep import results as files
from host_sweep.host import Interrupted
from host_sweep.pool import Pool, ended_by_signals
from host_sweep.runs import Limit, Setup

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSED, BROKE, REFUSED, INTERRUPTED = 0, 1, 2, 130
# Of the run by which the others are measured; --timeout allows it more.
BASELINE_LIMIT_S = 60.0


class Refused(Exception):
    """What is wrong, and what would be right."""


def find_program(path):
    """As tools/run: everything that is needed is there afterwards."""
    if path:
        return str(pathlib.Path(path).resolve())
    for command in (["setup"], ["build", "release", "vmodem"]):
        subprocess.run([ROOT / "tools" / command[0], *command[1:]], stdout=sys.stderr, check=True)
    return str(ROOT / "build/release/bin/vmodem")


def make_setup(arguments):
    try:
        program = find_program(arguments.vmodem)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(f"there is no vmodem: {error}") from error
    is_steered = any(option.startswith("--control") for option in arguments.options)
    with tempfile.TemporaryDirectory(prefix="vmodem-sweep-") as folder:
        sees_idleness = not is_steered and modem.has_control(program, folder)
    if not sees_idleness:
        print("tools/sweep: nobody can ask this vmodem whether it is idle: a host that waits for ever is "
              "ended by its time-out", file=sys.stderr)
    return Setup(program, tuple(arguments.host), arguments.seed,
                 Limit(max(arguments.timeout or 0.0, BASELINE_LIMIT_S)), tuple(arguments.options),
                 sees_idleness, reads_journal=bool(arguments.explore))


def measure(setup, given):
    """The run without a fault, and the setup with the time-out that follows from it."""
    baseline = runs.run(setup)
    if baseline.broken:
        raise Refused("\n".join([f"the host fails without a fault: {baseline.broken}",
                                 *(f"    | {line}" for line in baseline.output)]))
    if given is None:
        return baseline, dataclasses.replace(setup, limit=runs.limit_of(baseline.seconds))
    if baseline.seconds > given:
        raise Refused(f"the host takes {baseline.seconds:.1f} s without a fault: --timeout {given:g} is too short")
    return baseline, dataclasses.replace(setup, limit=Limit(given, "--timeout"))


def read_scenario(path):
    try:
        text = pathlib.Path(path).read_text(errors="replace")
    except OSError as error:
        raise Refused(f"--scenario: {path}: {error.strerror}") from error
    return scenario.parse(text, path)


def choose(arguments, positions, from_scenario):
    """What is to run, each a tuple of faults that go together."""
    if from_scenario:
        return [from_scenario]
    if arguments.only:
        return [faults.parse_name(name) for name in arguments.only]
    planned = faults.plan(positions, arguments.faults)
    if arguments.first is not None:
        if arguments.first not in planned:
            raise Refused(f"--first: {arguments.first} is not among what --list shows")
        planned = planned[planned.index(arguments.first):]
    return [(fault,) for fault in planned]


class Sweep:
    """Runs, those of an earlier sweep included, and what became of them."""

    def __init__(self, arguments, setup, baseline, shard):
        self.arguments, self.setup, self.shard = arguments, setup, shard
        self.store = None
        if arguments.results:
            self.store = files.Store(arguments.results, files.identity_of(setup, bool(arguments.timeout)))
        self.baseline = baseline
        self.outcome = report.Outcome(setup, baseline.seconds, baseline.positions, [])
        self.known = {}

    def plan(self, chosen):
        if self.store:
            self.store.plan([faults.name_of(one) for one in chosen], self.baseline.positions,
                            self.baseline.seconds, self.setup.limit.seconds)

    def run(self, chosen):
        """The results of these, in their order. What is known is not run again."""
        for one in chosen:
            if one not in self.known and self.store and (kept := self.store.load(one)):
                self.known[one] = kept
                self.outcome.kept += 1
        missing = [one for one in dict.fromkeys(chosen) if one not in self.known]
        pool = Pool(self.setup, self.arguments.jobs, report.Progress(len(missing)).tell)
        for result in pool.run_all(missing, self.store.save if self.store else lambda result: None):
            self.known[result.faults] = result
        return [self.known[one] for one in chosen]

    def run_part(self, chosen):
        """Of them what this shard runs."""
        self.plan(chosen)
        part = self.shard.of(chosen) if self.shard else chosen
        self.outcome.left += len(chosen) - len(part)
        self.outcome.results += self.run(part)

    def run_pairs(self, singles):
        if self.shard and not all(self.store and self.store.load(one) for one in singles):
            raise Refused("--pairs with --shard: pairs are made of faults that pass; give --results a folder "
                          "with the results of all single faults, as tools/sweep merge --into writes it")
        chosen = pairs.sample([self.store.load(one) if self.shard else self.known[one] for one in singles],
                              self.arguments.pairs, self.arguments.seed)
        self.run_part(chosen)

    def shrink(self):
        """What broke the host of several faults that were tried together."""
        for result in self.outcome.broken:
            is_wanted = not self.arguments.scenario or self.arguments.shrink
            if len(result.faults) > 1 and is_wanted and not result.shrunk:
                result.shrunk = shrink.shrink(
                    result.faults, lambda sets: [bool(one.broken) for one in self.run(sets)])
                if self.store:
                    self.store.save(result)

    def explore(self, singles):
        explorer = explore.Explorer([fault for (fault,) in singles], self.arguments.seed)
        self.outcome.states[()] = explorer.meet(self.baseline.states)

        def tell(result, new):
            if new:
                self.outcome.states[result.faults] = new
            print(f"{result.name}: {news_text(new)}", file=sys.stderr)

        pool = Pool(self.setup, min(self.arguments.jobs, explore.ROUND))
        for result in explore.explore(pool, explorer, self.arguments.explore, tell):
            self.known[result.faults] = result
            self.outcome.results.append(result)


def news_text(states):
    if not states:
        return "nothing new"
    first = min(map(journal.phrase, states), key=len)
    return f"{first}, and {len(states) - 1} more states" if len(states) > 1 else first


def sweep(argv):
    arguments = options.parse(argv)
    shard = shards.parse(arguments.shard, os.environ) if arguments.shard else None
    from_scenario = read_scenario(arguments.scenario) if arguments.scenario else ()
    baseline, setup = measure(make_setup(arguments), arguments.timeout)
    chosen = choose(arguments, baseline.positions, from_scenario)
    if arguments.list:
        print("\n".join(faults.name_of(one) for one in (shard.of(chosen) if shard else chosen)))
        return PASSED
    work = Sweep(arguments, setup, baseline, shard)
    if arguments.explore:
        work.explore(chosen)
    else:
        work.run_part(chosen)
    if arguments.pairs:
        work.run_pairs(chosen)
    work.shrink()
    report.write(work.outcome, arguments.json, arguments.junit)
    return BROKE if work.outcome.is_broken else PASSED


def refuse(text):
    print(f"tools/sweep: {text}", file=sys.stderr)
    return REFUSED


def main(argv):
    try:
        with ended_by_signals():
            if argv[:1] == ["merge"]:
                return BROKE if merge.main(argv[1:]) else PASSED
            return sweep(argv)
    except (modem.NotReady, Refused, shards.BadShard, files.BadFolder, scenario.BadLine, OSError) as error:
        return refuse(error)
    except (KeyboardInterrupt, Interrupted):
        return INTERRUPTED
