"""The names of brands and products: whatever their words mean, in a name they carry no tone."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from portal.listening.signals.words import plain_words

# Each name as its plain words, the longest names first.
Names: TypeAlias = tuple[tuple[str, ...], ...]

# A word that no list of words holds, so that what stands around it keeps its place.
_NAMELESS = "_"


def names_of(written: Iterable[str]) -> Names:
    """Names as they are looked for, from the way they are written; tags and handles are no words anyway."""
    names = {tuple(word for word in plain_words(name).split() if word not in ".?") for name in written}
    return tuple(sorted(filter(None, names), key=_longest_first))


def without_names(tokens: Sequence[str], names: Names) -> Sequence[str]:
    """The words of a text with a word of no meaning for each word of a name."""
    firsts = {name[0] for name in names}
    if firsts.isdisjoint(tokens):
        return tokens
    found = list(tokens)
    for place, token in enumerate(tokens):
        if token not in firsts:
            continue
        for name in names:
            end = place + len(name)
            if name[0] == token and tuple(tokens[place:end]) == name:
                found[place:end] = [_NAMELESS] * len(name)
                break
    return found


def _longest_first(name: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(name), name
