"""Frames: phrases with a choice of words in each place, all looked for together, token by token."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from portal.foundation.text import fold

# What may stand next in one frame: its number, the place, and what is left of the option begun.
_Item: TypeAlias = tuple[int, int, tuple[str, ...]]
# Where each token leads; under `_WHOLE` stands whether a frame is complete here.
Node: TypeAlias = "dict[str, Node]"
_WHOLE = " "
_NONE = "_"


def read_frames(text: str) -> list[list[str]]:
    """The frames of a text: an empty line between two, ` | ` between places, ` / ` between options."""
    return [" ".join(frame.split()).split(" | ") for frame in text.strip().split("\n\n") if frame.strip()]


def compile_frames(frames: Iterable[Sequence[str]]) -> Node:
    """One graph for all frames; places that may be left out and shared ends make it small.

    Args:
        frames: for each place its options, between ` / `; `_` is none.
    """
    return _Graph(tuple(tuple(_options(place) for place in frame) for frame in frames)).whole()


class _Graph:
    """The graph in the making: sets of items that were met before lead to the node they led to then."""

    def __init__(self, frames: tuple[tuple[list[tuple[str, ...]], ...], ...]) -> None:
        self._frames = frames
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
                node[_WHOLE] = {}
                continue
            after = [(number, place, rest[1:])] if len(rest) > 1 else self._begun(number, place + 1)
            following.setdefault(rest[0], set()).update(after)
        for token, reached in following.items():
            node[token] = self._node(frozenset(reached))
        return node


def find_frames(tokens: Sequence[str], graph: Node) -> Iterator[tuple[int, int]]:
    """The (first, past last) tokens of the longest frame that begins at each token."""
    for start, token in enumerate(tokens):
        node = graph.get(token)
        if node is None:
            continue
        end, place = 0, start + 1
        while True:
            if _WHOLE in node:
                end = place
            if place == len(tokens):
                break
            following = node.get(tokens[place])
            if following is None:
                break
            node, place = following, place + 1
        if end:
            yield start, end


def _options(place: str) -> list[tuple[str, ...]]:
    options = (each.strip() for each in place.split(" / "))
    return [() if each == _NONE else tuple(fold(each).replace("-", " ").split()) for each in options if each]
