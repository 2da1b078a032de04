"""Reading signals beside VADER alone on the same texts, in one run, on one core.

The texts are made up, or those of a file (`--file FILE --text COLUMN`). The two take turns by blocks, so that
other work on the machine falls on both alike.
"""

import argparse
import itertools
import resource
import sys
import time
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.take_in import made_up_drafts
from portal.listening.files.reader import read_rows
from portal.listening.signals import read

BLOCK = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    texts = _texts(given)
    analyser = SentimentIntensityAnalyzer()
    read("The lamp that I got is not what you would expect")
    read("saya suka sekali lampu meja ini karena warnanya hangat")
    seconds = {"vader": 0.0, "tagged": 0.0, "detected": 0.0}
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        begun = time.perf_counter()
        for text in block:
            analyser.polarity_scores(text)
        seconds["vader"] += time.perf_counter() - begun
        for name, lang in (("tagged", "en"), ("detected", None)):
            begun = time.perf_counter()
            for text in block:
                # A text of its own, for what was read before is remembered.
                read(f"{text} {name}", lang=lang)
            seconds[name] += time.perf_counter() - begun
    speed = {name: len(texts) / spent for name, spent in seconds.items()}
    ratio = {name: each / speed["vader"] for name, each in speed.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{len(texts):,} texts, one core, peak memory {peak:.0f} MiB\n"
        f"  vader alone               {speed['vader']:>9,.0f} a second\n"
        f"  all signals, in English   {speed['tagged']:>9,.0f} a second, {ratio['tagged']:.2f} of vader\n"
        f"  language detected as well {speed['detected']:>9,.0f} a second, {ratio['detected']:.2f}\n"
    )


def _texts(given: argparse.Namespace) -> list[str]:
    if given.file is None:
        return [draft.text for draft in made_up_drafts(given.texts, given.seed)]
    rows = itertools.islice(read_rows(given.file), given.texts)
    return [str(cells[given.text]) for _line, cells in rows if isinstance(cells, dict)]


if __name__ == "__main__":
    main()
