"""Reading the journal (docs/journal.md), and asking whether something is in it."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Union

from .backend import Backend
from .control import Control
from .values import Entry, Record

Where = Mapping[str, Any]
Count = Union[int, tuple[int, Union[int, None]]]
MATCHES_MAX = 1000  # of a verdict
NEAREST_SHOWN_MAX = 5


@dataclasses.dataclass(frozen=True)
class Step:
    """One of an order: an entry behind that of the step before; with `last` the last such entry of all."""

    kind: str
    where: Where = dataclasses.field(default_factory=dict)
    last: bool = False

    def expectation(self) -> dict[str, Any]:
        return {"kind": self.kind, "where": dict(self.where), **({"last": True} if self.last else {})}


class Chain(list[Entry]):
    """What led to an entry, from the first cause to it; as a text a line each."""

    text: str

    def __str__(self) -> str:
        return self.text


def _number(entry: Entry | int) -> int:
    return entry.number if isinstance(entry, Entry) else entry


class Journal:
    """`modem.journal`. Fields are compared as those of docs/control.md, Verify: path="/rd" for equality,
    text={"starts_with": "+QCOAPRECV"} with a comparison. `since` is an entry, or its number."""

    def __init__(self, backend: Backend, control: Control) -> None:
        self._backend, self._control = backend, control

    def entries(self, *kinds: str, since: Entry | int = 0, where: Where | None = None, **fields: Any) -> list[Entry]:
        """Those that are kept, in their order."""
        found = self._backend.entries(_number(since), kinds)
        if not found:
            for kind in kinds:
                self._control.verify({"kind": kind})  # one that there is not is a mistake
        compared = {**(where or {}), **fields}
        if not compared:
            return found
        if not kinds:
            raise TypeError("fields are those of a kind of entry (docs/journal.md): name it")
        numbers = {number for kind in kinds for number in self._matches(kind, compared, _number(since))}
        return [entry for entry in found if entry.number in numbers]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries())

    @property
    def last(self) -> int:
        """The number of the last entry; 0: there is none."""
        found = self.entries()
        return found[-1].number if found else 0

    def wait_for(self, kind: str, *, since: Entry | int = 0, timeout: float = 10.0, where: Where | None = None,
                 **fields: Any) -> Entry:
        """The first of them behind `since`, one that is there already or one that comes. The time-out is the
        wall's for a process, and the module's in process."""
        compared = {**(where or {}), **fields}
        there = self.entries(kind, since=since)
        wanted = self._matches(kind, compared, _number(since))
        for entry in there:
            if entry.number in wanted:
                return entry
        seen = there[-1].number if there else _number(since)
        for entry in self._backend.wait(timeout, seen, [kind]):
            if entry.number in self._matches(kind, compared, entry.number - 1):
                return entry
        verdict = self._control.verify({"kind": kind, "where": compared, "since": _number(since)})
        raise TimeoutError(f"waited {timeout} s in vain: " + _explanation(verdict, kind, compared, None))

    def why(self, entry: Entry | int) -> Chain:
        """The chain of causes that ends with it."""
        found = self._control.why(_number(entry))
        chain = Chain(Entry(link) for link in found.entries)
        chain.text = found.text
        return chain

    def verify(self, kind: str | None = None, *, count: Count | None = None, since: Entry | int = 0,
               order: Sequence[Step | str] | None = None, where: Where | None = None, **fields: Any) -> list[int]:
        """The numbers of the entries that are as expected; AssertionError with those that come nearest where
        they are not so many: at least one without `count`, N, or (LEAST, MOST or None). With `order`, in place
        of a kind, there is one for each step."""
        __tracebackhide__ = True
        compared = {**(where or {}), **fields}
        expectation: dict[str, Any] = {"since": _number(since)}
        if order is not None:
            if kind is not None or compared or count is not None:
                raise TypeError("an order stands in place of kind, fields and count")
            steps = [Step(step) if isinstance(step, str) else step for step in order]
            verdict = self._control.verify(expectation | {"order": [step.expectation() for step in steps]})
            if not verdict.ok:
                step = steps[verdict.step]
                said = _explanation(verdict, step.kind, step.where, f"step {verdict.step + 1} of {len(steps)}")
                raise AssertionError(said)
            return list(verdict.matches)
        if kind is None:
            raise TypeError("what is expected is a kind of entry (docs/journal.md), or an order")
        expectation |= {"kind": kind, "where": compared}
        if isinstance(count, tuple):
            expectation["count"] = {"min": count[0], **({} if count[1] is None else {"max": count[1]})}
        elif count is not None:
            expectation["count"] = count
        verdict = self._control.verify(expectation)
        if not verdict.ok:
            raise AssertionError(_explanation(verdict, kind, compared, _counted(count)))
        return list(verdict.matches)

    def explained(self, count: int, is_wanted: Callable[[Entry], bool] = lambda entry: True) -> str:
        """The last entries with all that led to them, a line each."""
        shown: dict[int, Entry] = {}
        for entry in [entry for entry in self.entries() if is_wanted(entry)][-count:]:
            shown.update((link.number, link) for link in self.why(entry))
        return "\n".join(str(shown[number]) for number in sorted(shown))

    def _matches(self, kind: str, compared: Where, since: int) -> set[int]:
        numbers: set[int] = set()
        while True:
            verdict = self._control.verify({"kind": kind, "where": dict(compared), "since": since})
            numbers |= set(verdict.matches)
            if len(verdict.matches) < MATCHES_MAX:
                return numbers
            since = verdict.matches[-1]


def _counted(count: Count | None) -> str:
    if count is None:
        return "at least one"
    if not isinstance(count, tuple):
        return f"exactly {count}"
    return f"at least {count[0]}" if count[1] is None else f"{count[0]} to {count[1]}"


def _explanation(verdict: Record, kind: str, where: Where, expected: str | None) -> str:
    lines = [f"{expected or 'there is no'}: {kind} {_comparisons(where)}".rstrip()]
    matches: list[int] = verdict.matches
    if matches:
        lines.append(f"there are {len(matches)}: entries {', '.join(map(str, matches[:20]))}")
    for miss in verdict.nearest[:NEAREST_SHOWN_MAX]:
        lines.append(f"near: {str(Entry(miss.entry)).strip()}")
        for field in miss.differs:
            name = field.split(".")[0]
            lines.append(f"        {field} is {miss.entry.get(name)!r}, expected {where.get(name)!r}")
        if not miss.differs:
            lines.append("        that came too early")
    if not matches and not verdict.nearest:
        lines.append(f"no {kind} is in the journal")
    if not verdict.is_complete:
        lines.append("the first entries have gone from the journal's memory")
    return "\n".join(lines)


def _comparisons(where: Where) -> str:
    return " ".join(f"{name}={value!r}" for name, value in where.items())
