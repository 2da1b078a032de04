"""What an earlier record decided, in whatever words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.parsing.entries import Decided, Decision, Reply
from portal.ledger.parsing.fields import BadLine, first, moment_of, name_of, words_of

_DECISION = ("decision", "status", "state")
_REASON = ("reason", "decision_reason", "decision_text", "explanation")
_DECIDED_AT = ("decided_at", "decision_at", "decision_date", "resolved_at", "closed_at")
_DECIDED_BY = ("decided_by", "decision_by", "resolved_by")
_PROOF = ("proof_url", "proof", "resolution", "link", "url")
_LINK = re.compile(r"https?://[^\s<>`\"']{4,1900}")
_DAY = re.compile(r"\b\d{1,2}-[A-Z][a-z]{2}-\d{4}\b|\b\d{4}-\d{2}-\d{2}\b(?=[^/]*<)")

_OPEN = (
    "open new draft pending waiting none undecided discussion provisional review"
    "|under review|in review|under discussion"
)
_EXPLAINED = (
    "explained explanation rejected reject declined decline withdrawn superseded deferred postponed duplicate wontfix "
    "closed dropped no|won t fix|will not do|not planned|april fool"
)
_PLANNED = "planned plan accepted accept approved scheduled action yes"
_UNDER_WAY = "started active working|under way|in progress|in development"
_DONE = "done final finished shipped released completed complete implemented fixed delivered"


def _words(line: str) -> list[str]:
    single, *phrases = line.split("|")
    return [*single.split(), *phrases]


_DECISIONS: dict[str, Decision | None] = {
    **dict.fromkeys(_words(_OPEN)),
    **dict.fromkeys(_words(_EXPLAINED), ResponseKind.EXPLANATION),
    **dict.fromkeys(_words(_PLANNED), ActionStage.PLANNED),
    **dict.fromkeys(_words(_UNDER_WAY), ActionStage.UNDER_WAY),
    **dict.fromkeys(_words(_DONE), ActionStage.DONE),
}


def decided(raw: Mapping[str, Any], replies: tuple[Reply, ...]) -> Decided | None:
    """What the company decided on a line; None while it is open.

    Raises:
        BadLine: the decision is not known.
    """
    given = first(raw, _DECISION)
    if isinstance(given, dict):
        raw = {**raw, **{_inner(name): value for name, value in given.items()}}
        given = raw.get("decision") if not isinstance(raw.get("decision"), dict) else None
    word = " ".join(words_of(given).split())
    if not word:
        return None
    plain = " ".join(fold(word).replace("-", " ").replace("_", " ").replace("'", " ").replace("’", " ").split())
    plain = plain.rstrip("!. ")
    if plain not in _DECISIONS:
        raise BadLine(
            _("The decision “%(word)s” is not known; the guide to this import lists those that are.", word=word[:60])
        )
    what = _DECISIONS[plain]
    if what is None:
        return None
    last = next((reply for reply in reversed(replies) if reply.is_staff), None)
    return Decided(
        what=what,
        word=_full_word(word, raw),
        reason=words_of(first(raw, _REASON)),
        at=moment_of(first(raw, _DECIDED_AT)) or _day_within(raw) or (last.said_at if last else None),
        by=name_of(first(raw, _DECIDED_BY)) or (last.author if last else ""),
        proof_url=_link(raw),
    )


def _day_within(raw: Mapping[str, Any]) -> datetime | None:
    """A resolution may name its day before its link, such as "12-Mar-2024 <https://…>"."""
    found = _DAY.search(raw["resolution"]) if isinstance(raw.get("resolution"), str) else None
    return moment_of(found[0]) if found else None


def _inner(name: str) -> str:
    """A decision may be an object of its own, with shorter names."""
    return {"kind": "decision", "what": "decision", "at": "decided_at", "by": "decided_by", "date": "decided_at"}.get(
        name, name
    )


def _full_word(word: str, raw: Mapping[str, Any]) -> str:
    follower = words_of(raw.get("superseded_by"))
    return (_("%(word)s, see %(other)s", word=word, other=follower) if follower else word)[:80]


def _link(raw: Mapping[str, Any]) -> str:
    found = (_LINK.search(raw[name]) for name in _PROOF if isinstance(raw.get(name), str))
    return next((link[0] for link in found if link), "")
