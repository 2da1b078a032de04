"""What a connector can do, the rules its channel sets, and what staff fill in for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["poll", "webhook", "stream"]
DeletionSignal = Literal["push", "refresh-miss", "none"]
Matching = Literal["native", "local"]
FieldKind = Literal["text", "url", "number", "lines", "flag", "choice"]

_RULES = ("retention_days", "deletion_signal", "matching")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that staff fill in for a source; its value is a string, a flag "yes" or "".

    Attributes:
        name: its key in `ctx.config`, or for a secret in `ctx.credentials`.
        label, help: as the page shows them; write them as plain English, the page translates.
        secret: stored encrypted and never shown again.
        choices: for a choice, the values with their words.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = False
    required: bool = True
    kind: FieldKind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    max_length: int = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """What a connector can do, and the rules its channel sets.

    Attributes:
        channel_name: the channel as people call it.
        about: a sentence for the form: what it brings and what is needed for it.
        modes: poll, webhook (it is told), stream (a poll listens for a while).
        base_urls: the addresses it speaks to, by name; each can be overridden by CHANNEL_ADDRESSES.
        min_interval_s: seconds that at least lie between two polls of one source.
        refresh_batch, profile_batch: how many ids or handles one call may ask for; 0 means it cannot.
        calls_a_day: the channel's own limit, counted in `day_zone`; None where it sets none.
        is_metered: each call or item costs money, so the form asks for a cap and the page shows what was spent.
        needs_approval: the channel must allow this use first; the form says so, and a person confirms it.
        retention_days: days that a mention's words may be kept, or for as long as the original is live.
        renews: whether the days begin anew when a mention was looked up again and still stands.
        deletion_signal: how the channel says that something was deleted.
        finds_links: whether it can be asked for addresses; `ctx.words` may then hold `url:host/path`.
        matching: whether the channel looks for our words, or we look in everything it sends.
        recheck_days: how often to look whether the original still stands.
        looks_up: whether any source of the channel can look up what another one brought ("all"), only one with the
            same value of this setting, or none ("own").
        keeps_traces: whether counts, and the names of people of whom nothing else is left, may outlive the words.
        keeps_pictures: whether small copies of a mention's pictures may be kept as long as its words.

    The three rules retention_days, deletion_signal and matching start undeclared (None): a connector that
    leaves one so does not load.
    """

    channel_name: str
    about: str = ""
    modes: frozenset[Mode] = frozenset({"poll"})
    base_urls: Mapping[str, str] = field(default_factory=dict)
    min_interval_s: int = 900
    page_size: int = 100
    refresh_batch: int = 0
    profile_batch: int = 0
    calls_a_day: int | None = None
    day_zone: str = "UTC"
    is_metered: bool = False
    currency: str = "USD"
    needs_approval: str = ""
    retention_days: float | Literal["while-live"] | None = None
    renews: bool = False
    deletion_signal: DeletionSignal | None = None
    matching: Matching | None = None
    finds_links: bool = False
    recheck_days: float | None = None
    looks_up: str = "all"
    keeps_traces: bool = True
    keeps_pictures: bool = True


class UndeclaredRules(ValueError):
    """A connector does not say how long its words may be kept, how deletions reach us, or who matches."""


def check_caps(key: str, caps: Caps) -> None:
    """Refuse a connector that leaves a rule open.

    Raises:
        UndeclaredRules: names every rule that is missing, or does not fit the others.
    """
    missing = [rule for rule in _RULES if getattr(caps, rule) is None]
    if missing:
        raise UndeclaredRules(f"The connector {key!r} does not declare {', '.join(missing)}.")
    if caps.deletion_signal == "refresh-miss" and not (caps.refresh_batch and caps.recheck_days):
        raise UndeclaredRules(f"The connector {key!r} learns of deletions by asking, and does not say how.")
