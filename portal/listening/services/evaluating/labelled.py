"""Files of labelled texts: which column holds the words, and what each column of labels stands for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.drafts import MAX_TEXT_CHARS, clean_text
from portal.listening.files.reader import RowFile
from portal.listening.files.row import Unreadable
from portal.listening.services.evaluating.label_words import (
    CLASSES,
    SIGNALS,
    UNLABELLED,
    guess_signal,
    meanings,
    plain,
)

_SHOWN = 12


class LabelRefused(Refusal):
    """A column is missing, or its labels mean nothing to us."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One text with what people said of it, by signal; a signal that nobody judged is missing."""

    line: int
    text: str
    lang: str | None
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """The texts of a file.

    Attributes:
        texts: those with words and at least one label.
        columns: for each signal the column that labels it.
        empty: rows without words; unlabelled: rows without a label; unreadable: rows that are none.
    """

    texts: tuple[LabelledText, ...]
    columns: Mapping[str, str]
    empty: int
    unlabelled: int
    unreadable: int


def read_labelled(
    path: Path,
    *,
    text: str,
    labels: Sequence[str],
    values: Sequence[str] = (),
    lang: str | None = None,
    lang_column: str | None = None,
) -> LabelledFile:
    """Read a table or JSON file of labelled texts, plain or gzip.

    Args:
        path: the file.
        text: the column of the words, by name or by its place from 1.
        labels: `signal=column`, or a column alone whose signal its labels tell.
        values: `label=class` for labels that are not known by themselves.
        lang: the language of all texts, if it is known.
        lang_column: the column that says so for each.

    Raises:
        LabelRefused: a column is not there, or a label is unknown; the sentence names what was found.
        Refusal: the file cannot be read.
    """
    with RowFile(path) as file:
        names = file.columns
        words_at = _column(text, names, path)
        wanted = [_split(each) for each in labels]
        placed = [(signal, _column(column, names, path), column) for signal, column in wanted]
        language_at = _column(lang_column, names, path) if lang_column else None
        rows: list[tuple[int, Mapping[str, object]]] = []
        unreadable = 0
        if _is_headless(placed, text):
            # The first line holds a label where the name of its column would stand.
            rows.append((1, dict(zip(names, names, strict=True))))
        for line, cells in file.rows():
            if isinstance(cells, Unreadable):
                unreadable += 1
            else:
                rows.append((line, cells))
    said = dict(_split_value(each) for each in values)
    read_as = {}
    for signal, column, given in placed:
        found = Counter(plain(cells.get(column)) for _line, cells in rows)
        named, classes = _meaning(signal, given if given.isdigit() else column, found, said)
        read_as[named] = (column, classes)
    return _texts(rows, words_at, read_as, lang, language_at, unreadable)


def _texts(
    rows: Sequence[tuple[int, Mapping[str, object]]],
    words_at: str,
    read_as: Mapping[str, tuple[str, Mapping[str, str]]],
    lang: str | None,
    language_at: str | None,
    unreadable: int,
) -> LabelledFile:
    texts = []
    empty = unlabelled = 0
    for line, cells in rows:
        words = clean_text(cells.get(words_at), MAX_TEXT_CHARS)
        known = {
            signal: classes[label]
            for signal, (column, classes) in read_as.items()
            if (label := plain(cells.get(column))) in classes
        }
        if not words:
            empty += 1
        elif not known:
            unlabelled += 1
        else:
            language = clean_text(cells.get(language_at), 20) if language_at else ""
            texts.append(LabelledText(line, words, language or lang, known))
    if not texts:
        raise LabelRefused(_("No row has both words and a label."))
    columns = {signal: column for signal, (column, _classes) in read_as.items()}
    return LabelledFile(tuple(texts), columns, empty, unlabelled, unreadable)


def _split(label: str) -> tuple[str | None, str]:
    signal, equals, column = label.partition("=")
    if not equals:
        return None, label
    if signal.strip().lower() not in SIGNALS:
        raise LabelRefused(
            _("“%(signal)s” is not read; a label is for %(known)s.", signal=signal[:40], known=", ".join(SIGNALS))
        )
    return signal.strip().lower(), column


def _split_value(value: str) -> tuple[str, str]:
    label, _equals, meaning = value.rpartition("=")
    classes = {name for names in CLASSES.values() for name in names}
    if meaning.strip().lower() not in classes:
        raise LabelRefused(
            _(
                "“%(value)s” is not LABEL=CLASS; a class is %(known)s.",
                value=value[:80],
                known=", ".join(sorted(classes)),
            )
        )
    return plain(label), meaning.strip().lower()


def _column(wanted: str, names: Sequence[str], path: Path) -> str:
    folded = {name.strip().lower(): name for name in reversed(names)}
    if wanted in names:
        return wanted
    if wanted.strip().lower() in folded:
        return folded[wanted.strip().lower()]
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise LabelRefused(
        _(
            "%(file)s has no column “%(wanted)s”; it has: %(names)s.",
            file=path.name,
            wanted=wanted[:80],
            names=", ".join(name[:60] for name in names[:40]),
        )
    )


def _is_headless(placed: Sequence[tuple[str | None, str, str]], text: str) -> bool:
    """Whether columns are named by place, and the first line's cell is itself a label."""
    by_place = text.isdigit() and all(given.isdigit() for _signal, _column, given in placed)
    return by_place and any(
        meanings(signal, {plain(column)}) or plain(column) in {"0", "1"}
        for each, column, _given in placed
        for signal in ([each] if each else SIGNALS)
    )


def _meaning(
    signal: str | None, column: str, found: Counter[str], said: Mapping[str, str]
) -> tuple[str, Mapping[str, str]]:
    """The signal of a column and the class of each of its labels."""
    told = {label: meaning for label, meaning in said.items() if label in found}
    labels = {label for label in found if label not in UNLABELLED and label not in told}
    named = signal or _signal_of(told) or guess_signal(column, labels)
    shown = ", ".join(f"{label[:40]} ({count})" for label, count in found.most_common(_SHOWN) if label)
    if named is None:
        raise LabelRefused(
            _(
                "What “%(column)s” labels is not clear; say --label tone=%(column)s, question=… or suggestion=…. "
                "It holds: %(found)s.",
                column=column,
                found=shown or _("nothing"),
            )
        )
    known = meanings(named, labels) if labels else {}
    if known is None or not (labels or told):
        unknown = sorted(label for label in labels if not meanings(named, {label}))
        raise LabelRefused(
            _(
                "“%(column)s” has labels that mean nothing for %(signal)s: %(unknown)s. It holds: %(found)s. "
                "Say what one means with --value LABEL=CLASS, where a class is %(classes)s.",
                column=column,
                signal=named,
                unknown=", ".join(label[:40] for label in unknown[:_SHOWN]) or _("none at all"),
                found=shown or _("nothing"),
                classes=", ".join(CLASSES[named]),
            )
        )
    return named, {label: known[label] for label in labels} | told


def _signal_of(told: Mapping[str, str]) -> str | None:
    return next((signal for signal in SIGNALS if told and set(told.values()) <= set(CLASSES[signal])), None)
