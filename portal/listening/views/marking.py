"""Words that were found, marked in what was said."""

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from portal.foundation.text import excerpt, fold
from portal.listening.matching import joined


def marked(text: str, words: Iterable[str], *, around: int = 280) -> Markup:
    """An excerpt of a text around the first word that was found, with every such word marked.

    Args:
        text: what was said.
        words: as they were written in the query: words, "phrases", url:addresses.
        around: the length of the excerpt, in characters.
    """
    tokens = [re.findall(r"\w+", fold(word.removeprefix("url:"))) for word in words]
    # A blank at both ends spares the question whether there is a neighbour.
    folded, places = _folded(f" {text} ")
    spans: list[tuple[int, int]] = []
    for parts in filter(None, tokens):
        spans += [
            (places[found.start()] - 1, places[found.end() - 1])
            for found in re.finditer(r"\W+".join(map(re.escape, parts)), folded)
            if not joined(folded, found.start() - 1) and not joined(folded, found.end() - 1)
        ]
    if not spans:
        return escape(excerpt(text, around))
    spans.sort()
    start = max(spans[0][0] - around // 3, 0)
    end = min(start + around, len(text))
    pieces, here = ["…" if start else ""], start
    for first, last in spans:
        if first < here or last > end:
            continue
        pieces += [escape(text[here:first]), Markup("<mark>"), escape(text[first:last]), Markup("</mark>")]
        here = last
    pieces += [escape(text[here:end]), "…" if end < len(text) else ""]
    return Markup("").join(pieces)


def _folded(text: str) -> tuple[str, list[int]]:
    """A text folded sign by sign, and for each folded sign the place it came from."""
    folded, places = [], []
    for place, sign in enumerate(text):
        for part in fold(sign):
            folded.append(part)
            places.append(place)
    return "".join(folded), places
