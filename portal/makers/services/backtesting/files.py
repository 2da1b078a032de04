"""A backtest of one or more files: who was known at a date, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.services.imports import ImportOptions
from portal.makers.queries.acts import bare_handle
from portal.makers.scoring.backtest import Result, Truth, judge_rankings, scores_of
from portal.makers.scoring.bars import Bars
from portal.makers.scoring.baselines import Voice
from portal.makers.scoring.reading import SECONDS_OF_DAY, Act, Addressee
from portal.makers.services.backtesting.heard import Heard, Told, each_author, read_files
from portal.makers.services.backtesting.labels import BacktestRefused

__all__ = ["BacktestRefused", "FileTest", "Question", "backtest_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the past.

    Attributes:
        until: everything up to this moment is known.
        horizon: days after it in which the truth is looked for.
        truth: what counts.
        label: the column with the authors' own labels.
        language: two letters; only mentions of this language, if given.
        brand: handles that are the brand's own; they are left out.
    """

    until: datetime
    horizon: int
    truth: Truth = Truth.POSITIVE
    label: str = ""
    language: str = ""
    brand: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FileTest:
    """What came out.

    Attributes:
        result: the table; None where nothing could be measured.
        scores: of everyone known at the date, the highest first: handle, score, bars.
        notes: sentences that belong beside the figures.
    """

    result: Result | None
    scores: list[tuple[str, float, Bars]]
    notes: list[str] = field(default_factory=list)


def backtest_file(paths: Sequence[Path], options: ImportOptions, asked: Question) -> FileTest:
    """Rank everyone known at the date on what was known then, and look at what came.

    Raises:
        Refusal: a file cannot be read, or nobody was known at the date.
    """
    told = read_files(paths, options, truth=asked.truth, until=asked.until, language=asked.language, label=asked.label)
    return backtest_heard(told, asked)


def backtest_heard(told: Told, asked: Question) -> FileTest:
    """The same from mentions that were read before, up to this date at least.

    Raises:
        BacktestRefused: there is none, or nobody was known at the date.
    """
    if not told.heard:
        nothing = _("There is not a single mention in it that could be read.")
        if asked.language and not told.why:
            nothing = _("No mention in it is in the language “%(language)s”.", language=asked.language[:12])
        raise BacktestRefused(f"{nothing} {_('First of all, %(why)s', why=told.why)}" if told.why else nothing)
    first, last = told.heard[0].at, told.heard[-1].at
    voices = _voices(told.heard, asked)
    if not voices:
        raise BacktestRefused(
            _(
                "Nobody had been heard by %(until)s: the first mention is of %(first)s, the last of %(last)s.",
                until=_day(asked.until),
                first=_day(first),
                last=_day(last),
            )
        )
    found = scores_of(voices, at=asked.until)
    result = judge_rankings(voices, [total for total, _bars in found])
    scores = [(voice.name, total, bars) for voice, (total, bars) in zip(voices, found, strict=True)]
    scores.sort(key=lambda row: (-row[1], row[0]))
    return FileTest(
        result if 0 < result.came_true < result.known else None, scores, _notes(told, asked, voices, result)
    )


def _voices(heard: Sequence[Heard], asked: Question) -> list[Voice]:
    end = asked.until + timedelta(days=asked.horizon)
    known = {one.key: one for one in heard if one.at <= asked.until}
    brand = {bare_handle(handle) for handle in asked.brand}
    copies = _copies(known.values())
    voices = []
    for author, mentions in each_author(heard):
        past = [one for one in mentions if one.at <= asked.until]
        if not past:
            continue
        voice = Voice(past[0].handle, is_left_out=past[-1].is_bot or bare_handle(past[0].handle) in brand)
        followers = [one.followers for one in past if one.followers is not None]
        voice.followers = followers[-1] if followers else None
        for number, one in enumerate(past):
            voice.acts.append(_act(number, one, author, known, brand, is_copy=one.key in copies))
            voice.ages.append((asked.until - one.at).total_seconds() / SECONDS_OF_DAY)
            voice.warm.append(one.is_warm)
        voice.came_true = any(_is_true(one, asked.truth) for one in mentions if asked.until < one.at <= end)
        voices.append(voice)
    return voices


def _is_true(one: Heard, truth: Truth) -> bool:
    return (one.likes or 0) > 0 if truth is Truth.LIKED else one.is_warm


def _copies(heard: object) -> set[tuple[str, str, str]]:
    """All but the first of those that say the same."""
    seen: set[int] = set()
    found = set()
    for one in heard:  # type: ignore[attr-defined]
        if one.copy_key is not None and one.copy_key in seen:
            found.add(one.key)
        elif one.copy_key is not None:
            seen.add(one.copy_key)
    return found


def _act(
    number: int,
    one: Heard,
    author: tuple[str, str, str],
    known: Mapping[tuple[str, str, str], Heard],
    brand: set[str],
    *,
    is_copy: bool,
) -> Act:
    parent = known.get(one.parent) if one.parent else None
    addressee = Addressee.EVERYONE
    if parent is not None or one.parent_author:
        name = bare_handle(parent.handle if parent is not None else one.parent_author or "")
        own = name == bare_handle(one.handle)
        addressee = Addressee.THEMSELVES if own else Addressee.BRAND if name in brand else Addressee.OTHERS
    return Act(
        id=number,
        channel=author[0],
        kind=one.kind,
        at=one.at,
        length=one.length,
        is_copy=is_copy,
        tone=one.tone,
        is_question=one.is_question,
        is_suggestion=one.is_suggestion,
        is_creation=one.is_creation,
        addressee=addressee,
        answers_question=bool(parent and parent.is_question),
        stance=one.label,
    )


def _notes(told: Told, asked: Question, voices: Sequence[Voice], result: Result) -> list[str]:
    last = told.heard[-1].at
    notes = [_why_nothing(told, asked, result)]
    if asked.until < last < asked.until + timedelta(days=asked.horizon):
        notes.append(_("The file ends on %(last)s, before the days that were asked for are over.", last=_day(last)))
    left_out = sum(1 for voice in voices if voice.is_left_out)
    if left_out:
        notes.append(
            ngettext(
                "%(num)s account is left out: a bot or the brand's own.",
                "%(num)s accounts are left out: bots and the brand's own.",
                left_out,
            )
        )
    if told.bad:
        unread = ngettext("%(num)s row could not be read.", "%(num)s rows could not be read.", told.bad)
        notes.append(f"{unread} {_('First of all, %(why)s', why=told.why)}")
    if told.is_zone_guessed:
        notes.append(_("Times without a zone were read as UTC; --zone says where they were written."))
    return [*filter(None, notes), *_caveats(asked.truth)]


def _why_nothing(told: Told, asked: Question, result: Result) -> str:
    end = asked.until + timedelta(days=asked.horizon)
    if not any(asked.until < one.at <= end for one in told.heard):
        return _("Nobody is heard in the days after it, so nothing can be measured; the scores stand.")
    if asked.truth is Truth.LIKED and all(one.likes is None for one in told.heard):
        return _("The file does not say what was liked, so nothing can be measured; the scores stand.")
    if not result.came_true:
        return _("Of those known then nobody turned out as looked for, so nothing can be measured.")
    if result.came_true == result.known:
        return _("All of those known then turned out as looked for: no ranking is better than another.")
    return ""


def _caveats(truth: Truth) -> list[str]:
    likes = _(
        "Likes and followers are counts of the day the file was made, not of that date: the score does not use "
        "them here, and a ranking by followers looks better than it could have been."
    )
    if truth is Truth.POSITIVE:
        return [
            likes,
            _("Positive is VADER's reading of English: it finds who goes on speaking more than who praises."),
        ]
    if truth is Truth.LABEL:
        return [likes, _("Labels given until that date are known to the score and to positive × recent.")]
    return [likes]


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")
