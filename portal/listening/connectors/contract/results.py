"""What a connector hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Self, TypeAlias

from portal.listening.drafts import MentionDraft

Raw: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What the channel says is left to us."""

    limit: int | None = None
    remaining: int | None = None
    reset_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What one page brought: raw items for `normalise`, and the cursor to store in the same transaction.

    Attributes:
        state: versioned JSON; hand it back unchanged at the next poll.
        more: there is another page to fetch at once.
        not_before: when to call again (aware UTC).
        moved_to: the source's new permanent address, if the channel named one.
        warnings: sentences for the status page.
        credentials: secrets to seal beside those of the form, such as a session's tokens.
    """

    items: tuple[Raw, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    more: bool = False
    not_before: datetime | None = None
    moved_to: str | None = None
    quota: Quota | None = None
    warnings: tuple[str, ...] = ()
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Whether a source will work: a sentence, and the settings it should be stored with."""

    ok: bool
    sentence: str
    title: str | None = None
    config: Mapping[str, str] = field(default_factory=dict)
    sample: tuple[MentionDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """Something is gone from its channel; its words go from ours.

    Attributes:
        external_id: the mention; None for everything its author said here.
        author_id: the author's id on the channel, where the whole account is gone.
        certain: the channel said so itself (410, a tombstone); otherwise it must be missing twice.
    """

    channel: str
    external_id: str | None = None
    origin_host: str | None = None
    author_id: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """New words or counts of something that may stand here; what is None stays, and an unknown one is passed by."""

    channel: str
    external_id: str
    origin_host: str | None = None
    title: str | None = None
    text: str | None = None
    edited_at: datetime | None = None
    likes: int | None = None
    replies: int | None = None
    shares: int | None = None
    views: int | None = None
    rating: float | None = None
    links: str | None = None

    @classmethod
    def to(cls, draft: MentionDraft) -> Self:
        """Whatever a draft says now."""
        said = {part.name: getattr(draft, part.name) for part in fields(cls)}
        return cls(**said | {"links": draft.links or ""})


Heard: TypeAlias = MentionDraft | Change | Deletion


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A request that came to a source's own address; header names are in lower case."""

    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """The answer to a handshake."""

    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A push is let in.

    Attributes:
        event_id: what makes a repetition of it known; two pushes of one source with the same id count once.
        keep: False for one that says nothing to us, such as a test ping.
        from_whom: who is behind it where anybody may knock; of one, only so many are kept in ten minutes.
        is_duty: kept even where the source is paused, such as a person's wish to be deleted.
    """

    event_id: str
    from_whom: str = ""
    keep: bool = True
    is_duty: bool = False
    status: int = 202
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"
