"""Pairs of faults: those are of interest that a host stands one by one."""
import itertools
import random

MIX_MAX = 200_000  # pairs that are listed in order to choose among them


def candidates(results):
    """The faults that came about and broke nothing, in their order."""
    return [result.faults[0] for result in results
            if len(result.faults) == 1 and result.happened and not result.broken]


def sample(results, count, seed):
    """So many pairs, or all there are, of faults that each pass. The same seed gives the same ones."""
    faults = candidates(results)
    chance = random.Random(f"pairs {seed}")
    total = len(faults) * (len(faults) - 1) // 2
    if total <= max(count, MIX_MAX):
        every = list(itertools.combinations(faults, 2))
        return chance.sample(every, min(count, total))
    found = {}
    while len(found) < count:
        i, j = sorted(chance.sample(range(len(faults)), 2))
        found[(faults[i], faults[j])] = None
    return list(found)
