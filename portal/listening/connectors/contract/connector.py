"""The class that every channel's connector extends."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract.caps import Caps, Field
from portal.listening.connectors.contract.context import Budget, Context
from portal.listening.connectors.contract.errors import Contract, PushRefused
from portal.listening.connectors.contract.results import (
    Accepted,
    Change,
    CheckResult,
    Deletion,
    Greeting,
    Heard,
    PollResult,
    Push,
    Raw,
)
from portal.listening.drafts import AuthorDraft


class Connector(ABC):
    """One channel: how it is asked, how it tells, and what its items mean.

    Attributes:
        key: the channel's name in code and in stored rows.
        caps: what it can do and the rules it is bound by.
        fields: what staff fill in for a source of it.
    """

    key: ClassVar[str]
    caps: ClassVar[Caps]
    fields: ClassVar[tuple[Field, ...]] = ()

    @property
    def form_fields(self) -> tuple[Field, ...]:
        """Every field of the form: its own, a cap where it costs money, a word where the channel must approve."""
        extra: list[Field] = []
        if self.caps.is_metered:
            about = f"In whole {self.caps.currency}; nothing is asked that could pass it."
            extra.append(Field("cap", "Spending cap for a month", about, kind="number", default="20"))
        if self.caps.needs_approval:
            extra.append(Field("approved", "The channel has approved this use", self.caps.needs_approval, kind="flag"))
        return (*self.fields, *extra)

    def address(self, config: Mapping[str, str]) -> str:
        """What one source listens to, in one line: two sources of a channel with the same address are the same."""
        said = [config.get(field.name, "").strip() for field in self.fields if not field.secret]
        return " ".join(word for word in said if word) or self.key

    def place(self, config: Mapping[str, str]) -> str:
        """The same as people read it: choices in their words, without what is ticked or stands as it came."""
        said = []
        for field in self.fields:
            value = config.get(field.name, "").strip()
            is_as_it_came = bool(field.choices) and value == field.default
            if not value or is_as_it_came or field.secret or field.kind in {"flag", "number"}:
                continue
            said.append(_(dict(field.choices).get(value, value)) if field.choices else ", ".join(value.split("\n")))
        return " · ".join(said)

    @abstractmethod
    def check(self, ctx: Context) -> CheckResult:
        """Make one cheap call and say what is missing; never raises for what the other side does."""

    @abstractmethod
    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of what is new since `state`.

        Raises:
            ConnectorError: one of its kinds; the stored state stays as it was.
        """

    def questions(self, ctx: Context) -> Sequence[str]:
        """What a round of polls asks one after the other; one that is refused is passed by while another is answered.

        Raises:
            ConnectorError: there is nothing to ask.
        """
        return ()

    @abstractmethod
    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """Give one raw item the shape of the house; pure: no network, no clock.

        Raises:
            Contract: the item has no shape we know; keep it aside and go on.
        """

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The raw items in one JSON document of the channel, be it a list, one item, or an envelope around them.

        Raises:
            Contract: it is nothing this channel sends.
        """
        if isinstance(document, list):
            return [item for item in document if isinstance(item, dict)]
        if isinstance(document, dict):
            return [document]
        raise Contract(_("The answer arrived in a shape that is not known."))

    def read(self, body: bytes, *, content_type: str = "", url: str = "") -> Sequence[Raw]:
        """The raw items in the bytes of one answer or push.

        Raises:
            Contract: it is nothing this channel sends.
        """
        try:
            document = json.loads(body.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError) as problem:
            raise Contract(_("The answer is not JSON.")) from problem
        return self.unwrap(document)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask how (origin host, id) pairs are now; what is not among the answers is as it was.

        Raises:
            ConnectorError: nothing was learnt, and nothing counts as missing.
        """
        return ()

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """The accounts of these ids (handles where the channel gives none), at most `caps.profile_batch` of them.

        Raises:
            ConnectorError: nothing was learnt.
        """
        return ()

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Answer the handshake of a GET to the source's own address.

        Raises:
            PushRefused: it is not for us.
        """
        raise PushRefused(_("Nothing is sent here by GET."), status=404)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Check a push in its raw bytes: signature first; no network.

        Raises:
            PushRefused: it is not what it claims to be.
        """
        raise PushRefused(_("Nothing is sent here."), status=404)

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """The raw items of an accepted push; in the worker, so it may fetch what the push only names.

        Raises:
            ConnectorError: Transient to try again; any other kind gives this push up.
        """
        return self.read(push.body, content_type=push.headers.get("content-type", ""))
