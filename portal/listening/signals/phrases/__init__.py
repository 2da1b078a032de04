"""The phrases by which questions, suggestions and creations are known, written for this product.

Phrases stand between ` / ` and line ends, in plain words: a full stop is the edge of a sentence. Those
after `NOT` take back what a phrase that begins at the same place, or stands within them, has found. Frames, with
an empty line between two, have a choice of words for each of their places, between ` | `; `_` is none, `*` any word.
"""

from portal.listening.signals.phrases import advising, asking, elsewhere, inverting, making, requesting, suggesting
from portal.listening.signals.phrases.shapes import CREATION, QUESTION, SUGGESTION, Making

__all__ = ["CREATION", "FRAMES", "MAKING", "PHRASES", "QUESTION", "SUGGESTION", "UNSPACED", "Making"]

# Languages that put no spaces between words, or little words at the ends of others.
UNSPACED = frozenset({"ja", "zh", "ko", "th"})
MAKING = {"en": making.MADE}
FRAMES = {"en": {QUESTION: inverting.FRAMES, SUGGESTION: f"{requesting.FRAMES}\n{advising.FRAMES}"}}
PHRASES = elsewhere.PHRASES | {
    "en": {QUESTION: asking.PHRASES, SUGGESTION: suggesting.PHRASES, CREATION: making.PHRASES},
}
