"""The names of brands and products: whatever their words mean, in a name they carry no tone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from portal.listening.signals.words import plain_tokens

# Names as their plain words, by the first of them; the longest first. As they are sent to the process beside.
Names: TypeAlias = Mapping[str, Sequence[list[str]]]

NO_NAMES: Names = {}
# A word that no list of words holds, so that what stands around it keeps its place.
_NAMELESS = "_"


def names_of(written: Iterable[str]) -> Names:
    """Names as they are looked for, from the way they are written; tags and handles are no words anyway."""
    found: dict[str, list[list[str]]] = {}
    for name in written:
        words = [word for word in plain_tokens(name) if word not in ".?"]
        if words and words not in found.setdefault(words[0], []):
            found[words[0]].append(words)
    for names in found.values():
        names.sort(key=len, reverse=True)
    return found


def without_names(tokens: list[str], names: Names) -> list[str]:
    """The words of a text with a word of no meaning for each word of a name."""
    if names.keys().isdisjoint(tokens):
        return tokens
    found = list(tokens)
    for place, token in enumerate(tokens):
        for name in names.get(token, ()):
            end = place + len(name)
            if tokens[place:end] == name:
                found[place:end] = [_NAMELESS] * len(name)
                break
    return found
