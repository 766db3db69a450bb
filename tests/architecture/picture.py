#!/usr/bin/python3
"""Writes the picture of the house into docs/architecture.md; with --check only says whether it is there.

Usage: picture.py [--check] SOURCE_DIR
"""
import pathlib
import sys

import rooms as house

BEGIN = "<!-- rooms: made by tests/architecture/picture.py from rooms.toml and the doors -->\n"
END = "<!-- rooms end -->\n"


def picture(rooms):
    lines = [BEGIN, "```\n"]
    width = max(len(name) for name in rooms) + 1
    for number, floor in enumerate(house.floors(rooms)):
        for name in floor:
            arrows = " ".join(house.direct(rooms, name))
            lines.append(f"{name:<{width}}→ {arrows}\n" if arrows else f"{name}\n")
        lines.append("\n")
    lines[-1] = "```\n\n"
    lines += ["| room | what it is | in | out |\n", "|---|---|---|---|\n"]
    for room in rooms.values():
        mark = " ⚙" if room.system else ""
        lines.append(f"| [`{room.name}`](../{house.folder(room)}){mark} | {room.what} "
                     f"| {room.goes_in} | {room.comes_out} |\n")
    return "".join(lines + [END])


def main():
    check = "--check" in sys.argv
    source = pathlib.Path(sys.argv[-1])
    page = source / "docs/architecture.md"
    text = page.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = before + picture(house.load(source)) + after
    if made == text:
        return 0
    if check:
        print("docs/architecture.md: the picture is not that of rooms.toml and the doors; run tools/docs")
        return 1
    page.write_text(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
