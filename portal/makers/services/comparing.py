"""Noticing that two accounts may be one human being; it only ever suggests."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, or_, select, update

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import fold
from portal.listening.models import Author, Mention
from portal.makers.models import Likeness, MergeSuggestion, Person, PersonAuthor, Stage

# Their terms allow joining an account with others only where its owner said so (X: off-X matching needs opt-in).
NO_MATCHING = frozenset({"x", "facebook", "instagram", "threads", "linkedin"})
BATCH = 500
# Below this the evidence is not worth anybody's time.
WORTH_ASKING = 0.5
# The same few letters are many people's handle.
_SHORTEST_HANDLE = 6
_MOST_NAMESAKES = 5
_ASKED_ABOUT = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER, Stage.RESTING)


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one account."""

    person_id: int
    author_id: int
    channel: str
    handle_key: str
    name: str | None
    url: str | None


def weigh(one: Side, other: Side) -> tuple[float, list[list[str]]]:
    """How sure two accounts of different channels are one person's, from 0 to 1, and what speaks for it.

    Each kind of evidence leaves a share of doubt, and the shares multiply: a site of their own named on both
    accounts 0.15, a handle of six letters or more 0.5 (0.35 from ten on), a name of two words or more 0.5.
    A handle finds the right person in three of four cases (see the published figures in docs/makers.md).
    """
    doubt = 1.0
    evidence: list[list[str]] = []
    link = own_site(one.url)
    if link and link == own_site(other.url):
        doubt, evidence = doubt * 0.15, [*evidence, ["link", link]]
    if one.handle_key == other.handle_key and len(one.handle_key) >= _SHORTEST_HANDLE:
        doubt, evidence = doubt * (0.35 if len(one.handle_key) >= 10 else 0.5), [*evidence, ["handle", one.handle_key]]
    name = _whole_name(one.name)
    if name and name == _whole_name(other.name):
        doubt, evidence = doubt * 0.5, [*evidence, ["name", one.name or ""]]
    return round(1 - doubt, 3), evidence


def own_site(url: str | None) -> str | None:
    """The address of a site of one's own, as it is compared; None for a profile page on a large host's path."""
    parts = urlsplit(url or "")
    host = (parts.hostname or "").removeprefix("www.")
    # A page of one's own stands at the root of its host; a path is mostly a profile among thousands.
    return host if "." in host and parts.path.strip("/") == "" else None


def suggest_merges(limit: int = BATCH) -> int:
    """Compare the accounts that were not compared yet with all others, and say how many were looked at."""
    fresh = _sides(PersonAuthor.compared_at.is_(None), limit)
    if not fresh:
        return 0
    found: dict[tuple[int, int], tuple[float, list[list[str]]]] = {}
    for one, other in _pairs(fresh):
        confidence, evidence = weigh(one, other)
        pair = (min(one.person_id, other.person_id), max(one.person_id, other.person_id))
        if confidence >= WORTH_ASKING and confidence > found.get(pair, (0.0, []))[0]:
            found[pair] = (confidence, evidence)
    if found:
        rows = [
            {"person_id": first, "other_id": second, "confidence": sure, "evidence": why, "decision": Likeness.OPEN}
            for (first, second), (sure, why) in found.items()
        ]
        session().execute(insert_into(MergeSuggestion).on_conflict_do_nothing(), rows)
    looked_at = [side.author_id for side in fresh]
    session().execute(
        update(PersonAuthor).where(PersonAuthor.author_id.in_(looked_at)).values(compared_at=now()),
        execution_options={"synchronize_session": False},
    )
    return len(fresh)


def _pairs(fresh: list[Side]) -> Iterable[tuple[Side, Side]]:
    """Each new account beside every account that shares its handle or its site, and is not on the same channel."""
    able = [side for side in fresh if side.channel not in NO_MATCHING]
    handles = {side.handle_key for side in able if len(side.handle_key) >= _SHORTEST_HANDLE}
    sites = {side.url for side in able if side.url and own_site(side.url)}
    if not handles and not sites:
        return []
    others = _sides(or_(Author.handle_key.in_(handles), Author.url.in_(sites)), None)
    by_handle: dict[str, list[Side]] = {}
    by_site: dict[str, list[Side]] = {}
    for other in others:
        by_handle.setdefault(other.handle_key, []).append(other)
        if site := own_site(other.url):
            by_site.setdefault(site, []).append(other)
    pairs: dict[tuple[int, int], tuple[Side, Side]] = {}
    for side in able:
        namesakes = by_handle.get(side.handle_key, []) if len(side.handle_key) >= _SHORTEST_HANDLE else []
        for other in [*namesakes[:_MOST_NAMESAKES], *by_site.get(own_site(side.url) or "", [])[:_MOST_NAMESAKES]]:
            if other.person_id != side.person_id and other.channel not in {side.channel, *NO_MATCHING}:
                first, second = sorted((side.author_id, other.author_id))
                pairs[first, second] = (side, other)
    talked = _in_conversation(pairs.values())
    return [pair for key, pair in pairs.items() if key not in talked]


def _sides(which: ColumnElement[bool], limit: int | None) -> list[Side]:
    rows = select(PersonAuthor.person_id, Author.id, Author.channel, Author.handle_key, Author.name, Author.url)
    rows = rows.join(Author, Author.id == PersonAuthor.author_id).join(Person, Person.id == PersonAuthor.person_id)
    rows = rows.where(which)
    if limit is None:
        rows = rows.where(Person.stage.in_(_ASKED_ABOUT))
    return [Side(*row) for row in session().execute(rows.order_by(Author.id).limit(limit))]


def _in_conversation(pairs: Iterable[tuple[Side, Side]]) -> set[tuple[int, int]]:
    """The pairs of whose accounts on one channel one has answered the other.

    They are two human beings, or someone who wants to be taken for two: no machine should join them.
    """
    pairs = list(pairs)
    people = {side.person_id for pair in pairs for side in pair}
    rows = select(PersonAuthor.person_id, Author.channel, Author.id, Author.handle)
    rows = rows.join(Author, Author.id == PersonAuthor.author_id).where(PersonAuthor.person_id.in_(people))
    accounts: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for person_id, channel, author_id, handle in session().execute(rows):
        accounts.setdefault((person_id, channel), []).append((author_id, handle))
    # Only people of several accounts share a channel with someone, so this is short.
    meeting: dict[tuple[int, str], set[tuple[int, int]]] = {}
    channels: dict[int, list[str]] = {}
    for person_id, channel in accounts:
        channels.setdefault(person_id, []).append(channel)
    for one, other in pairs:
        first, second = sorted((one.author_id, other.author_id))
        for channel in channels.get(one.person_id, ()):
            mine, theirs = accounts[one.person_id, channel], accounts.get((other.person_id, channel), [])
            for speaker, addressee in [*product(mine, theirs), *product(theirs, mine)]:
                meeting.setdefault((speaker[0], addressee[1]), set()).add((first, second))
    if not meeting:
        return set()
    said = select(Mention.author_id, Mention.parent_author).where(
        Mention.author_id.in_({speaker for speaker, _handle in meeting}),
        Mention.parent_author.in_({handle for _speaker, handle in meeting}),
    )
    talked = {(author_id, parent or "") for author_id, parent in session().execute(said.distinct())}
    return {pair for key in talked & meeting.keys() for pair in meeting[key]}


def _whole_name(name: str | None) -> str | None:
    words = fold(name or "").split()
    return " ".join(sorted(words)) if len(words) > 1 else None
