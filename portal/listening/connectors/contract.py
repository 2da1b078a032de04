"""What every channel's connector offers, and the words in which it reports back; no database, no Flask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from portal.foundation.errors import Refusal
from portal.foundation.http import FetchIdentity
from portal.listening.drafts import MentionDraft

Raw = Mapping[str, Any]
Mode = Literal["poll", "webhook", "stream"]
DeletionSignal = Literal["push", "refresh-miss", "none"]
Matching = Literal["native", "local"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a connector can do, and the rules its channel sets.

    Attributes:
        channel_name: the channel as people call it.
        base_urls: the addresses it speaks to, by name; each can be overridden by configuration.
        config_fields: what staff fill in for a source; auth_fields: the same for secrets.
        min_interval_s: seconds that at least lie between two polls of one source.
        native: the query parts that the channel evaluates itself (any, all, none, phrase, lang, since, …).
        retention_days: days that a mention's words may be kept, or for how long as the original is live.
        deletion_signal: how the channel says that something was deleted.
        matching: whether the channel looks for our words, or we look in everything it sends.
        recheck_days: how often to look whether the original still stands.

    The three rules retention_days, deletion_signal and matching start undeclared (None): `register` refuses
    a connector that leaves one so.
    """

    channel_name: str
    modes: frozenset[Mode] = frozenset({"poll"})
    base_urls: Mapping[str, str] = field(default_factory=dict)
    config_fields: tuple[str, ...] = ()
    auth_fields: tuple[str, ...] = ()
    min_interval_s: int = 900
    page_size: int = 100
    max_lookback_days: int | None = None
    native: frozenset[str] = frozenset()
    refresh_batch: int = 0
    cost_micros_per_item: int = 0
    retention_days: int | Literal["while-live"] | None = None
    deletion_signal: DeletionSignal | None = None
    matching: Matching | None = None
    recheck_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A tracker's question in parts; each word may be a word, a "phrase", a #tag or an @handle."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A question as one channel can ask it: its own requests, and what is left to check locally."""

    requests: tuple[Mapping[str, str], ...] = ()
    residual: Query = Query()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a connector may know about the source it works for.

    Attributes:
        now: the moment of this poll (aware UTC); also the first-seen time of what it brings.
        config: what staff filled in, such as the address of a feed.
        allow_loopback: for development and tests only.
    """

    now: datetime
    config: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    identity: FetchIdentity = field(default_factory=FetchIdentity)
    allow_loopback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one poll may bring and cost; a metered connector starts no page that it cannot pay for."""

    max_items: int = 500
    max_calls: int = 10
    max_cost_micros: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What the channel says is left to us."""

    limit: int | None = None
    remaining: int | None = None
    reset_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll brought: raw items for `normalise`, and the cursor to store in the same transaction.

    Attributes:
        state: versioned JSON; hand it back unchanged at the next poll.
        more: there is more to fetch at once.
        not_before: when to call again (aware UTC).
        moved_to: the source's new permanent address, if the channel named one.
        warnings: sentences for the status page.
    """

    items: tuple[Raw, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    more: bool = False
    not_before: datetime | None = None
    moved_to: str | None = None
    quota: Quota | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Whether a source will work: a sentence, and the settings it should be stored with."""

    ok: bool
    sentence: str
    title: str | None = None
    config: Mapping[str, str] = field(default_factory=dict)
    sample: tuple[MentionDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """Something is gone from its channel; its words go from ours."""

    channel: str
    external_id: str
    origin_host: str | None = None


class Connector(Protocol):
    """A channel that is polled."""

    @property
    def key(self) -> str:
        """The channel's name in code and in stored rows."""

    @property
    def caps(self) -> Caps:
        """What it can do and the rules it is bound by."""

    def check(self, ctx: Context) -> CheckResult:
        """Make one cheap call and say what is missing; never raises for what the other side does."""

    def compile(self, query: Query) -> Plan:
        """Turn a question into the channel's own requests and the rest to filter locally."""

    def poll(self, ctx: Context, plan: Plan, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch what is new since `state`.

        Raises:
            ConnectorError: one of its kinds below; the stored state stays as it was.
        """

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Tombstone:
        """Give one raw item the shape of the house; pure: no network, no clock.

        Raises:
            Contract: the item has no shape we know; keep it aside and go on.
        """


class ConnectorError(Refusal):
    """A poll brought nothing; the message is a sentence for the status page.

    Attributes:
        retry_after: seconds the other side asks us to wait, if it says.
    """

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class AuthFailed(ConnectorError):
    """The key or login is wrong or lacks a right: stop and tell the admin."""


class QuotaGone(ConnectorError):
    """Nothing is left to us until `reset_at`."""

    def __init__(self, sentence: str, *, reset_at: datetime | None = None) -> None:
        super().__init__(sentence)
        self.reset_at = reset_at


class RateLimited(ConnectorError):
    """Too fast: wait."""


class BadQuery(ConnectorError):
    """This source or question can never work as it stands: stop it."""


class Gone(ConnectorError):
    """What we asked for is gone for good."""


class Transient(ConnectorError):
    """Something failed that may work next time."""


class Contract(ConnectorError):
    """The answer has a shape we do not know: keep the raw item, skip it, count it."""
