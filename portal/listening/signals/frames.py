"""Frames: phrases with a choice of words in each place, all looked for together, from their first two words on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from portal.foundation.text import fold

# What may stand next in one frame: its number, the place, and what is left of the option begun.
_Item: TypeAlias = tuple[int, int, tuple[str, ...]]
# Where each token leads; under `_WHOLE` stands of what the frames that are complete here are signs.
Node: TypeAlias = dict[str, Any]
# Where the first two tokens of frames lead: most that could be a first one are followed by none that could be second.
Frames: TypeAlias = dict[tuple[str, str], Node]
_WHOLE = " "
_NONE = "_"
# Any word, but not the edge of a sentence.
_ANY = "*"
_EDGES = ".?"


def read_frames(text: str) -> list[list[str]]:
    """The frames of a text: an empty line between two, ` | ` between places, ` / ` between options."""
    return [" ".join(frame.split()).split(" | ") for frame in text.strip().split("\n\n") if frame.strip()]


def compile_frames(frames: Iterable[tuple[str, Sequence[str]]]) -> Frames:
    """One graph for all frames; places that may be left out and shared ends make it small.

    Args:
        frames: what each is a sign of, and for each place its options, between ` / `; `_` is none, `*` any one word.

    Raises:
        ValueError: a frame is complete after one word, which is a phrase, or its first two may be any.
    """
    given = list(frames)
    options = tuple(tuple(_options(place) for place in frame) for _mark, frame in given)
    graph = _Graph(options, tuple(mark for mark, _frame in given)).whole()
    words = [first for first, node in graph.items() if _WHOLE in node]
    if words or _WHOLE in graph:
        raise ValueError(f"a frame has two words and more, not only {words or 'none'}")
    pairs = {(first, second): after for first, node in graph.items() for second, after in node.items()}
    if any(_ANY in pair for pair in pairs):
        raise ValueError("a frame is known by its first two words")
    return pairs


class _Graph:
    """The graph in the making: sets of items that were met before lead to the node they led to then."""

    def __init__(self, frames: tuple[tuple[list[tuple[str, ...]], ...], ...], marks: tuple[str, ...]) -> None:
        self._frames, self._marks = frames, marks
        self._nodes: dict[frozenset[_Item], Node] = {}

    def whole(self) -> Node:
        return self._node(frozenset(item for number in range(len(self._frames)) for item in self._begun(number, 0)))

    def _begun(self, number: int, place: int) -> Iterator[_Item]:
        """The items that may follow once the places before this one are filled."""
        if place == len(self._frames[number]):
            yield number, place, ()
            return
        for option in self._frames[number][place]:
            if option:
                yield number, place, option
            else:
                yield from self._begun(number, place + 1)

    def _node(self, items: frozenset[_Item]) -> Node:
        known = self._nodes.get(items)
        if known is not None:
            return known
        node = self._nodes[items] = {}
        following: dict[str, set[_Item]] = {}
        for number, place, rest in items:
            if not rest:
                node[_WHOLE] = tuple(dict.fromkeys((*node.get(_WHOLE, ()), self._marks[number])))
                continue
            after = [(number, place, rest[1:])] if len(rest) > 1 else self._begun(number, place + 1)
            following.setdefault(rest[0], set()).update(after)
        anything = following.get(_ANY, set())
        for token, reached in following.items():
            node[token] = self._node(frozenset(reached if token in _EDGES else reached | anything))
        return node


def whole_frames(tokens: Sequence[str], start: int, node: Node | None) -> dict[str, int]:
    """For each mark the end, past the last token, of the longest frame that begins here.

    Args:
        tokens: all words.
        start: where the frames begin.
        node: where their first two tokens lead.
    """
    place = start + 2
    ends: dict[str, int] = {}
    while node is not None:
        for mark in node.get(_WHOLE, ()):
            ends[mark] = place
        if place == len(tokens):
            break
        token = tokens[place]
        node = node.get(token) or (node.get(_ANY) if token not in _EDGES else None)
        place += 1
    return ends


def _options(place: str) -> list[tuple[str, ...]]:
    options = (each.strip() for each in place.split(" / "))
    return [() if each == _NONE else tuple(fold(each).replace("-", " ").split()) for each in options if each]
