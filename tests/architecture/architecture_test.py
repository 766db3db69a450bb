#!/usr/bin/python3
"""Holds the house of rooms.toml: who may include whom, what a target links, and what calculators may call.

Usage: architecture_test.py SOURCE_DIR BUILD_DIR
"""
import json
import pathlib
import re
import subprocess
import sys

import rooms as house

TOP = ("firmware", "at_engine", "coap_core", "dtls", "ufs", "net")
INCLUDE = re.compile(r'#include ["<]([^">]+)[">]')

# Third-party headers: the target that brings each, and the one place it may stand in.
THIRD_PARTY = {
    "coap3/": ("vendor_libcoap", "coap_core/codec.cc"),
    "mbedtls/": ("vendor_mbedtls", "dtls/"),
    "psa/": ("vendor_mbedtls", "dtls/"),
    "spdlog/": ("vendor_spdlog", "firmware/app/"),
    "CLI/": ("CLI11::CLI11", "firmware/app/"),
    "toml++/": (None, "firmware/configuration/"),
    "microhttpd.h": ("vendor_microhttpd", "firmware/app/http/"),
    "nlohmann/": ("nlohmann_json::nlohmann_json",
                  ("firmware/app/", "firmware/control/", "firmware/journal/reader/", "firmware/recording/")),
}

THIRD_PARTY_TARGETS = {target for target, _ in THIRD_PARTY.values() if target}

# What a calculator never calls: clocks, sockets, files, threads, entropy, sleeps, logging.
FORBIDDEN = re.compile(
    r"^(time|gettimeofday|clock_gettime|clock|nanosleep|usleep|sleep|"
    r"socket|bind|connect|send|sendto|sendmsg|recv|recvfrom|recvmsg|poll|select|epoll_\w+|getaddrinfo|"
    r"open|openat|fopen|read|write|fsync|rename|unlink|stat|opendir|"
    r"pthread_create|fork|getrandom|getentropy|rand|random|syslog|printf|puts|"
    r"_ZNSt6chrono3_V2.*now.*|_ZNSt13random_device.*|_ZNSt6thread.*|_ZN6spdlog.*|_ZSt4cout)$")
# The one line a broken invariant leaves behind; compiled with others of its room.
ALLOWED = {("base", "puts"), ("base", "printf"), ("base", "fprintf")}

# Gives another room's face another inside.
STANDS_IN_FOR = {"fake_modem": "modem"}

SOURCES_MAX, SOURCE_LINES_MAX, HEADER_LINES_MAX = 15, 350, 180


class House:
    def __init__(self, source, build):
        self.source, self.build = source, build
        self.rooms = house.load(source)
        self.targets = json.loads((build / "targets.json").read_text())
        self.problems = []
        self.owner = {}  # header or source of a room → room
        for name, target in self.targets.items():
            folder = pathlib.Path(target["folder"]).relative_to(source).as_posix()
            target["files"] = [self.path_in(folder, f)
                               for f in target["sources"] + target["face"] + target["inner"]]
            if target["is_room"]:
                self.owner.update(dict.fromkeys(target["files"], name))

    def path_in(self, folder, file):
        path = (self.source / folder / file).resolve()
        return path.relative_to(self.source).as_posix() if path.is_relative_to(self.source) else file

    def tell(self, problem):
        self.problems.append(problem)

    def includes(self, path):
        for number, line in enumerate((self.source / path).read_text().splitlines(), 1):
            if match := INCLUDE.match(line):
                yield number, match.group(1)

    def check_table(self):
        for name, room in self.rooms.items():
            if name not in self.targets:
                self.tell(f"rooms.toml: [{name}] has no target; name it as its vmodem_room() does")
            if name in house.reachable(self.rooms, name):
                self.tell(f"rooms.toml: [{name}] stands in a circle; what both need goes down")
            if not room.goes_in:
                self.tell(f"{room.door}:1: the door of {name} says what goes in and out: '// In:  ….' and "
                          "'// Out: ….' behind its first paragraph")
        for name, target in self.targets.items():
            below = any(f.startswith(TOP) for f in target["files"])
            if target["is_room"] and below and name not in self.rooms:
                self.tell(f"rooms.toml: there is no [{name}]; say which rooms it may include")

    def check_files(self):
        for top in TOP:
            for path in sorted((self.source / top).rglob("*")):
                relative = path.relative_to(self.source).as_posix()
                if path.suffix in (".h", ".cc") and relative not in self.owner and path.name != "main.cc":
                    self.tell(f"{relative}: no room lists it in its CMakeLists.txt")

    def check_room(self, name, room):
        used, third = {}, set()
        for path in self.targets[name]["files"]:
            for number, header in self.includes(path):
                third |= self.check_third_party(path, number, header)
                other = self.owner.get(header)
                if other is None or other == name:
                    continue
                used[other] = used.get(other, False) or path.endswith(".h")
                self.check_arrow(name, room, other, f"{path}:{number}")
                self.check_face(other, header, f"{path}:{number}")
        for other in room.may_include:
            if other not in used:
                self.tell(f"rooms.toml: [{name}] includes nothing of {other} any more; strike it out")
        self.check_links(name, used)
        linked = THIRD_PARTY_TARGETS & set(self.targets[name]["links"])
        for link in sorted(third ^ linked):
            self.tell(f"{self.list_of(name)}: {name} {'links' if link in linked else 'lacks'} {link}, which it "
                      f"{'does not include' if link in linked else 'includes'}")

    def list_of(self, name):
        folder = pathlib.Path(self.targets[name]["folder"])
        return f"{folder.relative_to(self.source).as_posix()}/CMakeLists.txt"

    def check_arrow(self, name, room, other, where):
        if other in room.may_include or other not in self.rooms:
            return
        if name in house.reachable(self.rooms, other):
            self.tell(f"{where}: {name} includes upwards, from {other}; what both need goes down, or comes in "
                      "as an argument")
        else:
            self.tell(f"{where}: {name} may not include {other}; what both need goes down, or rooms.toml gets "
                      "the arrow")

    def check_face(self, other, header, where):
        target = self.targets[other]
        if pathlib.PurePosixPath(header).name in target["inner"]:
            self.tell(f"{where}: {header} is inside of {other}; its face is {', '.join(target['face'])}")

    def check_third_party(self, path, number, header):
        """The targets that bring `header`."""
        found = {prefix: row for prefix, row in THIRD_PARTY.items() if header.startswith(prefix)}
        for _, place in found.values():
            if path.startswith(TOP) and not path.startswith(place):
                self.tell(f"{path}:{number}: {header} belongs in {' or '.join([place] if isinstance(place, str) else place)} only")
        return {target for target, _ in found.values() if target}

    def check_links(self, name, used):
        target = self.targets[name]
        public = {link for link in target["public_links"] if link in self.rooms}
        linked = {link for link in target["links"] if link in self.rooms} | public
        where = self.list_of(name)
        for other in sorted(set(used) & set(self.rooms) - linked):
            self.tell(f"{where}: {name} includes {other} and does not link it")
        for other in sorted(linked - set(used)):
            self.tell(f"{where}: {name} links {other} and includes nothing of it")
        for other in sorted(linked & set(used)):
            if used[other] != (other in public):
                self.tell(f"{where}: {name} includes {other} from {'a header' if used[other] else 'sources'}: "
                          f"link it {'PUBLIC' if used[other] else 'PRIVATE'}")

    # A program or test: what its own files include is linked, directly or by what it links.
    def check_program(self, name):
        target = self.targets[name]
        linked = {room for link in target["links"] for room in self.closure(link)}
        linked.add(STANDS_IN_FOR.get(name))
        for path in target["files"]:
            if not (self.source / path).exists():
                continue
            for number, header in self.includes(path):
                other = self.owner.get(header)
                if other and other not in linked:
                    self.tell(f"{path}:{number}: {name} includes {other} and does not link it")
                if other and not path.startswith("tests/"):
                    self.check_face(other, header, f"{path}:{number}")

    def closure(self, link):
        found, todo = set(), [link]
        while todo:
            name = todo.pop()
            if name in self.targets and name not in found:
                found.add(name)
                todo += self.targets[name]["public_links"]
        return found

    def check_own_header_first(self):
        """So that a source read alone shows that its header stands alone."""
        for folder in (*TOP, "tools", "tests"):
            for path in sorted((self.source / folder).rglob("*.cc")):
                header = path.with_suffix(".h")
                own = header.relative_to(self.source).as_posix()
                directives = [line for line in path.read_text().splitlines() if line.startswith("#")]
                if header.exists() and directives[:1] != [f'#include "{own}"']:
                    self.tell(f"{path.relative_to(self.source)}: {own} is to be its first #include")

    def check_sizes(self):
        for top in (*TOP, "tools"):
            for folder in [self.source / top, *(self.source / top).rglob("*/")]:
                count = len(list(folder.glob("*.cc")))
                if count > SOURCES_MAX:
                    self.tell(f"{folder.relative_to(self.source)}: {count} sources in one room; it wants a "
                              "door in the middle")
            for path in (self.source / top).rglob("*.*"):
                limit = {".h": HEADER_LINES_MAX, ".cc": SOURCE_LINES_MAX}.get(path.suffix)
                if limit and len(path.read_text().splitlines()) > limit:
                    self.tell(f"{path.relative_to(self.source)}: over {limit} lines; which two things are it?")

    def check_symbols(self):
        for name, room in self.rooms.items():
            if room.system or not self.targets.get(name, {}).get("sources"):
                continue
            archives = list(self.build.rglob(f"lib{name}.a"))
            if len(archives) != 1:
                self.tell(f"lib{name}.a: expected one, found {len(archives)}")
                continue
            listing = subprocess.run(["nm", "--undefined-only", str(archives[0])], check=True,
                                     capture_output=True, text=True).stdout
            for line in listing.splitlines():
                symbol = line.split()[-1] if line.strip() and not line.endswith(":") else ""
                if FORBIDDEN.match(symbol) and (name, symbol) not in ALLOWED:
                    self.tell(f"lib{name}.a calls {symbol}: a calculator may not; or mark [{name}] as system")

    def check(self):
        self.check_table()
        self.check_files()
        for name, room in self.rooms.items():
            if name in self.targets:
                self.check_room(name, room)
        for name, target in self.targets.items():
            if name not in self.rooms:
                self.check_program(name)
        self.check_own_header_first()
        self.check_sizes()
        self.check_symbols()
        return self.problems


def main():
    source, build = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    problems = House(source, build).check()
    print("\n".join(problems) if problems else "the house stands as rooms.toml draws it")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
