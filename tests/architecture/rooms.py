"""The table of rooms (rooms.toml) with what their doors say of them."""
import pathlib
import re
import tomllib
from dataclasses import dataclass

DOOR = re.compile(r"// In:  (.+)\.\n// Out: (.+)\.\n")


@dataclass
class Room:
    name: str
    door: str
    may_include: list
    system: bool
    what: str
    goes_in: str
    comes_out: str


def load(source):
    table = tomllib.loads((source / "tests/architecture/rooms.toml").read_text())
    return {name: _room(source, name, row) for name, row in table.items()}


def _room(source, name, row):
    path = source / row["door"]
    text = path.read_text() if path.exists() else ""
    head = text.split("#pragma once")[0]
    if path.suffix == ".h" and head.startswith("/*"):  # a header of C
        head = re.sub(r"(?m)^(/\*| \*)(?= |$)", "//", head)
    lines = DOOR.search(head)
    first = " ".join(line[2:].strip() for line in head.split("\n//\n")[0].splitlines())
    what = re.split(r"(?<=[a-z)0-9&])\. (?=[A-Z])|\.$", first)[0]
    goes_in, comes_out = lines.groups() if lines else ("", "")
    return Room(name, row["door"], row["may_include"], row.get("system", False), what,
                goes_in, comes_out)


def reachable(rooms, name):
    """Every room that is below `name`; without end where there is a circle."""
    below, todo = set(), list(rooms[name].may_include)
    while todo:
        room = todo.pop()
        if room not in below:
            below.add(room)
            todo += rooms[room].may_include if room in rooms else []
    return below


def floors(rooms):
    """The rooms from the top floor to the ground; each stands above all that it includes."""
    height = {}

    def height_of(name):
        if name not in height:
            height[name] = 1 + max((height_of(r) for r in rooms[name].may_include), default=-1)
        return height[name]

    for name in rooms:
        height_of(name)
    return [[name for name in rooms if height[name] == floor]
            for floor in range(max(height.values()), -1, -1)]


def direct(rooms, name):
    """The arrows that no other arrow of the room implies."""
    arrows = rooms[name].may_include
    return [r for r in arrows if not any(r in reachable(rooms, other) for other in arrows)]


def folder(room):
    return str(pathlib.PurePosixPath(room.door).parent)
