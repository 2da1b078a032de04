"""Trying the readings on texts that people have labelled."""

from portal.listening.services.evaluating.labelled import LabelledFile, LabelledText, LabelRefused, read_labelled
from portal.listening.services.evaluating.trial import Prediction, Trial, try_readings

__all__ = [
    "LabelRefused",
    "LabelledFile",
    "LabelledText",
    "Prediction",
    "Trial",
    "read_labelled",
    "try_readings",
]
