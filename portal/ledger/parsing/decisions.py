"""What an earlier record decided, in whatever words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.parsing.entries import Decided, Decision, Reply
from portal.ledger.parsing.fields import BadLine, first, moment_of, name_of, plainly_named, words_of

_DECISION = ("decision", "status", "state")
_REASON = ("reason", "decisionreason", "decisiontext", "explanation")
_DECIDED_AT = ("decidedat", "decisionat", "decisiondate", "resolvedat", "closedat")
_DECIDED_BY = ("decidedby", "decisionby", "resolvedby")
_PROOF = ("proofurl", "proof", "resolution", "link", "url")
_INNER = {
    **dict.fromkeys(("kind", "what", "status", "state"), "decision"),
    **dict.fromkeys(("at", "date"), "decidedat"),
    "by": "decidedby",
}
KNOWN = {*_DECISION, *_REASON, *_DECIDED_AT, *_DECIDED_BY, *_PROOF, "supersededby"}
_LINK = re.compile(r"https?://[^\s<>`\"']{4,1900}")
_MARKS = re.compile(r"[\W_]+")
_DAY = re.compile(r"\b\d{1,2}-[A-Z][a-z]{2}-\d{4}\b|\b\d{4}-\d{2}-\d{2}\b(?=[^/]*<)")

_OPEN = (
    "open new draft pending waiting none null undecided unanswered unresolved discussion provisional review triage "
    "considering backlog todo|n a|under review|in review|under discussion|under consideration|no decision"
)
_HEARD = "acknowledged acknowledgement acknowledge heard noted read received replied responded"
_EXPLAINED = (
    "explained explanation answered rejected reject declined decline denied refused withdrawn superseded deferred "
    "postponed parked later duplicate wontfix invalid obsolete stale expired abandoned cancelled canceled closed "
    "dropped dismissed no|won t fix|wont fix|won t do|wont do|will not do|not planned|not accepted|not feasible"
    "|not now|on hold|by design|works as designed|out of scope|april fool"
)
_PLANNED = "planned plan accepted accept approved adopted scheduled action yes"
_UNDER_WAY = "started active working|under way|in progress|in development"
_DONE = "done final finished shipped released completed complete implemented fixed delivered resolved"


def _words(line: str) -> list[str]:
    single, *phrases = line.split("|")
    return [*single.split(), *phrases]


_DECISIONS: dict[str, Decision | None] = {
    **dict.fromkeys(_words(_OPEN)),
    **dict.fromkeys(_words(_HEARD), ResponseKind.ACKNOWLEDGEMENT),
    **dict.fromkeys(_words(_EXPLAINED), ResponseKind.EXPLANATION),
    **dict.fromkeys(_words(_PLANNED), ActionStage.PLANNED),
    **dict.fromkeys(_words(_UNDER_WAY), ActionStage.UNDER_WAY),
    **dict.fromkeys(_words(_DONE), ActionStage.DONE),
}


def decided(raw: Mapping[str, Any], replies: tuple[Reply, ...]) -> Decided | None:
    """What the company decided on a line; None while it is open.

    Words of the company that decide nothing are its first word: an acknowledgement.

    Args:
        raw: as `plainly_named` gives it.

    Raises:
        BadLine: the decision is not known.
    """
    given = first(raw, _DECISION)
    if isinstance(given, dict):
        raw = {**raw, **{_inner(name): value for name, value in plainly_named(given).items()}}
        given = raw.get("decision") if not isinstance(raw.get("decision"), dict) else None
    word = " ".join(words_of(given).split())
    plain = " ".join(_MARKS.sub(" ", fold(word)).split())
    if plain and plain not in _DECISIONS:
        raise BadLine(
            _("The decision “%(word)s” is not known; the guide to this import lists those that are.", word=word[:60])
        )
    what, reason = _DECISIONS[plain] if plain else None, _reason(first(raw, _REASON))
    last = next((reply for reply in reversed(replies) if reply.is_staff), None)
    says_nothing_new = what is None or (what is ResponseKind.ACKNOWLEDGEMENT and last is not None)
    if says_nothing_new and not reason:
        return None
    return Decided(
        what=what or ResponseKind.ACKNOWLEDGEMENT,
        word=_full_word(word or _("Open"), raw),
        reason=reason,
        at=moment_of(first(raw, _DECIDED_AT)) or _day_within(raw) or (last.said_at if last else None),
        by=name_of(first(raw, _DECIDED_BY)) or (last.author if last else ""),
        proof_url=_link(raw),
    )


def _reason(value: Any) -> str:
    """The company's words; several are its paragraphs."""
    return words_of("\n\n".join(map(words_of, value)) if isinstance(value, list) else value)


def _day_within(raw: Mapping[str, Any]) -> datetime | None:
    """A resolution may name its day before its link, such as "12-Mar-2024 <https://…>"."""
    found = _DAY.search(raw["resolution"]) if isinstance(raw.get("resolution"), str) else None
    return moment_of(found[0]) if found else None


def _inner(name: str) -> str:
    """A decision may be an object of its own, with shorter names."""
    return _INNER.get(name, name)


def _full_word(word: str, raw: Mapping[str, Any]) -> str:
    follower = words_of(raw.get("supersededby"))
    return (_("%(word)s, see %(other)s", word=word, other=follower) if follower else word)[:80]


def _link(raw: Mapping[str, Any]) -> str:
    found = (_LINK.search(raw[name]) for name in _PROOF if isinstance(raw.get(name), str))
    return next((link[0] for link in found if link), "")
