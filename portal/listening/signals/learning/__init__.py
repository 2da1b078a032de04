"""Learning from a company's own labels: a small linear model over words, letters and the default reading."""

from portal.listening.signals.learning.features import features_of
from portal.listening.signals.learning.model import LinearModel, train
from portal.listening.signals.learning.reader import CLASSES, LearnedReader, class_of, features_in

__all__ = ["CLASSES", "LearnedReader", "LinearModel", "class_of", "features_in", "features_of", "train"]
