"""What a connector may know of the source it works for, and what it may spend."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portal.foundation.http import FetchIdentity
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract.errors import QuotaGone


@dataclass(slots=True)
class Meter:
    """Counts what a turn costs and stops it before it costs too much.

    Attributes:
        calls, micros: spent in this turn; micros are millionths of the channel's currency.
        calls_left, micros_left: what may still be spent; None means no limit.
        reset_at: when there is more (aware UTC).
    """

    calls: int = 0
    micros: int = 0
    calls_left: int | None = None
    micros_left: int | None = None
    reset_at: datetime | None = None

    def count_call(self) -> None:
        """Count a call that is about to be made.

        Raises:
            QuotaGone: none is left.
        """
        if self.calls_left is not None and self.calls >= self.calls_left:
            raise QuotaGone(_("All calls of today are used."), reset_at=self.reset_at)
        self.calls += 1

    def pay(self, micros: int) -> None:
        """Spend money that is about to be charged.

        Raises:
            QuotaGone: it would pass the cap.
        """
        if self.micros_left is not None and self.micros + micros > self.micros_left:
            raise QuotaGone(_("The spending cap is reached."), reset_at=self.reset_at)
        self.micros += micros

    def give_back(self, micros: int) -> None:
        """Take back what was set aside and not charged."""
        self.micros = max(0, self.micros - micros)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything a connector may know about the source it works for.

    Attributes:
        now: the moment of this poll (aware UTC); also the first-seen time of what it brings.
        config: what staff filled in, such as the address of a feed.
        credentials: the secret part of it.
        bases: the channel's addresses by name.
        words: what to search for, each a word, a phrase with spaces, a #tag, an @handle, or (see Caps) `url:host/path`.
        urls: where the mentions that are looked up stood, by their ids.
        callback: where pushes for this source come in; empty where the portal cannot be reached.
        push_secret: a secret of this source for signing what is pushed to it.
        listen_s: seconds that a stream may be listened to.
        allow_loopback: for development and tests only.
    """

    now: datetime
    config: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    bases: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict, repr=False)
    callback: str = field(default="", repr=False)
    push_secret: str = field(default="", repr=False)
    listen_s: float = 10.0
    meter: Meter = field(default_factory=Meter)
    identity: FetchIdentity = field(default_factory=FetchIdentity)
    allow_loopback: bool = False

    def base(self, name: str) -> str:
        """One of the channel's addresses, without a slash at the end."""
        return self.bases[name].rstrip("/")

    def setting(self, name: str) -> str:
        """What staff filled in, or nothing."""
        return (self.config.get(name) or "").strip()

    def secret(self, name: str) -> str:
        """A credential, or nothing."""
        return (self.credentials.get(name) or "").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one page may bring; calls and money are watched by the meter of the context."""

    max_items: int = 500
