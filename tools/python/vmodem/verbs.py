"""The fault table as functions. It is asked for when it is needed, so that nothing is listed twice."""
from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Any

from .values import Duration, Record, duration_text

Post = Callable[[str, dict[str, Any]], Record]


class Verb:
    """A verb of docs/faults.md, to be called with its arguments by name, or in order: the needed ones first."""

    def __init__(self, row: Record, post: Post) -> None:
        self.name: str = row.name
        self.arguments: list[Record] = row.arguments
        self._post = post
        needed = [argument for argument in self.arguments if not argument.is_optional]
        self._order = needed + [argument for argument in self.arguments if argument.is_optional]
        self.__doc__ = f"{row.help} Arguments: {self.signature()}"

    def signature(self) -> str:
        """As "CAUSE [DURATION] [when]", each with what it may be."""
        said = [f"[{argument.name}]" if argument.is_optional else str(argument.name) for argument in self._order]
        return " ".join([*said, "[when]"])

    def __call__(self, *values: Any, when: Duration | None = None, **named: Any) -> Record:
        if len(values) > len(self._order):
            raise TypeError(f"{self.name} has {len(self._order)} arguments, not {len(values)}: {self.signature()}")
        given = {str(argument.name): value for argument, value in zip(self._order, values)}
        if twice := given.keys() & named.keys():
            raise TypeError(f"{self.name} is given {', '.join(sorted(twice))} twice")
        given |= named
        types = {str(argument.name): argument.type for argument in self.arguments}
        body = {name: duration_text(value) if types.get(name) == "duration" and value is not None else value
                for name, value in given.items()}
        if when is not None:
            body["when"] = duration_text(when)
        return self._post(f"/verbs/{self.name}", body)

    def __repr__(self) -> str:
        return f"<verb {self.name} {self.signature()}>"


class Verbs:
    """`verbs.registration_lost("30s")`, `verbs["registration-lost"](duration="30s")`; iterable by name."""

    def __init__(self, fetch: Callable[[], list[Record]], post: Post) -> None:
        self._fetch, self._post = fetch, post
        self._found: dict[str, Verb] = {}

    @property
    def _table(self) -> dict[str, Verb]:
        if not self._found:
            self._found = {row.name: Verb(row, self._post) for row in self._fetch()}
        return self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def __getitem__(self, name: str) -> Verb:
        """By the name of the table, or as Python spells it."""
        found = self._table.get(name.replace("_", "-"))
        if found is None:
            near = difflib.get_close_matches(name.replace("_", "-"), self._table, 3) or sorted(self._table)
            raise KeyError(f"there is no verb {name}; right would be {' or '.join(near)}")
        return found

    def __getattr__(self, name: str) -> Verb:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(error.args[0]) from None

    def __dir__(self) -> list[str]:
        return [name.replace("-", "_") for name in self]
