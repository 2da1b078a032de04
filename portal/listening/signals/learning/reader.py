"""Reading with what was learned: the default reading, revised by the models that are switched on."""

from collections.abc import Mapping
from html import unescape
from typing import Any

from portal.listening.signals.learning.features import Features, features_of, word_grams
from portal.listening.signals.learning.model import LinearModel
from portal.listening.signals.phrases import CREATION, QUESTION, SUGGESTION
from portal.listening.signals.reading import Signals
from portal.listening.signals.tone import TONE_EDGE, tone_class
from portal.listening.signals.words import plain_words

TONE = "tone"
CLASSES: dict[str, tuple[str, ...]] = {
    TONE: ("negative", "neutral", "positive"),
    QUESTION: ("no", "yes"),
    SUGGESTION: ("no", "yes"),
    CREATION: ("no", "yes"),
}
_MOST_SHOWN = 6
_LEAST_SHOWN = 0.02


def class_of(signal: str, reading: Signals) -> str:
    """The class that a reading amounts to."""
    if signal == TONE:
        return tone_class(reading.tone)
    is_sign = {QUESTION: reading.is_question, SUGGESTION: reading.is_suggestion, CREATION: reading.is_creation}
    return "yes" if is_sign[signal] else "no"


def features_in(text: str, default: Signals) -> Features:
    """The features of a text as it was written, beside its default reading."""
    words = plain_words(unescape(text) if "&" in text else text)
    return features_of(words.split(), default, shouts=text.count("!"))


class LearnedReader:
    """Models by signal, each of which takes the place of the rules for its signal."""

    def __init__(self, models: Mapping[str, LinearModel]) -> None:
        self._models = dict(models)

    def revise(self, text: str, default: Signals) -> Signals:
        """The reading with what the models say, and the words that spoke for it."""
        if not self._models:
            return default
        features = features_in(text, default)
        grams = dict(word_grams(plain_words(unescape(text) if "&" in text else text).split()))
        changes: dict[str, Any] = {"marks": dict(default.marks)}
        for signal, model in self._models.items():
            shares = model.shares(features)
            said = max(shares, key=shares.__getitem__)
            if signal == TONE:
                changes["tone"] = _tone(shares, said)
                changes["tone_words"] = _spoke(model, features, grams, "positive", "negative")
            else:
                changes[f"is_{signal}"] = said == "yes"
                changes["marks"].pop(signal, None)
                if said == "yes":
                    spoke = _spoke(model, features, grams, "yes", "no")
                    changes["marks"][signal] = tuple(gram for gram, weight in spoke if weight > 0) or ("learned",)
        return default._replace(**changes)


def _tone(shares: Mapping[str, float], said: str) -> float:
    """A tone within the class that is likeliest: neutral near 0, the others at or beyond its edge."""
    tone = shares.get("positive", 0.0) - shares.get("negative", 0.0)
    if said == "neutral":
        return round(tone * TONE_EDGE * 0.9, 4)
    sign = 1 if said == "positive" else -1
    return round(sign * (TONE_EDGE + (1 - TONE_EDGE) * max(0.0, sign * tone)), 4)


def _spoke(
    model: LinearModel, features: Features, grams: Mapping[int, str], wanted: str, against: str
) -> tuple[tuple[str, float], ...]:
    """The words of the text that weighed most, for the one class or for the other."""
    order = model.classes
    found = []
    for number, gram in grams.items():
        weight = model.weights.get(number)
        if weight is None:
            continue
        share = features[number]
        pull = (weight[order.index(wanted)] if wanted in order else 0.0) - (
            weight[order.index(against)] if against in order else 0.0
        )
        found.append((gram, round(float(pull * share), 2)))
    found = [(gram, weight) for gram, weight in found if abs(weight) >= _LEAST_SHOWN]
    found.sort(key=lambda each: (-abs(each[1]), each[0]))
    return tuple(found[:_MOST_SHOWN])
