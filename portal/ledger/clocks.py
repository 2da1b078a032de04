"""How the time of a suggestion runs: what starts its clock, and what stops it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Happened(StrEnum):
    """What starts or stops the clock of a suggestion."""

    QUESTION = "question"
    ANSWER = "answer"
    REPLY = "reply"
    REOPENED = "reopened"
    JOINED = "joined"
    PARTED = "parted"


@dataclass(frozen=True)
class Clock:
    """How the time of a suggestion ran since it came, or was last opened again.

    Attributes:
        ran: the spans in which the company had it.
        asked_at: since when it waits for the member; None while the company has it.
    """

    ran: tuple[tuple[datetime, datetime], ...]
    asked_at: datetime | None


def clock_of(created_at: datetime, happened: Iterable[tuple[datetime, Happened]], until: datetime) -> Clock:
    """How the clock ran until a moment: a question stops it, a reply or another answer lets it run on.

    It stands still as well while a suggestion is joined with another, which is answered for both.

    Args:
        happened: in order; what came after `until` is left out.
    """
    ran: list[tuple[datetime, datetime]] = []
    start: datetime | None = created_at
    asked_at, is_joined = None, False
    for at, what in happened:
        if at > until:
            break
        if what is Happened.REOPENED:
            ran, start = [], None
        if what is Happened.QUESTION:
            asked_at = asked_at or at
        elif what in (Happened.JOINED, Happened.PARTED):
            is_joined = what is Happened.JOINED
        else:
            asked_at = None
        runs = asked_at is None and not is_joined
        if start is not None and not runs:
            ran.append((start, at))
        start = (start or at) if runs else None
    if start is not None:
        ran.append((start, until))
    return Clock(tuple(ran), asked_at)
