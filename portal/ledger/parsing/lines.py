"""A line of an earlier record as a suggestion with its replies and its decision."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from portal.foundation.text import excerpt, fold, tidy
from portal.foundation.text import gettext as _
from portal.ledger.models import ResponseKind
from portal.ledger.parsing.decisions import KNOWN as DECISION
from portal.ledger.parsing.decisions import decided
from portal.ledger.parsing.entries import Entry, Reply
from portal.ledger.parsing.fields import AUTHOR, DATE, BadLine, first, moment_of, name_of, plainly_named, words_of
from portal.ledger.parsing.marks import STAFF, is_staff

LINE_LIMIT = 4_000_000
TITLE = 160
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

# The names by which other programs know our fields, as `plainly_named` writes them; the first that is filled counts.
_ID = ("id", "key", "number", "topicid", "pep")
_TITLE = ("title", "subject", "name")
_TEXT = ("text", "body", "description", "content", "abstract")
_VOTES = ("votes", "voters", "votecount", "votescount", "upvotes", "likes")
_REPLIES = ("replies", "comments", "posts", "responses", "answers")
_WORDS = ("text", "body", "message", "content")
_SAID_BY = (*AUTHOR, "name")
_KNOWN = {*_ID, *_TITLE, *_TEXT, *_VOTES, *_REPLIES, *AUTHOR, *DATE, *DECISION}
_KNOWN_OF_REPLIES = {*_WORDS, *_SAID_BY, *DATE, *STAFF, "kind"}


def read_line(line: bytes) -> Entry:
    """One line of a JSON Lines file as an entry.

    Raises:
        BadLine: it cannot be read, says too little or too much, or names a decision that is not known.
    """
    if len(line) > LINE_LIMIT:
        raise BadLine(_("The line is longer than 4 MB."))
    try:
        given = read_object(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise BadLine(_("This is not UTF-8 from byte %(place)s of the line on.", place=problem.start + 1)) from problem
    raw = plainly_named(given)
    title, body = _title(words_of(first(raw, _TITLE)), words_of(first(raw, _TEXT)))
    author, created_at = name_of(first(raw, AUTHOR)), moment_of(first(raw, DATE))
    votes, voters = _votes(first(raw, _VOTES))
    replies = _replies(first(raw, _REPLIES))
    return Entry(
        key=_key(first(raw, _ID), f"{title}\n{author}\n{created_at}\n{body}"),
        title=title,
        body=body,
        author=author,
        created_at=created_at,
        votes=votes,
        voters=voters,
        replies=replies,
        decided=decided(raw, replies),
        passed_over=_passed_over(given, first(raw, _REPLIES)),
    )


def read_object(words: str) -> dict[str, Any]:
    """The JSON object that a line holds, as it is named there.

    Raises:
        BadLine: it holds none.
    """
    try:
        found = json.loads(words)
    except json.JSONDecodeError as problem:
        raise BadLine(
            _("This is not JSON from character %(place)s of the line on.", place=problem.pos + 1)
        ) from problem
    except RecursionError as problem:
        raise BadLine(_("Its lists stand too deep in one another.")) from problem
    except ValueError as problem:
        raise BadLine(_("A number in it has too many digits.")) from problem
    if not isinstance(found, dict):
        raise BadLine(_("A line holds one suggestion as a JSON object."))
    return found


def _passed_over(raw: Mapping[str, Any], replies: Any) -> tuple[str, ...]:
    """The fields of a line that are not known, as they are written there; those of its replies after a point."""
    found = [name for name in raw if not plainly_named({name: 0}).keys() & _KNOWN]
    for reply in replies or ():
        if isinstance(reply, dict):
            found += [f"replies.{name}" for name in reply if not plainly_named({name: 0}).keys() & _KNOWN_OF_REPLIES]
    return tuple(dict.fromkeys(name[:60] for name in found))


def _title(line: str, body: str) -> tuple[str, str]:
    """A title of one line; one that is too long is cut and stands in full above the words."""
    title = " ".join(line.split()) or excerpt(body, TITLE - 10)
    if not title:
        raise BadLine(_("There is neither a title nor a text."))
    if len(title) <= TITLE:
        return title, body
    return excerpt(title, TITLE - 10), words_of(f"{title}\n\n{body}")


def _key(value: Any, words: str) -> str:
    if value is None:
        return f"#{hashlib.sha256(words.encode()).hexdigest()[:32]}"
    if isinstance(value, dict | list | bool):
        raise BadLine(_("The id must be a number or a word."))
    return tidy(str(value))[:100]


def _votes(value: Any) -> tuple[int, tuple[str, ...]]:
    if value is None:
        return 0, ()
    if isinstance(value, list):
        names = [name_of(one) for one in value]
        known = dict.fromkeys(name for name in names if name)
        return names.count(""), tuple(known)
    try:
        number = float(_THOUSANDS.sub("", str(value)))
        count = int(number)
    except (ValueError, OverflowError) as problem:
        raise BadLine(_("The votes are neither a number nor a list of names.")) from problem
    if number != count or not 0 <= count < 2**31:
        raise BadLine(_("That many votes cannot be."))
    return count, ()


def _replies(value: Any) -> tuple[Reply, ...]:
    if not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, dict | str | None) for one in value):
        raise BadLine(_("The replies must be a list."))
    found = [_reply({"text": one} if isinstance(one, str) else plainly_named(one)) for one in value if one]
    # A picture or a link alone leaves no words, and an answer of the company is one all the same.
    kept = [reply for reply in found if reply.words or reply.is_staff]
    dates = [reply.said_at for reply in kept if reply.said_at]
    # A reply without a date keeps its place behind the ones that the record names before it.
    latest = min(dates, default=None)
    keyed = []
    for place, reply in enumerate(kept):
        latest = reply.said_at or latest
        keyed.append(((latest is not None, latest), place, reply))
    return tuple(reply for _moment, _place, reply in sorted(keyed, key=lambda one: one[:2]))


def _reply(raw: Mapping[str, Any]) -> Reply:
    kind = fold(str(raw.get("kind") or ""))
    return Reply(
        words=words_of(first(raw, _WORDS)),
        author=name_of(first(raw, _SAID_BY)),
        said_at=moment_of(first(raw, DATE)),
        is_staff=is_staff(raw),
        kind=ResponseKind(kind) if kind in {"acknowledgement", "question", "explanation", "outcome"} else None,
    )
