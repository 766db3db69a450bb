"""What a modem is told, as arguments of the program and as one TOML text for the library."""
from __future__ import annotations

import json
import os
import pathlib
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import StartFailed


def is_file(config: str | os.PathLike[str]) -> bool:
    return not isinstance(config, str) or ("\n" not in config and config.endswith(".toml"))


def value_text(value: Any) -> str:
    """As --set takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(value_text, value))
    return str(value)


def toml_text(config: str | os.PathLike[str] | None, keys: Mapping[str, Any]) -> str:
    """`config` with these keys, of which each is a path; keys win."""
    text = ""
    if config is not None:
        text = pathlib.Path(config).read_text() if is_file(config) else os.fspath(config)
    given = {name: value for name, value in keys.items() if value is not None}
    if not given:
        return text
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StartFailed(f"the configuration is no TOML: {error}") from error
    for name, value in given.items():
        _set(tree, _path(name), value)
    return "".join(f"{_key(name)} = {_toml(value)}\n" for name, value in tree.items())


def _path(name: str) -> list[str]:
    """Of a dotted key, in which a part may be quoted."""
    try:
        tree = tomllib.loads(f"{name} = 0")
    except tomllib.TOMLDecodeError as error:
        raise StartFailed(f"{name!r} is no key: {error}") from None
    path = []
    node: Any = tree
    while isinstance(node, dict):
        (part, node), = node.items()
        path.append(part)
    return path


def _set(tree: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        inner = tree.setdefault(part, {})
        if not isinstance(inner, dict):
            raise StartFailed(f"{'.'.join(path)}: {part} is no section of the configuration")
        tree = inner
    tree[path[-1]] = value


def _key(name: str) -> str:
    return _toml(name)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Iterable):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
