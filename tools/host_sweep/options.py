"""The command line of tools/sweep."""
import argparse
import os
import shutil
import textwrap

from host_sweep import faults, pool

DESCRIPTION = """\
Runs a host program again and again, each time against a fresh vmodem with one fault at the next position,
and tells which broke it. A run without a fault comes first: the host has to pass it, and the command lines,
URCs and datagrams in it are the positions. The host finds its port in VMODEM_PORT, or where {port} stands
among its arguments, and says by exit status 0 that it reached its goal. The module's time is virtual, its
seed fixed; every fault ends, so a host that keeps trying can pass. A host that is blocked for ever is ended
at once, one that is still running after the time-out then; both are broken."""

EPILOG = """\
tools/sweep merge DIR… joins what --results wrote. docs/sweep.md tells more.
exit status: 0 nothing broke the host, 1 something did, 2 wrong usage or the host fails without a fault
  tools/sweep -- docs/examples/careless_host.py
  tools/sweep --only drop-result@command#3 -- ./my_host --port {port}"""


def positive(kind):
    def convert(text):
        value = kind(text)
        if not 0 < value < 1e9:
            raise argparse.ArgumentTypeError(f"{text} is not above 0")
        return value
    convert.__name__ = kind.__name__
    return convert


def seed(text):
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{text} is below 0")
    return value


def columns():
    return min(max(shutil.get_terminal_size().columns, 80), 110)


def fault_text():
    return textwrap.fill("faults: " + ", ".join(faults.verbs()), columns(), break_on_hyphens=False)


def formatter(prog):
    return argparse.RawDescriptionHelpFormatter(prog, max_help_position=26, width=columns())


def make_parser():
    parser = argparse.ArgumentParser(
        prog="tools/sweep", usage="tools/sweep [options] -- HOST [ARGUMENT…]", description=DESCRIPTION,
        epilog=f"{fault_text()}\n{EPILOG}", allow_abbrev=False, formatter_class=formatter)
    add = parser.add_argument
    add("--faults", metavar="LIST", help="only these, separated by \",\"")
    add("--list", action="store_true", help="print what would run, a fault a line, and end")
    add("--first", metavar="FAULT", help="leave out what comes before this one")
    add("--only", metavar="FAULT", action="append",
        help="this one, any VERB@WHEN of vmodem, or several as \"A + B\"; may be repeated")
    add("--pairs", metavar="N", type=positive(int), default=0,
        help="then N pairs of faults that each pass; what breaks is shrunk")
    add("--explore", metavar="N", type=positive(int), default=0,
        help="faults and pairs likeliest to show a new state, until N runs showed none")
    add("--scenario", metavar="FILE", help="the faults of a scenario file, together")
    add("--shrink", action="store_true", help="--scenario: down to the fewest that break the host")
    add("--timeout", metavar="SECONDS", type=positive(float),
        help="of a run (default: by the run without a fault)")
    add("--jobs", metavar="N", type=positive(int), default=pool.default_jobs(),
        help=f"runs at a time (default: {pool.JOBS_PER_CORE} a core)")
    add("--seed", metavar="N", type=seed, default=1, help="chance of modem, pairs, exploring (default 1)")
    add("--results", metavar="DIR", help="keep results there; what it has is not run again")
    add("--shard", metavar="I/N", help="only this part; auto: as Slurm, Kubernetes or a CI says")
    add("--json", action="store_true", help="the outcome as one line of JSON")
    add("--junit", metavar="FILE", help="the outcome for CI")
    add("--vmodem", metavar="PROGRAM", default=os.environ.get("VMODEM"),
        help="the modem (default: $VMODEM, else what tools/build makes)")
    add("--with", metavar="OPTION", action="append", default=[], dest="options",
        help="one more option of vmodem, as --with=--config=modem.toml")
    add("host", metavar="HOST", nargs="+", help=argparse.SUPPRESS)
    return parser


# Two of a row cannot be told together.
APART = (
    ("only", "faults", "first"),
    ("scenario", "only", "faults", "first", "pairs", "explore", "shard", "list"),
    ("explore", "pairs", "shard", "results", "only", "list"),
)


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
    for name, *others in APART:
        for other in others:
            if getattr(arguments, name) and getattr(arguments, other):
                parser.error(f"--{name} and --{other} do not go together")
    if arguments.shrink and not arguments.scenario:
        parser.error("--shrink is for --scenario FILE; pairs are shrunk anyway")
    return arguments
