"""A process that reads signals beside the one that stores: a line of JSON in, a line of JSON out, until the end.

The first line holds the models that are switched on, as base64, and the names that carry no tone; each further one
a batch of `[words, lang, kind]`. The answer to a batch is one row for each text, as `row_of` makes it.
"""

import base64
import gc
import sys
from collections.abc import Mapping
from typing import Any, TypeAlias

from pydantic_core import from_json, to_json

from portal.listening.signals.learning import LearnedReader, LinearModel
from portal.listening.signals.names import NO_NAMES, Names
from portal.listening.signals.reading import Signals, read

# Language, tone, question, suggestion, creation, and the words that fired as JSON.
ReadRow: TypeAlias = tuple[str | None, float | None, bool, bool, bool, str | None]

# Words that make the rules of English, the commonest language by far, ready to be used.
_WARMING_UP = "I would love to have this lamp"
_BETWEEN_COLLECTIONS = 100_000


def row_of(signals: Signals) -> ReadRow:
    """A reading as it is stored."""
    marks: dict[str, Any] = dict(signals.marks)
    if signals.tone_words:
        marks["tone"] = signals.tone_words
    return (
        signals.lang,
        signals.tone,
        signals.is_question,
        signals.is_suggestion,
        signals.is_creation,
        to_json(marks).decode() if marks else None,
    )


def pack_models(models: Mapping[str, tuple[bytes, list[str]]], names: Names = NO_NAMES) -> bytes:
    """The line that tells the process by what to read: for each signal packed weights and their classes; names."""
    found = {signal: [base64.b64encode(packed).decode(), classes] for signal, (packed, classes) in models.items()}
    return to_json([found, names])


def main() -> None:
    """Read until there is no more input, which is when whoever asks is done or gone."""
    given, names = from_json(sys.stdin.buffer.readline())
    learned = LearnedReader(
        {signal: LinearModel.unpacked(base64.b64decode(packed), classes) for signal, (packed, classes) in given.items()}
    )
    # What the rules are made of stays until the end, and what is read makes no circles: the collector has little to do.
    read(_WARMING_UP)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS)
    for line in sys.stdin.buffer:
        rows = []
        for words, lang, kind in from_json(line):
            found = read(words, lang=lang, kind=kind, names=names)
            rows.append(row_of(found if kind == "repost" else learned.revise(words, found)))
        sys.stdout.buffer.write(to_json(rows) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
