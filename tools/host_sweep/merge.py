"""tools/sweep merge: the results of several shards as those of one sweep."""
import argparse
import pathlib
import shutil

from host_sweep import report
from host_sweep import results as files
from host_sweep.faults import Position, parse_name
from host_sweep.runs import Limit, Setup

GAPS_TOLD = 5


def merge(folders):
    """The plan, and the results in its order; BadFolder where they do not fit together."""
    first = folders[0]
    plan, merged, origin = {}, {}, {}
    for folder in folders:
        if folder.manifest["digest"] != first.manifest["digest"]:
            raise files.BadFolder(f"{folder.name} is of another setup than {first.name}: "
                                  f"{difference(first.manifest['setup'], folder.manifest['setup'])}")
        plan.update(dict.fromkeys(folder.manifest["plan"]))
        for name, result in folder.results.items():
            if name in merged and disagree(merged[name], result):
                raise files.BadFolder(f"{name}: {origin[name]} has \"{verdict(merged[name])}\", "
                                      f"{folder.name} \"{verdict(result)}\"")
            merged.setdefault(name, result)
            origin.setdefault(name, folder.name)
    gaps = [name for name in plan if name not in merged]
    if gaps:
        more = ", …" if len(gaps) > GAPS_TOLD else ""
        raise files.BadFolder(f"{len(gaps)} of {len(plan)} faults have not run: "
                              f"{', '.join(gaps[:GAPS_TOLD])}{more}")
    return list(plan), [merged[name] for name in plan]


def difference(one, other):
    key = next(key for key in one if one[key] != other.get(key))
    return f"{key} {other.get(key)} instead of {one[key]}"


def disagree(one, other):
    return (one.how, bool(one.broken)) != (other.how, bool(other.broken))


def verdict(result):
    return result.broken or "passed"


def limit_of(folders):
    if given := folders[0].manifest["setup"]["timeout"]:
        return Limit(given, "--timeout")
    return Limit(max(folder.manifest["timeout_seconds"] for folder in folders), "the longest of the shards")


def copy_into(target, folders, plan):
    """The target is then a folder as --results writes one."""
    path = pathlib.Path(target)
    path.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        for name in folder.results:
            file = files.file_name(parse_name(name))
            if pathlib.Path(folder.name, file).resolve() != (path / file).resolve():
                shutil.copyfile(pathlib.Path(folder.name, file), path / (file + ".part"))
                (path / (file + ".part")).replace(path / file)
    files.write_json(path / files.MANIFEST, {**folders[0].manifest, "plan": plan})


def make_parser():
    parser = argparse.ArgumentParser(
        prog="tools/sweep merge", allow_abbrev=False,
        description="Joins what --results has written on several machines. Refused are folders of "
                    "different setups, faults with two verdicts, and faults that nobody has run.")
    add = parser.add_argument
    add("folders", metavar="DIR", nargs="+", help="a folder of --results")
    add("--into", metavar="DIR", help="write them all there, to go on from")
    add("--json", action="store_true", help="the outcome as one line of JSON")
    add("--junit", metavar="FILE", help="the outcome for CI")
    return parser


def main(argv):
    """The report, and whether something broke the host."""
    arguments = make_parser().parse_args(argv)
    folders = [files.read_folder(name) for name in arguments.folders]
    plan, results = merge(folders)
    if arguments.into:
        copy_into(arguments.into, folders, plan)
    manifest = folders[0].manifest
    identity = manifest["setup"]
    setup = Setup("vmodem", tuple(identity["host"]), identity["seed"],
                  limit_of(folders), tuple(identity["options"]))
    outcome = report.Outcome(setup, manifest["baseline_seconds"],
                             [Position(*row) for row in manifest["positions"]], results)
    report.write(outcome, arguments.json, arguments.junit)
    return outcome.is_broken
