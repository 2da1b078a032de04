"""How fast texts are matched against trackers, beside the bare automaton over the same texts, in one run.

Use: .venv/bin/python -m benchmarks.matching [--texts 1000000] [--terms 100 5000] [--seed 7]

  matching   every tracker against every text, as take_in asks for it: folded, word edges, all and none, the words
             that were found
  automaton  pyahocorasick alone, with the same terms over texts that were folded beforehand; every hit is taken,
             nothing else is done with it
The two take turns, a thousand texts at a time, so that what else the machine does falls on both alike.
"""

import argparse
import random
import time
from collections.abc import Iterator

import ahocorasick

from benchmarks.take_in import COMMIT, batches, made_up_drafts
from portal.foundation.text import fold
from portal.listening.drafts import MentionDraft
from portal.listening.matching import Matcher, parse_query

TERMS_OF_A_TRACKER = 50
# Words that stand in the made-up posts; the rest of the terms stand in none, as most terms of a list do.
_SPOKEN = ("lumen", "#lumenlamp", "dimmer", "cable", "shade", "timer", "photos", "walnut")


def made_up_terms(count: int, chance: random.Random) -> list[str]:
    letters = "abcdefghiklmnoprstuvwz"
    unheard = {"".join(chance.choices(letters, k=chance.randint(5, 11))) for _ in range(count * 2)}
    return [*_SPOKEN, *sorted(unheard)][:count]


def trackers_of(terms: list[str]) -> Matcher:
    shares = [terms[place : place + TERMS_OF_A_TRACKER] for place in range(0, len(terms), TERMS_OF_A_TRACKER)]
    queries = (" ".join(share) + " none:(hiring job)" for share in shares)
    return Matcher({number: parse_query(query) for number, query in enumerate(queries)})


def automaton_of(terms: list[str]) -> ahocorasick.Automaton:
    bare = ahocorasick.Automaton()
    for number, term in enumerate([*terms, "hiring", "job"]):
        bare.add_word(fold(term), number)
    bare.make_automaton()
    return bare


def measure(drafts: Iterator[MentionDraft], terms: list[str]) -> tuple[float, float, int, int]:
    """Seconds of both, how many texts, and how many were found."""
    matcher, bare = trackers_of(terms), automaton_of(terms)
    matching = automaton = 0.0
    texts = found = 0
    for batch in batches(drafts):
        folded = [fold(draft.text) for draft in batch]
        start = time.process_time()
        for text in folded:
            for _hit in bare.iter(text):
                pass
        middle = time.process_time()
        for draft in batch:
            found += bool(matcher.match(draft))
        matching += time.process_time() - middle
        automaton += middle - start
        texts += len(batch)
    return matching, automaton, texts, found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=1_000_000)
    options.add_argument("--terms", type=int, nargs="+", default=[100, 5000])
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    pool = list(made_up_drafts(min(given.texts, 50 * COMMIT), given.seed))
    print(f"{'terms':>6} {'texts':>9} {'found':>8} {'matching/s':>11} {'automaton/s':>12} {'ratio':>6}")
    for count in given.terms:
        drafts = (pool[number % len(pool)] for number in range(given.texts))
        terms = made_up_terms(count, random.Random(given.seed))
        matching, automaton, texts, found = measure(drafts, terms)
        row = f"{texts / matching:>11,.0f} {texts / automaton:>12,.0f} {automaton / matching:>6.2f}"
        print(f"{count:>6} {texts:>9} {found / texts:>8.0%} {row}")


if __name__ == "__main__":
    main()
