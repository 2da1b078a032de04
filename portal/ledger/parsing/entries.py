"""What a line of an earlier record holds."""

from dataclasses import dataclass
from datetime import datetime

from portal.ledger.models import ActionStage, ResponseKind

Decision = ActionStage | ResponseKind


@dataclass(frozen=True)
class Reply:
    """What somebody said to a suggestion; `said_at` is UTC, None where the record does not say."""

    words: str
    author: str
    said_at: datetime | None
    is_staff: bool
    kind: ResponseKind | None = None


@dataclass(frozen=True)
class Decided:
    """What the company decided.

    Attributes:
        what: the stage of an action, `EXPLANATION`, or `ACKNOWLEDGEMENT` for words that decide nothing.
        word: the earlier record's own word for it.
        reason: may be empty: then it was not recorded.
        at: UTC; None where the record does not say.
        by: a name; empty where the record does not say.
        proof_url: where it can be seen; may be empty.
    """

    what: Decision
    word: str
    reason: str
    at: datetime | None
    by: str
    proof_url: str


@dataclass(frozen=True)
class Entry:
    """One suggestion as an earlier record knew it.

    Attributes:
        votes: how many votes came without a name.
        voters: the names of the others.
        replies: in the order of their dates.
        passed_over: fields that nobody reads, as they are written there.
    """

    key: str
    title: str
    body: str
    author: str
    created_at: datetime | None
    votes: int
    voters: tuple[str, ...]
    replies: tuple[Reply, ...]
    decided: Decided | None
    passed_over: tuple[str, ...] = ()
