"""Which part of a sweep this machine runs: fault after fault is dealt to the shards in turn."""
import dataclasses
import re

# What array jobs and parallel CI jobs are told, and the number of the first.
SURROUNDINGS = (
    ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN"),
    ("JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", 0),       # Kubernetes, which tells the index only
    ("CI_NODE_INDEX", "CI_NODE_TOTAL", 1),                # GitLab
    ("BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0),
)


class BadShard(Exception):
    """What is wrong, and what would be right."""


@dataclasses.dataclass(frozen=True)
class Shard:
    index: int  # from 1
    count: int

    def __str__(self):
        return f"{self.index}/{self.count}"

    def of(self, plan):
        return plan[self.index - 1::self.count]


def make(index, count, origin):
    if not 1 <= index <= count:
        raise BadShard(f"{origin}: {index}/{count} is none of 1/{count} to {count}/{count}")
    return Shard(index, count)


def number(environment, name):
    text = environment.get(name, "")
    if not re.fullmatch(r"\d{1,6}", text):
        raise BadShard(f"--shard auto: {name} is \"{text}\", not a number")
    return int(text)


def parse(text, environment):
    """"2/8" or "auto"."""
    if text == "auto":
        return from_environment(environment)
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not match:
        raise BadShard(f"--shard: \"{text}\" is neither I/N, as 2/8, nor auto")
    return make(int(match[1]), int(match[2]), "--shard")


def from_environment(environment):
    for index_name, count_name, first in SURROUNDINGS:
        if index_name not in environment:
            continue
        if isinstance(first, str):
            first = number(environment, first) if first in environment else 0
        return make(number(environment, index_name) - first + 1, number(environment, count_name),
                    f"--shard auto, by {index_name} and {count_name}")
    names = ", ".join(row[0] for row in SURROUNDINGS)
    raise BadShard(f"--shard auto: none of {names} is set; say I/N")
