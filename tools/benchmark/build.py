#!/usr/bin/python3
"""CPU seconds of builds, with the batches of cmake/Module.cmake and without, in turns on one machine.

Each change touches one line of a finished build, in a copy of the sources. No compiler cache.

Usage: build.py [--json] [--runs N] [--targets vmodem|all]
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHANGED = ("at_engine/engine.cc", "firmware/coap/client.h")
ENVIRONMENT = os.environ | {"CCACHE_DISABLE": "1"}


def cpu_seconds(command, directory):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=directory, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Tree:
    """A copy of what git tracks, configured one way."""

    def __init__(self, directory, batches):
        self.directory, self.batches = directory, batches
        archive = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
        for name in archive.decode().split("\0")[:-1]:
            target = directory / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)

    def cold(self, target):
        build = self.directory / "build"
        shutil.rmtree(build, ignore_errors=True)
        configure = ["cmake", "--preset", "release", "--log-level=ERROR",
                     f"-DVMODEM_BATCHES={'ON' if self.batches else 'OFF'}"]
        subprocess.run(configure, cwd=self.directory, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
        return self.build(target)

    def build(self, target):
        return cpu_seconds(["cmake", "--build", "build/release", "--target", target], self.directory)

    def change(self, name):
        path = self.directory / name
        path.write_text(path.read_text() + "// one line more\n")
        return self.build("vmodem")


def measure(trees, runs, everything):
    rows = {}

    def note(name, tree, seconds):
        rows.setdefault(name, {True: [], False: []})[tree.batches].append(seconds)
        print(f"  {name}, {'batches' if tree.batches else 'one by one'}: {seconds:.1f} s", file=sys.stderr)

    for _ in range(runs):
        for tree in trees:
            note("cold build of vmodem", tree, tree.cold("vmodem"))
            for name in CHANGED:
                note(f"one line in {name}", tree, tree.change(name))
            if everything:
                note("cold build of everything", tree, tree.cold("all"))
    return {name: {batches: statistics.median(times) for batches, times in both.items()}
            for name, both in rows.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--targets", choices=("vmodem", "all"), default="all")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as parent:
        trees = [Tree(pathlib.Path(parent) / name, batches)
                 for name, batches in (("batches", True), ("single", False))]
        rows = measure(trees, options.runs, options.targets == "all")
    if options.json:
        print(json.dumps([{"name": name, "unit": "s of CPU", "vmodem": row[True], "floor": row[False]}
                          for name, row in rows.items()]))
        return
    print(f"{'':44}{'batches':>12}{'one by one':>12}{'ratio':>8} unit")
    for name, row in rows.items():
        print(f"{name:<44}{row[True]:>12.1f}{row[False]:>12.1f}{row[True] / row[False]:>8.2f} s of CPU")


if __name__ == "__main__":
    main()
