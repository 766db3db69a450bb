"""What breakages say of a host, as lint does: a rule, where it shows, and the cure.

A fault belongs to one rule by its verb. A way of going wrong, as waiting for ever, is a rule besides.
"""
import dataclasses

from host_sweep.faults import verb_of


@dataclasses.dataclass(frozen=True)
class Rule:
    name: str
    verbs: tuple  # of faults.py; or
    hows: tuple   # of runs.Result
    says: str
    cure: str


@dataclasses.dataclass(frozen=True)
class Finding:
    rule: Rule
    results: tuple  # at least one


RULES = (
    Rule("parser-breaks-at-split", ("chunks", "baud"), (),
         "A line that comes in pieces is not understood.",
         "Collect octets until the line's end; a read may end anywhere."),
    Rule("urc-taken-for-answer", ("place-urc", "double-urc", "delay-urc"), (),
         "A URC at a place where it may come is taken for an answer, or hides one.",
         "Tell URCs from answers by their beginnings, in every state, also between command and result."),
    Rule("urc-taken-for-granted", ("drop-urc", "truncate-urc"), (),
         "A URC that is lost or cut off is waited for, or believed.",
         "Give each wait an end, and ask then: AT+QCOAPOPEN?, AT+QCOAPSEND again."),
    Rule("result-taken-for-granted", ("drop-result", "double-result"), (),
         "A final result that is lost or comes twice puts the dialogue out of step.",
         "Give each command its response time, then resynchronise: AT, until its own OK comes."),
    Rule("no-resynchronisation", ("garbage", "drop-input", "garble-input"), (),
         "Octets that are lost or wrong on the line end the dialogue.",
         "Pass over what is not understood, and repeat a command that is answered by ERROR or not at all."),
    Rule("believes-length", ("wrong-length",), (),
         "The payload length of +QCOAPRECV is believed.",
         "Check that the line's end stands where the length says, and ask again where it does not."),
    Rule("roaming-taken-for-failure", ("registration-roaming",), (),
         "A module that is registered and roaming (+CEREG: 0,5) is taken for one that is not.",
         "Take <stat> 5 for registered, as 1 (27.007 §10.1.22)."),
    Rule("no-recovery-from-reset", ("reset", "power-cut", "hang"), (),
         "Behind a reset, a brown-out or a hang the host goes on with a module that has forgotten it.",
         "Watch for RDY and APP RDY, give each wait an end, and begin with the module's set-up again."),
    Rule("no-recovery-from-card-loss", ("sim-remove", "sim-fails"), (),
         "A card that is away for a while is away for ever.",
         "Ask AT+CPIN? until it is READY; behind a card that was away AT+CFUN=1,1."),
    Rule("no-recovery-from-network-loss",
         ("registration-lost", "registration-denied", "registration-unknown", "pdp-deactivate", "pdp-refused",
          "unreachable", "name-fails", "name-silent"), (),
         "A network that is away for a while is away for ever.",
         "Wait for +CEREG: 1 or 5, and open the session again, at growing intervals."),
    Rule("no-recovery-from-full-memory", ("memory-full", "ufs-full", "ufs-fails"), (),
         "A refusal for lack of memory is final.",
         "Try again later; delete files and close sessions that are not needed."),
    Rule("no-recovery-from-lost-message",
         ("link-down", "lose-uplink", "lose-downlink", "delay-uplink", "delay-downlink", "duplicate-uplink",
          "duplicate-downlink", "corrupt-uplink", "corrupt-downlink", "server-silent", "server-restart"), (),
         "A message that is lost, late or doubled is not sent again, or counted twice.",
         "Send again behind +QCOAPACK: …,-11, and tell answers apart by token and message ID."),
    Rule("waits-for-ever", (), ("blocked", "timeout"),
         "The host waits, once or again and again, for what will not come.",
         "Read with a time-out everywhere, and try so often and no more."),
    Rule("dies", (), ("killed",),
         "The host is ended by a signal.",
         "Run it under a debugger with the repeat command."),
)


def classify(results):
    """The findings, in the order of the rules. One of several faults is found with the rules of all."""
    found = []
    for rule in RULES:
        shown = tuple(result for result in results if result.broken and shows(rule, result))
        if shown:
            found.append(Finding(rule, shown))
    return found


def shows(rule, result):
    return result.how in rule.hows or any(verb_of(fault) in rule.verbs for fault in result.faults)


def rules_of(result):
    return [rule.name for rule in RULES if result.broken and shows(rule, result)]
