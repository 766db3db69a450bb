"""Which faults are tried, and where."""
import dataclasses

COMMAND, URC, UPLINK, DOWNLINK = "command", "urc", "uplink", "downlink"
KINDS = (COMMAND, URC, UPLINK, DOWNLINK)
RECEIVE = "+QCOAPRECV"
FILES = ("AT+QF",)
NAMED = ("AT+QCOAPOPEN", "AT+QPING", "AT+QNTP", "AT+QIDNSGIP")


@dataclasses.dataclass(frozen=True)
class Position:
    """What happened in the run without a fault: the second URC, and its text."""
    kind: str
    ordinal: int
    text: str = ""

    def __str__(self):
        return f"{self.kind}#{self.ordinal}"


@dataclasses.dataclass(frozen=True)
class Row:
    """A fault as vmodem's --fault takes it before the "@", and the positions it is for."""
    deed: str
    kind: str
    prefixes: tuple = ("",)  # of the texts of these positions

    @property
    def verb(self):
        return self.deed.partition(":")[0]


# Whatever lasts ends: a host that keeps trying gets through every one of these.
TABLE = (
    # The serial line.
    Row("drop-result", COMMAND),
    Row("double-result", COMMAND),
    Row("garbage:16", COMMAND),
    Row("drop-input", COMMAND),
    Row("garble-input", COMMAND),
    Row("chunks:20ms,3", COMMAND),
    Row("drop-urc", URC),
    Row("double-urc", URC),
    Row("truncate-urc", URC),
    Row("delay-urc:5s", URC),
    Row("place-urc:inside-echo", URC),
    Row("place-urc:inside-answer", URC),
    Row("place-urc:behind-result", URC),
    Row("place-urc:before-echo", URC),
    Row("wrong-length:1", URC, (RECEIVE,)),
    Row("wrong-length:-1", URC, (RECEIVE,)),
    # The module.
    Row("hang:10s", COMMAND),
    Row("reset", COMMAND),
    Row("power-cut:5s", COMMAND),
    Row("sim-remove:30s", COMMAND),
    Row("sim-fails:busy,30s", COMMAND),
    Row("memory-full:30s", COMMAND),
    Row("ufs-full:30s", COMMAND, FILES),
    # The cell.
    Row("registration-lost:30s", COMMAND),
    Row("registration-denied:11,30s", COMMAND),
    Row("registration-roaming:30s", COMMAND),
    Row("pdp-deactivate", COMMAND),
    Row("pdp-refused:30s", COMMAND),
    Row("unreachable:30s", COMMAND),
    Row("name-fails:30s", COMMAND, NAMED),
    Row("name-silent:30s", COMMAND, NAMED),
    # The link and the servers. What goes down is lost as the answer to what went up: where it has
    # arrived, it is too late.
    Row("link-down:60s", UPLINK),
    Row("lose-uplink", UPLINK),
    Row("duplicate-uplink", UPLINK),
    Row("delay-uplink:5s", UPLINK),
    Row("lose-downlink", UPLINK),
    Row("duplicate-downlink", UPLINK),
    Row("delay-downlink:5s", UPLINK),
    Row("corrupt-downlink", UPLINK),
    Row("server-silent:60s", UPLINK),
    Row("server-restart:30s", DOWNLINK),
    Row("lose-downlink", DOWNLINK),
)


JOINT = " + "  # between faults that are tried together


def name_of(together):
    return JOINT.join(together)


def parse_name(text):
    return tuple(text.split(JOINT))


def deed_of(fault):
    return fault.rpartition("@")[0] or fault


def verb_of(fault):
    return deed_of(fault).partition(":")[0].partition(" ")[0]


def position_of(fault):
    return fault.rpartition("@")[2] if "@" in fault else ""


def verbs():
    return sorted({row.verb for row in TABLE})


def plan(positions, wanted=None):
    """All faults "DEED@POSITION" of the wanted verbs, position by position."""
    rows = [row for row in TABLE if wanted is None or row.verb in wanted]
    return [f"{row.deed}@{position}"
            for position in positions
            for row in rows
            if row.kind == position.kind and position.text.startswith(row.prefixes)]
