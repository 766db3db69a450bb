"""docs/simulation.md, run again: its sessions and logs are what the programs say."""
import re
import shlex
import subprocess

import pytest
from conftest import ROOT, VMODEM
from tour_test import pattern

PAGE = ROOT / "docs/simulation.md"
SCENARIO = "# "
TOLD = ("$ vmodem ", SCENARIO, "AT+")
THOUGHT_S = 0.2  # a person's pause between two commands: the module's time goes on


class Block:
    """Indented lines, and the paragraph in front of them."""

    def __init__(self, number, paragraph):
        self.number, self.paragraph, self.lines = number, paragraph, []

    def __repr__(self):
        return f"line {self.number}"

    def command(self):
        """What stands behind "$", and the output."""
        count = 1 + next(i for i, line in enumerate(self.lines) if not line.endswith("\\"))
        text = "".join(line.removesuffix("\\") for line in self.lines[:count])
        return shlex.split(text.removeprefix("$ ")), self.lines[count:]


def blocks(page=PAGE):
    found, paragraph, previous = [], "", ""
    for number, line in enumerate(page.read_text().splitlines(), 1):
        if line.startswith("    "):
            if paragraph:
                found.append(Block(number, paragraph))
            paragraph = ""
            found[-1].lines.append(line[4:])
        elif line:
            paragraph = f"{paragraph} {line}" if previous else line
        elif not paragraph:
            found[-1].lines.append("")
        previous = line
    return found


def blocks_of(*beginnings):
    return [block for block in blocks() if block.lines[0].startswith(beginnings)]


def options_of(paragraph):
    """What it names of `tools/run --clock virtual` or `--seed 1`; always both of these."""
    options = {"--clock": "virtual", "--seed": "1"}
    options.update(re.findall(r"(--[a-z]+) ([^ `]+)", paragraph))
    return [word for option in options.items() for word in option]


def open_session(host, path):
    host.ok('AT+QCOAPOPEN=0,"coap.sim",5683')
    host.urc("+QCOAPOPEN: 0,0")
    host.ok(f'AT+QCOAPOPTION=0,0,0,11,"{path}"')


def test_each_block_of_the_page_is_run_again_below():
    assert [repr(block) for block in blocks_of(*TOLD)] == [repr(block) for block in blocks()]
    assert len(blocks()) >= 4


@pytest.mark.parametrize("block", blocks_of("AT+"), ids=repr)
def test_a_session_is_what_the_module_says(vmodem, block):
    host = vmodem(*options_of(block.paragraph)).host()
    if "QCOAPOPEN" not in block.lines[0]:
        open_session(host, re.search(r"`/(\w+)`", block.paragraph)[1])
    for number, line in enumerate(block.lines, block.number):
        if not line:
            continue
        if line.startswith("AT"):
            host.silence(THOUGHT_S)
            host.write(line.encode() + b"\r")
        try:
            host.read_until(pattern(line), timeout=3)
        except AssertionError as error:
            pytest.fail(f"{PAGE.name}:{number}: {line!r}: {error}")
    assert host.silence(THOUGHT_S).strip() == b"", "the module says more than the page"


@pytest.mark.parametrize("block", blocks_of("$ vmodem "), ids=repr)
def test_a_log_is_what_the_program_writes(vmodem, block):
    command, told = block.command()
    modem = vmodem(*command[1:])
    host = modem.host()
    host.ok("ATE0")
    open_session(host, "validate")
    host.ok("AT+QCOAPSEND=0,0,1,1,0")
    host.urc("+QCOAPCLOSE: 0,-4")
    code, log = modem.stop()
    assert code == 0
    written = [line.partition(" ")[2] for line in log.splitlines()]
    told = [line for line in told if line not in ("", "…")]
    assert written[written.index(told[0]):-1] == told


@pytest.mark.parametrize("block", blocks_of(SCENARIO), ids=repr)
def test_a_scenario_is_right(tmp_path, block):
    path = tmp_path / "page.scenario"
    path.write_text("\n".join(block.lines))
    subprocess.run([VMODEM, "--check-scenario", path], check=True, stdout=subprocess.DEVNULL)
