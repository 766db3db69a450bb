"""What a sweep says: progress on standard error, the outcome on standard output and for CI."""
import collections
import dataclasses
import json
import sys

from host_sweep import findings, junit
from host_sweep.faults import KINDS, name_of, position_of

OUTPUT_TOLD = 3
FAULTS_TOLD = 4


@dataclasses.dataclass
class Outcome:
    """All that is told at the end."""
    setup: object
    baseline_s: float
    positions: list
    results: list
    states: dict = dataclasses.field(default_factory=dict)  # new ones by faults, where one explored
    left: int = 0  # of them in other shards
    kept: int = 0  # of them from an earlier run

    @property
    def broken(self):
        return [result for result in self.results if result.broken]

    @property
    def is_broken(self):
        return bool(self.broken)

    def text_of(self, position):
        return next((each.text for each in self.positions if str(each) == position), "")


class Progress:
    """One line that changes on a terminal; elsewhere only what broke."""

    def __init__(self, total, stream=sys.stderr):
        self.total, self.stream = total, stream
        self.done = self.broken = 0

    def tell(self, result):
        self.done += 1
        self.broken += bool(result.broken)
        if result.broken:
            self._line(f"{result.name}: {result.broken}\n")
        if self.stream.isatty():
            of = f" of {self.total}" if self.total else ""
            self._line(f"{self.done}{of}, {self.broken} broke the host")
            if self.done == self.total:
                self._line("")

    def _line(self, text):
        start = "\r\x1b[K" if self.stream.isatty() else ""
        print(start + text, end="", file=self.stream, flush=True)


def write(outcome, is_json, junit_file=None):
    (print_json if is_json else print_text)(outcome)
    if junit_file:
        junit.write(outcome, junit_file)


def count_text(positions):
    counts = collections.Counter(position.kind for position in positions)
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)


def shortened(names, separator):
    more = [f"and {len(names) - FAULTS_TOLD} more"] if len(names) > FAULTS_TOLD else []
    return separator.join([*names[:FAULTS_TOLD], *more])


def print_text(outcome):
    print(f"without a fault: passed in {outcome.baseline_s:.1f} s; "
          f"positions: {count_text(outcome.positions)}")
    if outcome.setup.limit.why:
        print(f"time-out: {outcome.setup.limit}")
    for result in outcome.broken:
        print_breakage(outcome, result)
    print_findings(outcome)
    unmet = sum(not result.happened for result in outcome.results)
    print(f"\n{len(outcome.results)} faults: {len(outcome.broken)} broke the host" +
          (f", {unmet} did not come about" if unmet else "") +
          (f"; {outcome.kept} ran before" if outcome.kept else "") +
          (f"; {outcome.left} are left to other shards" if outcome.left else ""))
    if outcome.states:
        print(f"{sum(map(len, outcome.states.values()))} states of the journal, the last new ones by "
              f"{name_of(list(outcome.states)[-1]) or 'the run without a fault'}")


def print_breakage(outcome, result):
    print(f"\n{result.name}: {result.broken}")
    for fault in result.faults:
        if text := outcome.text_of(position_of(fault)):
            print(f"  there: {text}")
    for line in result.output[-OUTPUT_TOLD:]:
        print(f"    | {line}")
    if result.repeated != result.faults:
        print(f"  shrunk to: {name_of(result.repeated)}")
    modem, host = outcome.setup.repeat_commands(result.repeated)
    print(f"  repeat: {modem}\n          {host}")


def print_findings(outcome):
    found = findings.classify(outcome.results)
    if found:
        print("\nfindings")
    for finding in found:
        names = [result.name for result in finding.results]
        print(f"  {finding.rule.name}: {finding.rule.says}\n"
              f"    by {shortened(names, ', ')}\n"
              f"    cure: {finding.rule.cure}")


def entry_of(outcome, result):
    modem, host = outcome.setup.repeat_commands(result.repeated)
    return {"fault": result.name, "faults": list(result.faults), "broken": result.broken, "how": result.how,
            "happened": result.happened, "seconds": result.seconds, "output": result.output,
            "rules": findings.rules_of(result),
            "shrunk": list(result.shrunk) or None,
            "repeat": {"modem": modem, "host": host}}


def print_json(outcome):
    positions = [{"position": str(each), "text": each.text} for each in outcome.positions]
    limit = outcome.setup.limit
    print(json.dumps({
        "seed": outcome.setup.seed, "timeout": {"seconds": limit.seconds, "why": limit.why},
        "positions": positions, "count": len(outcome.results), "broken_count": len(outcome.broken),
        "kept": outcome.kept, "left": outcome.left,
        "findings": [{"rule": one.rule.name, "text": one.rule.says, "cure": one.rule.cure,
                      "faults": [result.name for result in one.results]}
                     for one in findings.classify(outcome.results)],
        "new_states": {name_of(faults): count for faults, count in
                       ((faults, len(states)) for faults, states in outcome.states.items())},
        "results": [entry_of(outcome, result) for result in outcome.results]}))
