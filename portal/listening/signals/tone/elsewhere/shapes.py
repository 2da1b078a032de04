"""How the words of a language are written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language, as `weighing.make_lexicon` takes it; `word-` stands for every word that begins so.

    Attributes:
        late: words that are said no to by what comes after them ("funktioniert leider nicht").
        elided: little words that lose their end before another ("l'attente").
    """

    weights: str
    negations: str = ""
    stronger: str = ""
    weaker: str = ""
    contrasts: str = ""
    unreal: str = ""
    late: str = ""
    elided: str = ""
