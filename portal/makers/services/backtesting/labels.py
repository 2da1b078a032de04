"""What authors say of their own mentions: the column it stands in, and its words as numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path

from portal.foundation.errors import Refusal
from portal.foundation.text import fold
from portal.foundation.text import gettext as _

LABEL_COLUMNS = ("label", "tag", "stance", "own_label", "author_label", "sentiment")
_FOR = {
    "bullish", "positive", "pos", "promoter", "love", "like", "recommended", "recommend", "for", "yes", "good", "+",
    "y", "true", "t", "x", "fit", "advocate", "maker", "fan", "happy", "up", "thumbs up", "👍", "❤", "❤️", "ja", "oui",
    "si", "sim", "wahr", "vrai",
}  # fmt: skip
_AGAINST = {
    "bearish", "negative", "neg", "detractor", "hate", "dislike", "against", "no", "bad", "-", "n", "false", "f",
    "not a fit", "unhappy", "down", "thumbs down", "👎", "nein", "non", "nao", "falsch", "faux",
}  # fmt: skip
_NOTHING = {"", "null", "none", "nan", "na", "n/a", "neutral", "passive", "unknown", "undecided", "?"}
# Ratings by their highest value: the lowest and the highest of the scale.
_SCALES = ((5.0, 1.0), (10.0, 0.0), (100.0, 0.0))
_SHOWN = 6


class BacktestRefused(Refusal):
    """Nothing can be measured like this."""


def label_column(columns: Sequence[str], wanted: str, path: Path) -> str:
    """The column with the author's own label: the one that is named, or one that looks like it.

    Raises:
        BacktestRefused: there is none.
    """
    by_name = {fold(name): name for name in columns}
    for name in (wanted,) if wanted else LABEL_COLUMNS:
        if fold(name) in by_name:
            return by_name[fold(name)]
    if not wanted:
        endings = [name for name in columns if fold(name).endswith(("_tag", "_label", "_sentiment"))]
        if len(endings) == 1:
            return endings[0]
    raise BacktestRefused(
        _(
            "%(file)s has no column of labels by the authors. Name it with --map label=COLUMN; it has: %(columns)s.",
            file=path.name,
            columns=", ".join(columns),
        )
    )


def own_words(labels: Iterable[str], column: str) -> Mapping[str, float]:
    """What each label says: 1 for, -1 against, 0 nothing; ratings are spread over their scale.

    Raises:
        BacktestRefused: there are labels, and not one of them is understood.
    """
    counts = Counter(labels)
    words = {label: fold(label).strip() for label in counts}
    numbers = {label: number for label, word in words.items() if (number := _number(word)) is not None}
    lowest, highest = _scale(numbers.values())
    said: dict[str, float] = {}
    unread: Counter[str] = Counter()
    for label, word in words.items():
        if label in numbers:
            said[label] = max(-1.0, min(1.0, (2 * numbers[label] - lowest - highest) / (highest - lowest)))
            continue
        said[label] = 1.0 if word in _FOR else -1.0 if word in _AGAINST else 0.0
        if word not in _FOR and word not in _AGAINST and word not in _NOTHING:
            unread[label] = counts[label]
    if unread and not any(said.values()):
        raise BacktestRefused(
            _(
                "Nothing in the column “%(column)s” says whether its author is for the brand. It holds: %(words)s. "
                "Write positive and negative, yes and no, true and false, or numbers.",
                column=column,
                words=", ".join(label for label, _count in unread.most_common(_SHOWN)),
            )
        )
    return said


def _number(word: str) -> float | None:
    try:
        number = float(word)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _scale(numbers: Iterable[float]) -> tuple[float, float]:
    """The ends of a scale; -1 and 1 where the numbers are no ratings."""
    found = sorted(numbers)
    if not found or found[0] < 0 or found[-1] <= 1:
        return -1.0, 1.0
    if found[0] == 0 and found[-1] < _SCALES[0][0]:
        return 0.0, found[-1]
    for most, least in _SCALES:
        if found[-1] <= most:
            return min(least, found[0]), most
    return -1.0, 1.0
