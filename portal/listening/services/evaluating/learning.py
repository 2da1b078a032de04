"""Trying what a company could teach: learn from a few labels of a set, read the rest, several times."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from portal.listening.services.evaluating.labelled import LabelledText
from portal.listening.signals import read
from portal.listening.signals.learning import CLASSES, class_of, features_in, train
from portal.listening.signals.scores import Scores, compare

DRAWS = 5


@dataclass(frozen=True, slots=True)
class Draw:
    """What the default and the learned reading reach on the texts that were not learned from."""

    default: Scores
    learned: Scores


def try_learning(texts: Sequence[LabelledText], signal: str, count: int, *, seed: int = 1) -> list[Draw]:
    """Learn from `count` labels drawn at random and read the rest, five times; empty if there are too few."""
    judged = [each for each in texts if signal in each.labels]
    if len(judged) <= count or count < 2:
        return []
    readings = [read(each.text, lang=each.lang) for each in judged]
    features = [features_in(each.text, reading) for each, reading in zip(judged, readings, strict=True)]
    truth = [each.labels[signal] for each in judged]
    order = CLASSES[signal]
    draws = []
    for step in range(DRAWS):
        places = list(range(len(judged)))
        random.Random(seed + step).shuffle(places)  # noqa: S311 - a draw, not a secret
        taught, rest = places[:count], places[count:]
        model = train([features[place] for place in taught], [truth[place] for place in taught], order)
        default = compare(((truth[place], class_of(signal, readings[place])) for place in rest), order=order)
        learned = compare(((truth[place], model.likeliest(features[place])) for place in rest), order=order)
        draws.append(Draw(default, learned))
    return draws
