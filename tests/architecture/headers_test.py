#!/usr/bin/python3
"""Compiles every header of the product and its tools alone: batches of sources would hide what one lacks.

Usage: headers_test.py SOURCE_DIR COMPILER
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys

FOLDERS = ("firmware", "at_engine", "coap_core", "dtls", "ufs", "net", "tools")
FLAGS = ["-std=c++20", "-fsyntax-only", "-w", "-x", "c++", "-DFMT_SHARED"]


def main():
    source, compiler = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    headers = sorted(path for folder in FOLDERS for path in (source / folder).rglob("*.h"))

    def check(header):
        # By way of standard input: a header that is compiled itself warns of its #pragma once.
        line = f'#include "{header.relative_to(source)}"\n'
        made = subprocess.run([compiler, *FLAGS, f"-I{source}", "-"], input=line, text=True,
                              capture_output=True)
        return None if made.returncode == 0 else made.stderr

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = [problem for problem in pool.map(check, headers) if problem]
    print("\n".join(problems) if problems else f"{len(headers)} headers stand alone")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
