"""What somebody looks for, read from the words they typed: words, words in their order, and what is to be left out."""

import re
from dataclasses import dataclass

from portal.foundation.search.words import stems

# More parts than these are not looked for, nor more words of one run: each costs the database a look.
_PARTS = 8
_RUN = 12
# Every pair of marks that keyboards put around words; the one that ends a measure, as in 24", begins nothing.
_MARKS = '"“”„«»'
_MINUS = "-\u2212"
_QUOTED = rf"(?<!\w)(?P<minus>[{_MINUS}]?)[{_MARKS}](?P<words>[^{_MARKS}]*)[{_MARKS}](?!\w)"
# A hyphen inside a word or on its own leaves nothing out.
_LOOSE = rf"(?<!\S)[{_MINUS}](?P<out>\w[^\s{_MARKS}]*)|(?P<held>[^\s{_MARKS}]+)"
# "The lamp's" is an ending of the word; in quotes it stands as it was written.
_OWN = re.compile(r"(?<=\w)['’]s(?!\w)", re.IGNORECASE)
_PIECE = re.compile(f"{_QUOTED}|{_LOOSE}")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """Stems that are looked for.

    Attributes:
        held: runs of stems that stand one after another; a word alone is a run of one.
        left_out: what holds one of these runs is not wanted.
        is_open: the last run of `held` is a word that may be half written.
        plain: the words that are to be held as they were typed, without the marks and what is left out.
    """

    held: tuple[Run, ...]
    left_out: tuple[Run, ...] = ()
    is_open: bool = False
    plain: str = ""

    @property
    def stems(self) -> list[str]:
        """Every stem that has to be held, once."""
        return list(dict.fromkeys(stem for run in self.held for stem in run))


def read_asked(words: str) -> Asked:
    """What typed words ask for: "in quotes" one after another, -word left out, whatever else is held.

    Nothing that can be typed is an error: a mark that has no fellow is passed over.
    """
    held: dict[Run, None] = {}
    left_out: dict[Run, None] = {}
    plain: list[str] = []
    is_open = False
    for piece in _PIECE.finditer(words):
        given = piece["words"] or piece["out"] or _OWN.sub("", piece["held"] or "")
        run = tuple(stems(given))
        if not run:
            continue
        is_open = piece["held"] is not None
        if piece["out"] or piece["minus"]:
            left_out[run[:_RUN]] = None
            continue
        plain += [word.lstrip(_MINUS) for word in given.split()]
        if not is_open:
            held[run[:_RUN]] = None
        else:
            # Typed twice it is looked for once; the last one typed stands last.
            for stem in run:
                held.pop((stem,), None)
                held[stem,] = None
    runs = list(held)
    return Asked(tuple(runs[:_PARTS]), tuple(left_out)[:_PARTS], is_open and 0 < len(runs) <= _PARTS, " ".join(plain))
