"""What a sweep says: progress on standard error, the outcome on standard output."""
import collections
import json
import sys

from faults import KINDS


class Progress:
    """One line that changes on a terminal; elsewhere only what broke."""

    def __init__(self, total, stream=sys.stderr):
        self.total, self.stream = total, stream
        self.done = self.broken = 0

    def tell(self, result):
        self.done += 1
        self.broken += bool(result.broken)
        if result.broken:
            self._line(f"{result.fault}: {result.broken}\n")
        if self.stream.isatty():
            self._line(f"{self.done} of {self.total}, {self.broken} broke the host")
            if self.done == self.total:
                self._line("")

    def _line(self, text):
        start = "\r\x1b[K" if self.stream.isatty() else ""
        print(start + text, end="", file=self.stream, flush=True)


def count_text(positions):
    counts = collections.Counter(position.kind for position in positions)
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)


def print_result(setup, baseline, results):
    broken = [result for result in results if result.broken]
    unmet = sum(not result.happened for result in results)
    texts = {str(position): position.text for position in baseline.positions}
    print(f"without a fault: passed in {baseline.seconds:.1f} s; "
          f"positions: {count_text(baseline.positions)}")
    for result in broken:
        modem, host = setup.repeat_commands(result.fault)
        print(f"\n{result.fault}: {result.broken}")
        if text := texts.get(result.fault.rpartition("@")[2]):
            print(f"  there: {text}")
        for line in result.output[-3:]:
            print(f"    | {line}")
        print(f"  repeat: {modem}\n          {host}")
    print(f"\n{len(results)} faults: {len(broken)} broke the host" +
          (f", {unmet} did not come about" if unmet else ""))


def print_json(setup, baseline, results):
    def entry(result):
        modem, host = setup.repeat_commands(result.fault)
        return {"fault": result.fault, "broken": result.broken, "happened": result.happened,
                "seconds": result.seconds, "output": result.output,
                "repeat": {"modem": modem, "host": host}}

    positions = [{"position": str(p), "text": p.text} for p in baseline.positions]
    print(json.dumps({"seed": setup.seed, "positions": positions, "count": len(results),
                      "broken_count": sum(bool(r.broken) for r in results),
                      "results": [entry(result) for result in results]}))
