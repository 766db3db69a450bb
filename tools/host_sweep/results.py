"""Results as files, one a fault, that a later run goes on from and several machines may share.

A file is written whole or not at all, and the same fault gives the same file: whoever runs it again
replaces it. A result counts for the setup that it was made with, which is told by a digest: program,
host and its files, seed, options and the time a run may take.
"""
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import tempfile

from host_sweep.faults import Position
from host_sweep.runs import Result

MANIFEST = "sweep.json"
MANIFEST_KEYS = {"digest", "setup", "plan", "positions", "baseline_seconds", "timeout_seconds"}
FILE_SIZE_MAX = 64 * 1024 * 1024
KEPT = ("faults", "broken", "how", "happened", "seconds", "output", "shrunk")


class BadFolder(Exception):
    """What is wrong with a folder of results."""


def digest_of(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def file_digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def files_in(words):
    """The files that words of a command line name, as they are now."""
    found = {}
    for word in words:
        path = pathlib.Path(word.partition("=")[2] if word.startswith("--") else word)
        if path.is_file() and path.stat().st_size <= FILE_SIZE_MAX:
            found[str(path)] = file_digest(path)
    return found


def identity_of(setup, is_limit_given):
    """What has to be the same for a result to be the same; not where the program lies."""
    return {"program": file_digest(setup.program), "host": list(setup.host), "seed": setup.seed,
            "options": list(setup.options), "files": files_in([*setup.host, *setup.options]),
            "timeout": setup.limit.seconds if is_limit_given else None}


def write_json(path, value):
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".sweep-", delete=False) as file:
        try:
            json.dump(value, file, indent=1)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise


def read_json(path):
    """None: it is not there, or not what this module has written."""
    try:
        value = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


def file_name(faults):
    slug = re.sub(r"[^A-Za-z0-9]+", "-", "+".join(faults))[:80].strip("-")
    return f"{slug}-{digest_of(list(faults))[:8]}.json"


def result_of(row):
    return Result(**{key: row[key] for key in KEPT} |
                  {key: tuple(row[key]) for key in ("faults", "shrunk")})


class Store:
    def __init__(self, folder, identity):
        self.folder, self.identity, self.digest = pathlib.Path(folder), identity, digest_of(identity)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadFolder(f"{folder}: {error.strerror}") from error

    def plan(self, plan, positions, baseline_s, limit_s):
        """What all shards together are to run, beside what was planned before for the same setup."""
        before = read_json(self.folder / MANIFEST) or {}
        if before.get("digest") == self.digest:
            plan = list(dict.fromkeys([*before["plan"], *plan]))
            positions = [Position(*row) for row in before["positions"]]
        write_json(self.folder / MANIFEST, {
            "digest": self.digest, "setup": self.identity, "plan": plan, "baseline_seconds": baseline_s,
            "timeout_seconds": limit_s, "positions": [dataclasses.astuple(position) for position in positions]})

    def load(self, faults):
        """The result of these faults, where there is one of the same setup."""
        row = read_json(self.folder / file_name(faults))
        if row is None or row.get("setup") != self.digest or row.get("faults") != list(faults):
            return None
        return result_of(row)

    def save(self, result):
        row = {key: getattr(result, key) for key in KEPT}
        write_json(self.folder / file_name(result.faults), {"setup": self.digest, **row})


@dataclasses.dataclass
class Folder:
    """All that is in a folder of results, of its latest setup."""
    name: str
    manifest: dict
    results: dict  # by the name of the faults


def read_folder(name):
    folder = pathlib.Path(name)
    manifest = read_json(folder / MANIFEST)
    if manifest is None or not MANIFEST_KEYS <= manifest.keys():
        raise BadFolder(f"{name}: no folder that --results has written: {MANIFEST} is missing or damaged")
    results = {}
    for path in sorted(folder.glob("*.json")):
        row = read_json(path)
        if row is None or (path.name != MANIFEST and not set(KEPT) <= row.keys()):
            raise BadFolder(f"{path}: damaged; remove it and run its shard again")
        if path.name != MANIFEST and row["setup"] == manifest["digest"]:
            result = result_of(row)
            results[result.name] = result
    return Folder(name, manifest, results)
