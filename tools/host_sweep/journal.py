"""States of a run, as its journal tells them (docs/journal.md): what exploring looks for.

A state is the kind of an entry with those of its fields that say what became of something, and a step
from one such state to another that it brought about. Numbers, instants, payloads and the faults
themselves are none: two runs that differ in nothing else have met the same.
"""
import json
import re

# The fields that tell a state; a kind that is not here is a state by itself.
FIELDS = {
    "line.answer": ("text",), "line.result": ("text",), "line.urc": ("text",), "line.dropped": ("text",),
    "coap.sent": ("type", "code"), "coap.received": ("type", "code"), "coap.retransmitted": ("attempt",),
    "coap.concluded": ("outcome",), "coap.dropped": ("reason",),
    "client.status": ("status",), "client.result": ("operation", "result", "why"), "client.note": ("text",),
    "dtls.closed": ("why",), "dtls.alert": ("description",),
    "link.lost": ("direction", "reason"), "link.delayed": ("direction",), "link.duplicated": ("direction",),
    "link.corrupted": ("direction",), "name.answered": ("why",), "question.failed": ("text",),
    "server.request": ("method", "path"), "server.answer": ("type", "code"), "server.news": ("what",),
    "packet.context": ("state", "why"), "radio.registration": ("status",), "radio.connection": ("state",),
    "card.state": ("state",), "power.state": ("state",),
}
WORD = re.compile(r'"[^"]*"|\b[0-9A-Fa-f]{4,}\b|\d{2,}')  # a name, a token, a message ID, a size


def state_of(entry):
    """A tuple; nothing for a fault, which is what is done and not what comes of it."""
    kind = entry["kind"]
    if kind.startswith("fault."):
        return None
    values = (entry.get(field) for field in FIELDS.get(kind, ()))
    return kind, *(WORD.sub("…", value) if isinstance(value, str) else value for value in values)


def states(entries):
    found, by_number = set(), {}
    for entry in entries:
        state = state_of(entry)
        by_number[entry.get("number")] = state
        if state is None:
            continue
        found.add(state)
        cause = by_number.get(entry.get("because"))
        if cause is not None:
            found.add((cause, "→", state))
    return frozenset(found)


def states_of(path):
    return states(json.loads(line) for line in path.read_text(errors="replace").splitlines() if line)


def phrase(state):
    """As a person reads it."""
    if len(state) == 3 and state[1] == "→":
        return f"{phrase(state[0])} → {phrase(state[2])}"
    return " ".join(str(part) for part in state if part not in (None, ""))
