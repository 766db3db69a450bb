"""A scenario file (docs/faults.md) as the faults of --fault, and back: "WHEN: VERB ARGUMENT…"."""
import re

LINE = re.compile(r"(?P<when>.+):\s+(?P<deed>\S.*)$")


class BadLine(Exception):
    """Where, and what would be right."""


def parse(text, name):
    faults = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.match(line)
        if not match:
            raise BadLine(f"{name}:{number}: \"{line}\" is no \"WHEN: VERB ARGUMENT…\"")
        faults.append(f"{match['deed'].strip()}@{match['when'].strip()}")
    if not faults:
        raise BadLine(f"{name}: there is no fault in it")
    return tuple(faults)


def line_of(fault):
    deed, _, when = fault.rpartition("@")
    verb, colon, arguments = deed.partition(":")
    deed = f"{verb} {arguments.replace(',', ' ')}" if colon else deed
    return f"{when}: {deed}"
