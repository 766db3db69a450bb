"""What comes from the modem, and durations as it takes them."""
from __future__ import annotations

import datetime
import json
from typing import Any, Union

Duration = Union[str, int, float, datetime.timedelta]
"""As "30s" or "250ms", or seconds."""


class Record(dict[str, Any]):
    """A JSON object whose members are attributes too."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"no {name} here, but {', '.join(self)}") from None


class Entry(Record):
    """An entry of the journal (docs/journal.md). The fields of its kind are attributes, and items."""

    number: int
    at: float
    because: int | None
    kind: str

    @property
    def fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.items() if name not in COMMON}

    def __str__(self) -> str:
        cause = f" ← {self.because}" if self.because is not None else ""
        said = " ".join(f"{name}={_short(value)}" for name, value in self.fields.items())
        return f"{self.number:>5} {self.at:>11.6f}  {self.kind} {said}{cause}"


COMMON = ("number", "at", "because", "kind", "wall")
VALUE_SIZE_MAX = 120


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= VALUE_SIZE_MAX else text[:VALUE_SIZE_MAX] + "…"


class Notice(Record):
    """What a stream of events tells beside entries: `name` is "lost", with a count of the entries that have
    gone, or "back", with the number of the last entry that stays."""

    name: str


def parse(text: str | bytes) -> Any:
    return json.loads(text, object_hook=Record) if text else None


def seconds(duration: Duration) -> float:
    if isinstance(duration, datetime.timedelta):
        return duration.total_seconds()
    if not isinstance(duration, str):
        return float(duration)
    for unit, factor in (("ms", 0.001), ("min", 60), ("h", 3600), ("s", 1)):
        number = duration.removesuffix(unit)
        if number != duration and number.isdigit():
            return int(number) * factor
    raise ValueError(f"{duration!r} is no duration; right would be \"30s\", \"250ms\", \"2min\", or seconds")


def duration_text(duration: Duration) -> str:
    """As the control interface takes it. Texts pass as they are: the program tells what is wrong with them."""
    if isinstance(duration, str):
        return duration
    milliseconds = round(seconds(duration) * 1000)
    return f"{milliseconds}ms" if milliseconds % 1000 else f"{milliseconds // 1000}s"
