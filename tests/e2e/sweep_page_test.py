"""docs/sweep.md, run again: its sweeps are what the program says."""
import os
import re
import subprocess
import sys

from conftest import ROOT, VMODEM
from simulation_test import blocks

sys.path.insert(0, str(ROOT / "tools"))

from host_sweep import findings, pool, runs  # noqa: E402

PAGE = ROOT / "docs/sweep.md"
SWEEP = "$ tools/sweep "


def without_times(output):
    output = re.sub(r"^time-out: .*", "time-out: …", output, flags=re.MULTILINE)
    return re.sub(r"passed in [0-9.]+ s", "passed in … s", output).strip()


def sweep(arguments, *more):
    """The same command with further options, in the page's words."""
    result = subprocess.run([ROOT / "tools/sweep", *more, *arguments], capture_output=True, text=True,
                            check=False, cwd=ROOT, env={**os.environ, "VMODEM": str(VMODEM)})
    assert result.returncode in (0, 1), result.stderr
    return without_times(result.stdout.replace(str(VMODEM), "vmodem"))


def sweeps():
    return [block.command() for block in blocks(PAGE) if block.lines[0].startswith(SWEEP)]


def test_the_sweep_of_the_careless_host_tells_what_it_tells():
    command, told = sweeps()[0]
    assert sweep(command[1:]) == without_times("\n".join(told))


def test_the_sweep_of_the_careful_host_has_these_positions_and_so_many_faults():
    """All of it runs in sweep_test.py."""
    command, told = sweeps()[1]
    assert sweep(command[1:], "--only", "reset").splitlines()[0] == without_times(told[0])
    count = len(sweep(command[1:], "--list").splitlines())
    assert told[-2 if told[-1] == "" else -1] == f"{count} faults: 0 broke the host"


def test_every_rule_and_every_number_of_the_page_is_the_programs():
    text = PAGE.read_text()
    assert re.findall(r"^\| `([\w-]+)` \| (?:`|any)", text, re.MULTILINE) == [
        rule.name for rule in findings.RULES]
    for rule in findings.RULES:
        assert all(f"`{verb}`" in text for verb in rule.verbs)
    assert f"{runs.LIMIT_FACTOR} times the run without a fault, {runs.LIMIT_FLOOR_S:g} s\n" in text
    assert f"so {pool.JOBS_PER_CORE} a core run at a time" in text
    assert f"behind {runs.GRACE.removesuffix('ms')} ms without an octet" in text
