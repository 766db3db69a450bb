#!/usr/bin/python3
"""Writes copies of the modem's sources that hold every mutant of the lists, each behind a question for it.

Usage: schemata.py SOURCE_DIR OUTPUT_DIR LIST.toml…      writes the copies and mutants.inc
       schemata.py --files LIST.toml…                    prints the sources that have mutants
"""
import collections
import pathlib
import re
import sys
import tomllib
import zlib

WANTED = {"name", "says", "file", "kind", "original", "mutated"}
ALLOWED = WANTED | {"case"}
NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
# A constant of a namespace or a class: "constexpr", its type, its name, its value.
CONSTANT = re.compile(r"((?:inline |static )*)constexpr (.+?)\b(\w+)\s*[{(=][^;]*;", re.DOTALL)


class Mistake(Exception):
    """In a list: where, what is wrong, what would be right."""


class Mutant:
    def __init__(self, path, line, row):
        self.where = f"{path}:{line}"
        self.list = path.stem
        for key in sorted(ALLOWED):
            setattr(self, key, row.get(key, ""))
        self.number = zlib.crc32(self.name.encode())

    def mistake(self, wrong, right):
        return Mistake(f"{self.where}: mutant '{self.name}': {wrong}; right: {right}")

    @property
    def question(self):
        return f"::vmodem::mutants::is({self.number}U /* {self.name} */)"


def read_list(path):
    text = path.read_text()
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Mistake(f"{path}: {error}; right: TOML") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[mutant]]"]
    mutants = [Mutant(path, line, row) for line, row in zip(lines, rows.get("mutant", []))]
    if rows.keys() - {"mutant"} or len(mutants) != len(rows.get("mutant", [])) or not mutants:
        raise Mistake(f"{path}: it has something else than [[mutant]]; right: a list of [[mutant]]")
    for mutant, row in zip(mutants, rows["mutant"]):
        check(mutant, row)
    return mutants


def check(mutant, row):
    if wrong := sorted(row.keys() - ALLOWED) or sorted(WANTED - row.keys()):
        raise mutant.mistake(f"'{wrong[0]}' is {'missing' if wrong[0] in WANTED else 'no key'}",
                             f"{', '.join(sorted(WANTED))} and perhaps case")
    if not NAME.fullmatch(mutant.name):
        raise mutant.mistake("that is no name", "words_with_lower_lines")
    if mutant.kind not in KINDS:
        raise mutant.mistake(f"'{mutant.kind}' is no kind", f"one of {', '.join(KINDS)}")
    if mutant.original == mutant.mutated and mutant.list != "proof":
        raise mutant.mistake("it changes nothing", "text that differs from the original")


# --- Kinds: what stands in place of an original --------------------------------------------------------


def expression(original, mutants):
    text = f"({original})"
    for mutant in reversed(mutants):
        text = f"({mutant.question} ? ({mutant.mutated}) : {text})"
    return text


def statement(original, mutants):
    text = f"{{ {original} }}"
    for mutant in reversed(mutants):
        text = f"if ({mutant.question}) {{ {mutant.mutated} }} else {text}"
    return text


def constant(original, mutants):
    """No constant any more: the mutant sets it before the case begins."""
    match = CONSTANT.fullmatch(original.strip())
    if not match:
        raise mutants[0].mistake("its original is no constant", "'constexpr TYPE NAME = VALUE;', whole")
    # As in a class: a constant is inline there by itself, a variable is not.
    words = match[1].replace("static ", "static inline ")
    name = match[3]
    text = original.replace(match[1] + "constexpr ", words, 1)
    for mutant in mutants:
        text += (f"\n{words}const ::vmodem::mutants::Setter mutant_{mutant.number}{{{mutant.number}U, "
                 f"[] {{ {name} = {mutant.mutated}; }}}};  // {mutant.name}")
    return text


KINDS = {"expression": expression, "statement": statement, "constant": constant}


# --- Files ---------------------------------------------------------------------------------------------


def place_of(mutant, text):
    count = text.count(mutant.original)
    if count != 1:
        raise mutant.mistake(f"its original stands {count} times in {mutant.file}",
                             "text that stands there once, all of its lines as they are")
    begin = text.index(mutant.original)
    return begin, begin + len(mutant.original)


def places_of(mutants, text):
    """[((begin, end), the mutants there)], the last one first."""
    places = collections.defaultdict(list)
    for mutant in mutants:
        places[place_of(mutant, text)].append(mutant)
    ordered = sorted(places.items(), reverse=True)
    for ((begin, _), later), ((_, end), earlier) in zip(ordered, ordered[1:]):
        if end > begin:
            raise later[0].mistake(f"its original overlaps that of '{earlier[0].name}'",
                                   "the same text for both, or texts apart")
    for _, here in ordered:
        if len({mutant.kind for mutant in here}) > 1:
            raise here[1].mistake(f"'{here[0].name}' has the same original in another kind", "one kind")
    return ordered


def mutated_text(text, mutants):
    for (begin, end), here in places_of(mutants, text):
        text = text[:begin] + KINDS[here[0].kind](text[begin:end], here) + text[end:]
    return '#include "tests/mutants/mutant.h"\n' + text


def table_text(mutants):
    def quoted(text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    rows = [f"{{{m.number}U, {quoted(m.name)}, {quoted(m.list)}, {quoted(m.says)}, {quoted(m.case)}}},\n"
            for m in mutants]
    return "".join(rows)


def write(path, text):
    """Keeps the time of a file that is as it was, and so what is compiled from it."""
    if path.exists() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def read_lists(paths):
    mutants, names = [], {}
    for path in sorted(paths):
        mutants += read_list(path)
    for mutant in mutants:
        other = names.setdefault(mutant.number, mutant)
        if other is not mutant:
            raise mutant.mistake(f"{other.where} has that name, or one of the same checksum", "a name of its own")
    return mutants


def generate(source, output, paths):
    mutants = read_lists(paths)
    by_file = collections.defaultdict(list)
    for mutant in mutants:
        by_file[mutant.file].append(mutant)
    for file, here in by_file.items():
        original = source / file
        if not original.is_file():
            raise here[0].mistake(f"there is no {file}", "a file of the modem, from the top level")
        write(output / file, mutated_text(original.read_text(), here))
    write(output / "mutants.inc", table_text(mutants))


def main():
    try:
        if sys.argv[1] == "--files":
            print("\n".join(sorted({m.file for m in read_lists(map(pathlib.Path, sys.argv[2:]))})))
        else:
            source, output, *lists = map(pathlib.Path, sys.argv[1:])
            generate(source, output, lists)
    except Mistake as mistake:
        sys.exit(str(mistake))


if __name__ == "__main__":
    main()
