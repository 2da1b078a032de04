"""What a model of a company's own sees in a text: its words, its letters, and what the default reading says."""

import math
from collections.abc import Iterator, Sequence
from zlib import crc32

from portal.listening.signals.reading import Signals
from portal.listening.signals.tone import tone_class

# Features are numbered by hash: two that share a number are taken for one, which costs next to nothing here.
BUCKETS = 1 << 17
_MOST_TOKENS = 250
_LETTERS = (3, 4, 5)
# How much the letters, and the default reading, weigh beside the words.
_LETTER_WEIGHT = 0.6
_DEFAULT_WEIGHT = 0.8

Features = dict[int, float]


def features_of(tokens: Sequence[str], default: Signals, *, shouts: int = 0) -> Features:
    """The numbered features of a text, each with its weight.

    Args:
        tokens: as `plain_words` gives them.
        default: what the rules read in it.
        shouts: how many exclamation marks there are.
    """
    found: Features = {}
    words = tokens[:_MOST_TOKENS]
    _add(found, (number for number, _gram in word_grams(words)), 1.0)
    _add(found, _letter_grams(words), _LETTER_WEIGHT)
    for name, weight in _said(words, default, shouts):
        number = crc32(name.encode()) % BUCKETS
        found[number] = found.get(number, 0.0) + weight * _DEFAULT_WEIGHT
    return found


def word_grams(tokens: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each word and each pair of neighbours, with its number."""
    before = ""
    for token in tokens[:_MOST_TOKENS]:
        if token == ".":  # noqa: S105 - the edge of a sentence
            before = ""
            continue
        yield _number("w", token), token
        if before:
            pair = f"{before} {token}"
            yield _number("w", pair), pair
        before = token


def _letter_grams(tokens: Sequence[str]) -> Iterator[int]:
    for token in tokens:
        if len(token) > 2:
            framed = f" {token} "
            for size in _LETTERS:
                for start in range(len(framed) - size + 1):
                    yield _number("c", framed[start : start + size])


def _add(found: Features, numbers: Iterator[int], weight: float) -> None:
    """Put features in, each once, so that together they have this length."""
    fresh = set(numbers)
    if fresh:
        share = weight / math.sqrt(len(fresh))
        for number in fresh:
            found[number] = found.get(number, 0.0) + share


def _said(tokens: Sequence[str], default: Signals, shouts: int) -> Iterator[tuple[str, float]]:
    """What the default reading says, as named features."""
    tone = default.tone or 0.0
    yield "=bias", 1.0
    yield "=tone", tone * 1.5
    yield f"=tone {tone_class(default.tone)}", 1.0
    yield "=praise", min(sum(weight for _word, weight in default.tone_words if weight > 0), 6.0) / 4
    yield "=blame", min(-sum(weight for _word, weight in default.tone_words if weight < 0), 6.0) / 4
    if default.is_question:
        yield "=question", 1.0
    if default.is_suggestion:
        yield "=suggestion", 1.0
    if default.is_creation:
        yield "=creation", 1.0
    if shouts:
        yield "=shouts", 0.5
    yield "=length", min(len(tokens), 60) / 60


def _number(kind: str, gram: str) -> int:
    return crc32(f"{kind}{gram}".encode("utf-8", "replace")) % BUCKETS
