"""Reading a mention: its language, its tone, and whether it asks, suggests or shows something made."""

from portal.listening.signals.reading import Signals, language_of, read
from portal.listening.signals.tone import tone_class
from portal.listening.signals.words import copy_key

__all__ = ["Signals", "copy_key", "language_of", "read", "tone_class"]
