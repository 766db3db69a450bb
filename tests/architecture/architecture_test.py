#!/usr/bin/python3
"""Holds the picture of docs/architecture.md: who may include whom, and what sans-IO code may call.

And what cmake/Module.cmake relies on: a source includes its own header first.

Usage: architecture_test.py SOURCE_DIR BUILD_DIR
"""
import pathlib
import re
import subprocess
import sys

# Folder (longest prefix wins) → folders whose headers it may include. docs/architecture.md draws this.
MAY_INCLUDE = {
    "firmware/base": {"firmware/base"},
    "at_engine": {"at_engine", "firmware/base"},
    "coap_core": {"coap_core", "firmware/base"},
    "dtls": {"dtls", "firmware/base"},
    "ufs": {"ufs", "firmware/base"},
    "net": {"net", "firmware/base"},
    "firmware": {"firmware", "firmware/commands", "firmware/base", "at_engine", "coap_core", "dtls", "ufs"},
    "firmware/commands": {"firmware", "firmware/commands", "firmware/base", "at_engine", "coap_core",
                          "dtls", "ufs"},
    "firmware/testbed": {"firmware", "firmware/testbed", "firmware/testbed/serial", "firmware/base",
                         "at_engine", "net", "ufs"},
    "firmware/testbed/serial": {"firmware/testbed/serial", "firmware/base", "at_engine"},
    "firmware/app": {"firmware", "firmware/commands", "firmware/testbed", "firmware/app", "firmware/base", "at_engine",
                     "coap_core", "dtls", "ufs", "net"},
}

# Third-party headers that stay in one place.
CONFINED = {
    "coap3/": {"coap_core/codec.cc"},
    "mbedtls/": "dtls/",
    "psa/": "dtls/",
    "spdlog/": "firmware/app/",
    "CLI/": "firmware/app/",
    "toml++/": "firmware/app/",
}

INCLUDE = re.compile(r'#include ["<]([^">]+)[">]')

SANS_IO = ["base", "at_engine", "coap_core", "dtls", "ufs", "net_endpoint", "net_link", "net_sim", "modem",
           "testbed", "testbed_serial"]

# What a calculator never calls: clocks, sockets, files, threads, entropy, sleeps, logging.
FORBIDDEN = re.compile(
    r"^(time|gettimeofday|clock_gettime|clock|nanosleep|usleep|sleep|"
    r"socket|bind|connect|send|sendto|sendmsg|recv|recvfrom|recvmsg|poll|select|epoll_\w+|getaddrinfo|"
    r"open|openat|fopen|read|write|fsync|rename|unlink|stat|opendir|"
    r"pthread_create|fork|getrandom|getentropy|rand|random|syslog|printf|puts|"
    r"_ZNSt6chrono3_V2.*now.*|_ZNSt13random_device.*|_ZNSt6thread.*|_ZN6spdlog.*|_ZSt4cout)$")
# The one line a broken invariant leaves behind.
ALLOWED_FILES = {"check.cc.o"}


def folder_of(path, source):
    relative = path.relative_to(source).as_posix()
    matches = [folder for folder in MAY_INCLUDE if relative.startswith(folder + "/")]
    return max(matches, key=len) if matches else None


def included_folder(header):
    matches = [folder for folder in MAY_INCLUDE if header.startswith(folder + "/")]
    return max(matches, key=len) if matches else None


def check_includes(source):
    problems = []
    sources = [p for folder in ("firmware", "at_engine", "coap_core", "dtls", "ufs", "net")
               for p in (source / folder).rglob("*") if p.suffix in (".h", ".cc")]
    for path in sources:
        folder = folder_of(path, source)
        relative = path.relative_to(source).as_posix()
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            header = match.group(1)
            target = included_folder(header)
            allowed = MAY_INCLUDE[folder] if not is_world(relative) else MAY_INCLUDE[folder] | WORLD
            if target and target not in allowed:
                problems.append(f"{relative}:{number}: {folder} may not include {header}")
            for prefix, where in CONFINED.items():
                if header.startswith(prefix) and not is_confined(relative, where):
                    problems.append(f"{relative}:{number}: {header} belongs in {where} only")
    return problems


# net_sim is a world, not a part of the modem: it speaks the protocols of its servers.
WORLD = {"coap_core", "dtls"}


def is_world(relative):
    return relative.startswith("net/sim/")


def is_confined(relative, where):
    return relative.startswith(where) if isinstance(where, str) else relative in where


def check_own_header_first(source):
    """So that every build of the source shows that the header stands alone."""
    problems = []
    for folder in ("firmware", "at_engine", "coap_core", "dtls", "ufs", "net", "tools", "tests"):
        for path in (source / folder).rglob("*.cc"):
            header = path.with_suffix(".h")
            if not header.exists():
                continue
            relative, own = path.relative_to(source).as_posix(), header.relative_to(source).as_posix()
            directives = [line for line in path.read_text().splitlines() if line.startswith("#")]
            if directives[:1] != [f'#include "{own}"']:
                problems.append(f"{relative}: {own} is to be its first #include")
    return problems


def check_symbols(build):
    problems = []
    for library in SANS_IO:
        archives = list(build.rglob(f"lib{library}.a"))
        if len(archives) != 1:
            problems.append(f"lib{library}.a: expected one, found {len(archives)}")
            continue
        listing = subprocess.run(["nm", "--undefined-only", str(archives[0])], check=True,
                                 capture_output=True, text=True).stdout
        member = ""
        for line in listing.splitlines():
            if line.endswith(":"):
                member = line[:-1]
            elif line.strip():
                symbol = line.split()[-1]
                if FORBIDDEN.match(symbol) and member not in ALLOWED_FILES:
                    problems.append(f"lib{library}.a({member}) calls {symbol}: sans-IO code may not")
    return problems


def main():
    source, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    problems = check_includes(source) + check_own_header_first(source) + check_symbols(build)
    print("\n".join(problems) if problems else "the picture holds")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
