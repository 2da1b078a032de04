"""How phrases are written down, and the names of what they are signs of."""

from dataclasses import dataclass

QUESTION = "question"
SUGGESTION = "suggestion"
CREATION = "creation"


@dataclass(frozen=True, slots=True)
class Making:
    """Sentences of making: each maker with each verb and each thing, but none of the other deeds."""

    makers: str
    verbs: str
    things: str
    other_deeds: str
