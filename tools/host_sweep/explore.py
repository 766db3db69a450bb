"""Which faults to try next, by what their kind has shown so far: a bandit.

Each deed, and each position, is an arm with what it has brought: how often a run with it showed a
state of the journal that none had shown before (journal.py). Before each choice every arm draws its
worth from the beta distribution of these counts (Thompson sampling), and the candidate is taken whose
deed and position are worth most together. A pair is worth what either of its two would show. Candidates
are all single faults that have not run, and so many pairs at a time as there are singles.

The choice depends on the seed and on what runs have shown, not on how many run at a time: a round is
ROUND runs, whatever ends first.
"""
import collections
import random

from host_sweep.faults import deed_of, position_of

ROUND = 8
PAIRS_MIN = 32


class Explorer:
    def __init__(self, singles, seed):
        self.left = [(fault,) for fault in singles]
        self.singles = list(singles)
        self.chance = random.Random(f"explore {seed}")
        self.shown = collections.Counter()
        self.tried = collections.Counter()
        self.known = set()
        self.chosen = set()

    def meet(self, states):
        """What a run has shown; what of it is new."""
        new = states - self.known
        self.known |= states
        return new

    def learn(self, faults, new):
        for fault in faults:
            for arm in arms(fault):
                self.tried[arm] += 1
                self.shown[arm] += bool(new)

    def choose(self):
        """The next round; fewer where no more are left."""
        found = []
        for _ in range(ROUND):
            pool = self.left + self._draw_pairs()
            if not pool:
                break
            draw = self._draw_worths()
            best = max(pool, key=lambda faults: self._worth(faults, draw))
            self.chosen.add(best)
            if best in self.left:
                self.left.remove(best)
            found.append(best)
        return found

    def _draw_worths(self):
        names = dict.fromkeys(arm for fault in self.singles for arm in arms(fault))
        return {arm: self.chance.betavariate(1 + self.shown[arm], 1 + self.tried[arm] - self.shown[arm])
                for arm in names}

    @staticmethod
    def _worth(faults, draw):
        missed = 1.0
        for fault in faults:
            deed, position = arms(fault)
            missed *= 1 - draw[deed] * draw[position]
        return 1 - missed

    def _draw_pairs(self):
        if len(self.singles) < 2:
            return []
        pairs = (tuple(self.chance.sample(self.singles, 2)) for _ in range(max(PAIRS_MIN, len(self.left))))
        # A pair runs behind its singles, so that what is new in it is theirs together.
        left = {fault for (fault,) in self.left}
        return [pair for pair in pairs if pair not in self.chosen and not left & set(pair)]


def arms(fault):
    return ("deed", deed_of(fault)), ("position", position_of(fault))


def explore(pool, explorer, barren_max, tell):
    """Runs until so many in a row have shown nothing new. `tell(result, new)` is told of each run."""
    results, barren = [], 0
    while barren < barren_max:
        chosen = explorer.choose()
        if not chosen:
            break
        for result in pool.run_all(chosen):
            new = explorer.meet(result.states)
            explorer.learn(result.faults, new)
            barren = 0 if new else barren + 1
            results.append(result)
            tell(result, new)
    return results
