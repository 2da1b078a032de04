"""Frames: phrases with a choice of words in each place, all looked for together, token by token."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from portal.foundation.text import fold

# What may stand next in one frame: its number, the place, and what is left of the option begun.
_Item: TypeAlias = tuple[int, int, tuple[str, ...]]
# Where each token leads; under `_WHOLE` stands of what the frames that are complete here are signs.
Node: TypeAlias = "dict[str, Any]"
_WHOLE = " "
_NONE = "_"


def read_frames(text: str) -> list[list[str]]:
    """The frames of a text: an empty line between two, ` | ` between places, ` / ` between options."""
    return [" ".join(frame.split()).split(" | ") for frame in text.strip().split("\n\n") if frame.strip()]


def compile_frames(frames: Iterable[tuple[str, Sequence[str]]]) -> Node:
    """One graph for all frames; places that may be left out and shared ends make it small.

    Args:
        frames: what each is a sign of, and for each place its options, between ` / `; `_` is none.
    """
    given = list(frames)
    options = tuple(tuple(_options(place) for place in frame) for _mark, frame in given)
    return _Graph(options, tuple(mark for mark, _frame in given)).whole()


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
        for token, reached in following.items():
            node[token] = self._node(frozenset(reached))
        return node


def find_frames(tokens: Sequence[str], graph: Node) -> Iterator[tuple[int, int, str]]:
    """The (first, past last, mark) of the longest frame of each mark that begins at each token."""
    last = len(tokens) - 1
    for start, token in enumerate(tokens):
        node = graph.get(token)
        # Most words that could begin a frame are followed by one that cannot be its second.
        if node is None or (start < last and tokens[start + 1] not in node and _WHOLE not in node):
            continue
        place = start + 1
        ends: dict[str, int] = {}
        while True:
            if _WHOLE in node:
                for mark in node[_WHOLE]:
                    ends[mark] = place
            following = node.get(tokens[place]) if place <= last else None
            if following is None:
                break
            node, place = following, place + 1
        for mark, end in ends.items():
            yield start, end, mark


def _options(place: str) -> list[tuple[str, ...]]:
    options = (each.strip() for each in place.split(" / "))
    return [() if each == _NONE else tuple(fold(each).replace("-", " ").split()) for each in options if each]
