"""Reading labelled texts and comparing: ours, VADER's on the same texts, and a question mark alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portal.listening.services.evaluating.label_words import CLASSES, NO, QUESTION, SUGGESTION, TONE, YES
from portal.listening.services.evaluating.labelled import LabelledText
from portal.listening.signals import Signals, read
from portal.listening.signals.learning import class_of
from portal.listening.signals.scores import Scores, compare

# The authors' own threshold (Hutto and Gilbert 2014, and the package's notes).
_VADER_EDGE = 0.05


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was read in one text for one signal, beside what people said, and the words that fired."""

    text: LabelledText
    signal: str
    truth: str
    said: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """One signal on one set of texts.

    Attributes:
        scores: of our reading.
        peer: the name of what it is compared with, if there is anything; peer_scores: its scores.
    """

    signal: str
    predictions: tuple[Prediction, ...]
    scores: Scores
    peer: str | None
    peer_scores: Scores | None


def half_of(text: str, seed: int) -> int:
    """0 or 1, the same for the same words, so that rules can be made on one half and tried on the other."""
    return hashlib.blake2b(f"{seed}:{text}".encode("utf-8", "replace"), digest_size=1).digest()[0] & 1


def try_readings(texts: Sequence[LabelledText]) -> list[Trial]:
    """Read every text once, and compare each signal that is labelled."""
    readings = [read(each.text, lang=each.lang) for each in texts]
    trials = []
    for signal in CLASSES:
        judged = [(text, reading) for text, reading in zip(texts, readings, strict=True) if signal in text.labels]
        if judged:
            trials.append(_trial(signal, judged))
    return trials


def words_of(signal: str, reading: Signals) -> tuple[str, ...]:
    """The words that fired, as they are shown."""
    if signal == TONE:
        return tuple(f"{word} {weight:+.1f}" for word, weight in reading.tone_words)
    return reading.marks.get(signal, ())


def _trial(signal: str, judged: Sequence[tuple[LabelledText, Signals]]) -> Trial:
    predictions = tuple(
        Prediction(text, signal, text.labels[signal], class_of(signal, reading), words_of(signal, reading))
        for text, reading in judged
    )
    order = CLASSES[signal]
    scores = compare(((each.truth, each.said) for each in predictions), order=order)
    peer, peer_scores = None, None
    if signal == TONE:
        peer = "VADER"
        peer_scores = compare(((each.truth, _vader(each.text.text)) for each in predictions), order=order)
    elif signal == QUESTION:
        peer = "a question mark alone"
        peer_scores = compare(((each.truth, _has_mark(each.text.text)) for each in predictions), order=order)
    elif signal == SUGGESTION:
        peer = "should, suggest, please, would be"
        peer_scores = compare(((each.truth, _has_cue(each.text.text)) for each in predictions), order=order)
    return Trial(signal, predictions, scores, peer, peer_scores)


def _vader(text: str) -> str:
    compound = _analyser().polarity_scores(text)["compound"]
    return "positive" if compound >= _VADER_EDGE else "negative" if compound <= -_VADER_EDGE else "neutral"


@lru_cache(maxsize=1)
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def _has_mark(text: str) -> str:
    return YES if "?" in text else NO


def _has_cue(text: str) -> str:
    folded = text.lower()
    return YES if any(cue in folded for cue in ("should", "suggest", "please", "would be")) else NO
