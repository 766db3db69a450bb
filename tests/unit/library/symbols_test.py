#!/usr/bin/python3
"""What the library shows: vmodem_* of version VMODEM_1, and nothing else.

Usage: symbols_test.py LIBVMODEM.SO LIBVMODEM.A
"""
import re
import subprocess
import sys


def symbols(*command):
    listing = subprocess.run(["nm", "--defined-only", *command], check=True, capture_output=True, text=True).stdout
    return {line.split()[2] for line in listing.splitlines() if len(line.split()) == 3}


def main():
    shared, archive = sys.argv[1:3]
    shown = symbols("-D", shared) - {"VMODEM_1"}
    wrong = [name for name in shown if not re.fullmatch(r"vmodem_\w+@@VMODEM_1", name)]
    functions = {name.partition("@")[0] for name in shown}
    # The sanitizer's own, where one is built in.
    in_archive = symbols("--extern-only", archive) - {"___asan_globals_registered"}
    if wrong:
        print(f"{shared} shows what is not its own: {sorted(wrong)}")
    if in_archive != functions:
        print(f"{archive} differs from {shared}: {sorted(in_archive ^ functions)[:10]}")
    return 0 if not wrong and len(functions) == 15 and in_archive == functions else 1


if __name__ == "__main__":
    sys.exit(main())
