"""Trying the readings on texts that people have labelled."""

from portal.listening.services.evaluating.labelled import LabelledFile, LabelledText, LabelRefused, read_labelled
from portal.listening.services.evaluating.learning import Draw, try_learning
from portal.listening.services.evaluating.trial import Prediction, Trial, try_readings

__all__ = [
    "Draw",
    "LabelRefused",
    "LabelledFile",
    "LabelledText",
    "Prediction",
    "Trial",
    "read_labelled",
    "try_learning",
    "try_readings",
]
