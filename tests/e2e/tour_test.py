"""docs/tour.md, typed into the PTY: what the tour prints is what the module says."""
import re

import pytest
from conftest import ROOT

TOUR = ROOT / "docs/tour.md"
PROMPT = ">"
WILDCARD = "…"


def dialogue():
    """The lines of the tour's blocks, each with its number in the file."""
    inside = False
    for number, line in enumerate(TOUR.read_text().splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```at"
        elif inside and line:
            yield number, line


def pattern(line):
    """Matches the line at the head of what came, whatever line ends are around it."""
    if line == PROMPT:
        return rb"\A[\r\n]*> "
    texts = (re.escape(text.encode()) for text in line.split(WILDCARD))
    return rb"\A[\r\n]*" + rb"[^\r\n]*".join(texts) + rb"(\r\n?|\n)"


def test_the_tour_is_what_the_module_says(vmodem, coap_server):
    host = vmodem("--route", f"220.180.239.212:8028=127.0.0.1:{coap_server()}").host()
    for number, line in dialogue():
        if line.startswith("> "):
            host.write(line[2:].encode() + b"\r")
            continue
        try:
            host.read_until(pattern(line))
        except AssertionError as error:
            pytest.fail(f"{TOUR.name}:{number}: {line!r}: {error}")
    assert host.silence(0.2).strip() == b"", "the module says more than the tour"
