"""Runs recordings through a connector and counts what became of them."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Connector, ConnectorError, Context, Heard, LeftOut, Raw
from portal.listening.drafts import MentionDraft
from portal.listening.parsing import parse_here
from portal.listening.services.conformance.expectations import compare
from portal.listening.services.conformance.recordings import Recording, recordings

_LATER_THAN_ALL = datetime(2100, 1, 1, tzinfo=UTC)
_FOLDERS = {
    "twitter-v2": "x", "facebook-instagram": "facebook", "activitystreams": "webmention", "microformats": "webmention",
    "discourse-topics": "discourse", "hacker-news": "hackernews", "rss": "feeds", "atom": "feeds",
}  # fmt: skip


class Verdict(StrEnum):
    """What became of one recording or one item in it."""

    THROUGH = "through"
    LEFT_OUT = "left out"
    NOTHING = "nothing for us"
    MISSED = "missed"
    RAISED = "raised"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the report."""

    verdict: Verdict
    place: str
    reason: str = ""


@dataclass(slots=True)
class Report:
    """Counts, and every line that is not as it should be."""

    recordings: int = 0
    empty: int = 0
    compared: int = 0
    equal: int = 0
    items: Counter[Verdict] = field(default_factory=Counter)
    misses: list[Outcome] = field(default_factory=list)
    nothing: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def has_raised(self) -> bool:
        """Whether anything ended in an exception that is no refusal."""
        return bool(self.items[Verdict.RAISED])

    @property
    def share_through(self) -> float:
        """Items that went through, of all that are ours to read."""
        read = self.items[Verdict.THROUGH] + self.items[Verdict.MISSED] + self.items[Verdict.RAISED]
        return self.items[Verdict.THROUGH] / read if read else 1.0


def connector_named(name: str) -> Connector:
    """The connector of a channel, also by the name of a folder of recordings.

    Raises:
        KeyError: there is none.
    """
    return connector_for(_FOLDERS.get(name, name))


def conform(name: str, paths: Iterable[Path]) -> Report:
    """Run every recording through a channel's parser and `normalise`.

    Raises:
        KeyError: there is no such channel.
        OSError: a path cannot be read.
    """
    connector, report, started = connector_named(name), Report(), time.monotonic()
    with parse_here():
        for recording in recordings(paths):
            report.recordings += 1
            _add(report, connector, recording)
    report.seconds = time.monotonic() - started
    return report


def _add(report: Report, connector: Connector, recording: Recording) -> None:
    ctx = _context(connector, recording)
    try:
        items = list(connector.read(recording.body, content_type=recording.content_type, url=recording.url))
    except ConnectorError as refusal:
        report.empty += 1
        report.nothing.append(Outcome(Verdict.NOTHING, recording.place, str(refusal)))
        return
    except Exception as problem:
        report.items[Verdict.RAISED] += 1
        report.misses.append(Outcome(Verdict.RAISED, recording.place, f"{type(problem).__name__}: {problem}"))
        return
    if not items:
        report.empty += 1
        report.nothing.append(Outcome(Verdict.NOTHING, recording.place, "no item of this channel in it"))
    heard: list[Heard] = []
    for outcome, made in _normalised(connector, items, ctx, recording.place):
        report.items[outcome.verdict] += 1
        if made is not None:
            heard.append(made)
        if outcome.verdict in {Verdict.MISSED, Verdict.RAISED}:
            report.misses.append(outcome)
    differences = compare(recording, heard)
    if differences is not None:
        report.compared += 1
        report.equal += not differences
        report.misses += [Outcome(Verdict.DIFFERENT, recording.place, str(found)) for found in differences]


def _normalised(
    connector: Connector, items: Iterable[Raw], ctx: Context, place: str
) -> Iterator[tuple[Outcome, Heard | None]]:
    for number, raw in enumerate(items, 1):
        where = f"{place} item {number}"
        try:
            made = connector.normalise(raw, ctx)
        except LeftOut as refusal:
            yield Outcome(Verdict.LEFT_OUT, where, str(refusal)), None
        except ConnectorError as refusal:
            yield Outcome(Verdict.MISSED, where, str(refusal)), None
        except Exception as problem:
            yield Outcome(Verdict.RAISED, where, f"{type(problem).__name__}: {problem}"), None
        else:
            is_bare = isinstance(made, MentionDraft) and not (made.text or made.title or made.media or made.rating)
            yield Outcome(Verdict.LEFT_OUT if is_bare else Verdict.THROUGH, where), made


def _context(connector: Connector, recording: Recording) -> Context:
    config = {one.name: one.default for one in connector.fields if not one.secret}
    if "url" in config:
        config["url"] = recording.url if connector.key == "feeds" else "https://recorded.example"
    return Context(now=_LATER_THAN_ALL, config=config, bases=dict(connector.caps.base_urls))
