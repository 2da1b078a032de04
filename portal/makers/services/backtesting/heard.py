"""Mentions from a file as a backtest needs them: in memory, without their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from portal.foundation.text import gettext as _
from portal.listening.drafts import MentionDraft
from portal.listening.files.layout import LayoutRefused, plan
from portal.listening.files.reader import RowFile
from portal.listening.files.row import Unreadable
from portal.listening.files.rows import RowProblem
from portal.listening.files.times import ZoneNeeded
from portal.listening.services.imports import ImportOptions, reader_of
from portal.listening.services.keys import handle_key, text_key
from portal.listening.services.learned import read_mention
from portal.makers.scoring.backtest import Truth
from portal.makers.services.backtesting.labels import label_column, own_words

_VADER_POSITIVE = 0.05
_SOME_CHANNEL = "web"
_LABEL_CHARS = 80


@dataclass(slots=True)
class Heard:
    """One mention; `parent` and `key` are (channel, host, id), `label` is the author's own word from -1 to 1."""

    key: tuple[str, str, str]
    author: tuple[str, str, str]
    handle: str
    followers: int | None
    is_bot: bool
    at: datetime
    kind: str
    length: int
    copy_key: int | None
    tone: float | None
    is_question: bool
    is_suggestion: bool
    is_creation: bool
    parent: tuple[str, str, str] | None
    parent_author: str | None
    likes: int | None
    is_warm: bool
    label: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """What was read: mentions in order of time, rows that are none and why the first is none, the label's column.

    `is_zone_guessed`: times without a zone were read as UTC, since nobody said otherwise.
    """

    heard: list[Heard]
    bad: int
    label_column: str | None
    why: str = ""
    is_zone_guessed: bool = False


def read_files(
    paths: Sequence[Path], options: ImportOptions, *, truth: Truth, until: datetime, language: str = "", label: str = ""
) -> Told:
    """Read every mention of the files; each only once.

    Args:
        paths: files as the import reads them.
        options: how.
        truth: what is looked for; only what it needs is read out of the words.
        until: the date; words after it are read for the truth alone.
        language: keep mentions of this language only, as the channel gave it or as it was detected.
        label: the column with the author's own label, looked for if it is not given.

    Raises:
        Refusal: a file cannot be read, or has no such column.
    """
    try:
        return _read(paths, options, truth=truth, until=until, language=language, label=label)
    except ZoneNeeded:
        utc = replace(options, zone="UTC")
        told = _read(paths, utc, truth=truth, until=until, language=language, label=label)
        return replace(told, is_zone_guessed=True)


def _read(
    paths: Sequence[Path], options: ImportOptions, *, truth: Truth, until: datetime, language: str, label: str
) -> Told:
    found: dict[tuple[str, str, str], Heard] = {}
    labels: dict[tuple[str, str, str], str] = {}
    bad, column, why = 0, None, ""
    for path in paths:
        with RowFile(path, options.encoding) as file:
            reader, rows = reader_of(file, _with_a_channel(file, options))
            if truth is Truth.LABEL:
                column = label_column(file.columns, label, path)
            for line, cells in rows:
                draft = reader.read(line, cells)
                if isinstance(draft, RowProblem):
                    bad += 1
                    why = why or _why(draft, path if len(paths) > 1 else None)
                    continue
                one = _heard(draft, truth=truth, until=until, language=language)
                if one is None or one.key in found:
                    continue
                found[one.key] = one
                if column and not isinstance(cells, Unreadable):
                    labels[one.key] = str(cells.get(column) or "")[:_LABEL_CHARS]
    if column:
        said = own_words(labels.values(), column)
        for key, one in found.items():
            one.label = said[labels[key]]
            one.is_warm = one.label > 0
    return Told(sorted(found.values(), key=lambda one: (one.at, one.key)), bad, column, why)


def _why(problem: RowProblem, path: Path | None) -> str:
    sentence = _("line %(line)s: %(reason)s", line=problem.line, reason=problem.reason)
    return f"{path.name}, {sentence}" if path else sentence


def _with_a_channel(file: RowFile, options: ImportOptions) -> ImportOptions:
    """The options, with a channel for a file that names none: nothing is measured by its name."""
    try:
        plan(file.columns, format_name=options.format, maps=options.maps, sets=options.sets)
    except LayoutRefused:
        if not any(words.partition("=")[0].strip() == "channel" for words in (*options.maps, *options.sets)):
            return replace(options, sets=(*options.sets, f"channel={_SOME_CHANNEL}"))
    return options


def _heard(draft: MentionDraft, *, truth: Truth, until: datetime, language: str) -> Heard | None:
    signals = None
    if draft.created_at <= until or (language and not draft.lang):
        signals = read_mention(draft)
    if language and (draft.lang or (signals.lang if signals else None)) != language:
        return None
    channel, host = draft.channel, draft.origin_host or ""
    return Heard(
        key=(channel, host, draft.external_id),
        author=(channel, host, handle_key(draft.author.handle)),
        handle=draft.author.handle,
        followers=draft.author.followers,
        is_bot=draft.author.is_bot,
        at=draft.created_at,
        kind=draft.kind,
        length=len(draft.text),
        copy_key=text_key(draft),
        tone=signals.tone if signals else None,
        is_question=bool(signals and signals.is_question),
        is_suggestion=bool(signals and signals.is_suggestion),
        is_creation=bool(signals and signals.is_creation),
        parent=(channel, host, draft.parent_id) if draft.parent_id else None,
        parent_author=draft.parent_author,
        likes=draft.likes,
        is_warm=truth is not Truth.LABEL and _vader(draft.text) >= _VADER_POSITIVE,
        label=None,
    )


def _vader(text: str) -> float:
    """The tone as the published figures were measured, whatever else the portal reads tone by."""
    return float(_analyzer().polarity_scores(text)["compound"]) if text else 0.0


@lru_cache(maxsize=1)
def _analyzer() -> Any:
    return SentimentIntensityAnalyzer()


def each_author(heard: Sequence[Heard]) -> Iterator[tuple[tuple[str, str, str], list[Heard]]]:
    """The mentions of each author, in the order in which authors are named."""
    grouped: dict[tuple[str, str, str], list[Heard]] = {}
    for one in heard:
        grouped.setdefault(one.author, []).append(one)
    for author in sorted(grouped):
        yield author, grouped[author]
