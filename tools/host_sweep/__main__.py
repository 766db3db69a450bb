"""Command line of tools/sweep."""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

import faults
import report
import runs

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSED, BROKE, REFUSED = 0, 1, 2

DESCRIPTION = """\
Runs a host program again and again, each time against a fresh vmodem with one fault at the next
position, and tells which positions broke it. A run without a fault comes first: the host has to
pass it, and the command lines, URCs and datagrams in it are the positions.

The host finds its port in the environment variable VMODEM_PORT; {port} in its arguments is
replaced by it. It says by its exit status whether it reached its goal: 0, or it is broken. One
that is still running after --timeout is broken too, and is ended.

The module lives on a virtual clock and with a fixed seed: what takes it minutes takes milliseconds,
and the same host gets the same answers. Every fault ends, so a host that keeps trying can pass."""

EPILOG = """\
exit status:
  0  nothing broke the host
  1  something did
  2  wrong usage, or the host fails without a fault

examples:
  tools/sweep -- docs/examples/careless_host.py
  tools/sweep --faults drop-result,reset --jobs 4 -- ./my_host --port {port}
  tools/sweep --only drop-result@command#3 -- ./my_host --port {port}"""


def positive(kind):
    def convert(text):
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(f"{text} is not above 0")
        return value
    return convert


def seed(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return value


def make_parser():
    parser = argparse.ArgumentParser(
        prog="tools/sweep", usage="tools/sweep [options] -- HOST [ARGUMENT…]",
        description=DESCRIPTION, epilog=EPILOG, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--faults", metavar="LIST",
        help="only these, separated by \",\": " + ", ".join(faults.verbs()))
    add("--list", action="store_true", help="print what would run, a fault a line, and end")
    add("--first", metavar="FAULT@POSITION", help="leave out what comes before this one")
    add("--only", metavar="FAULT@POSITION", action="append",
        help="only this one, which may be any fault of vmodem --help verbs; may be repeated")
    add("--timeout", metavar="SECONDS", type=positive(float), default=30.0,
        help="how long a run may take (default 30)")
    add("--jobs", metavar="N", type=positive(int), default=os.cpu_count() or 1,
        help="runs at a time (default: one a processor)")
    add("--seed", metavar="N", type=seed, default=1, help="the modem's chance (default 1)")
    add("--json", action="store_true", help="the outcome as one line of JSON")
    add("--vmodem", metavar="PROGRAM", default=os.environ.get("VMODEM"),
        help="the modem (default: $VMODEM, or else what tools/build makes)")
    add("--with", metavar="OPTION", action="append", default=[], dest="options",
        help="one more option of vmodem, as --with=--config=modem.toml; may be repeated")
    add("host", metavar="HOST", nargs="+", help=argparse.SUPPRESS)
    return parser


def parse(argv):
    parser = make_parser()
    if "--" not in argv and not {"-h", "--help"} & set(argv):
        parser.error("no \"--\" before the host command")
    split = argv.index("--") if "--" in argv else len(argv)
    arguments = parser.parse_args([*argv[:split], "--", *argv[split + 1:]])
    if arguments.faults is not None:
        arguments.faults = arguments.faults.split(",")
        for word in set(arguments.faults) - set(faults.verbs()):
            parser.error(f"--faults: \"{word}\" is none of {', '.join(faults.verbs())}")
    return arguments


def find_program(path):
    """As tools/run: everything that is needed is there afterwards."""
    if path:
        return str(pathlib.Path(path).resolve())
    for command in (["setup"], ["build", "release", "vmodem"]):
        subprocess.run([ROOT / "tools" / command[0], *command[1:]], stdout=sys.stderr, check=True)
    return str(ROOT / "build/release/bin/vmodem")


def refuse(text):
    print(f"tools/sweep: {text}", file=sys.stderr)
    return REFUSED


def choose(arguments, positions):
    """The faults to run, and what is wrong with the choice."""
    if arguments.only:
        return arguments.only, ""
    planned = faults.plan(positions, arguments.faults)
    if arguments.first is None:
        return planned, ""
    if arguments.first not in planned:
        return [], f"--first: {arguments.first} is not among what --list shows"
    return planned[planned.index(arguments.first):], ""


def sweep(setup, chosen, job_count):
    progress = report.Progress(len(chosen))
    with concurrent.futures.ThreadPoolExecutor(job_count) as pool:
        pending = [pool.submit(runs.run, setup, fault) for fault in chosen]
        try:
            for one in concurrent.futures.as_completed(pending):
                progress.tell(one.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [one.result() for one in pending]


def main(argv):
    arguments = parse(argv)
    try:
        program = find_program(arguments.vmodem)
    except (OSError, subprocess.CalledProcessError) as error:
        return refuse(f"there is no vmodem: {error}")
    setup = runs.Setup(program, tuple(arguments.host), arguments.seed, arguments.timeout,
                       tuple(arguments.options))
    baseline = runs.run(setup)
    if baseline.broken:
        return refuse("\n".join([f"the host fails without a fault: {baseline.broken}",
                                 *(f"    | {line}" for line in baseline.output)]))
    chosen, wrong = choose(arguments, baseline.positions)
    if wrong:
        return refuse(wrong)
    if arguments.list:
        print("\n".join(chosen))
        return PASSED
    results = sweep(setup, chosen, arguments.jobs)
    (report.print_json if arguments.json else report.print_result)(setup, baseline, results)
    return BROKE if any(result.broken for result in results) else PASSED


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except runs.NotReady as error:
        sys.exit(refuse(error))
    except KeyboardInterrupt:
        sys.exit(130)
