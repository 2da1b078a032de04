"""Noticing that two accounts may be one human being; it only ever suggests."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.listening.models import Author, Mention
from portal.makers.models import Likeness, MergeSuggestion, Person, PersonAuthor, Stage
from portal.makers.services.likeness import (
    NO_MATCHING,
    SHORTEST_HANDLE,
    Side,
    bare_address,
    own_site,
    weigh,
    written_ways,
)

BATCH = 500
# Below this the evidence is not worth anybody's time.
WORTH_ASKING = 0.5
_MOST_NAMESAKES = 5
_ASKED_ABOUT = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER, Stage.RESTING)


def suggest_merges(limit: int = BATCH) -> int:
    """Compare the accounts that are new, or whose profile is, with all others, and say how many were looked at."""
    fresh = _due(limit)
    if not fresh:
        return 0
    found: dict[tuple[int, int], tuple[float, list[list[str]]]] = {}
    for one, other in _with_languages(_pairs(fresh)):
        confidence, evidence = weigh(one, other)
        pair = (min(one.person_id, other.person_id), max(one.person_id, other.person_id))
        if confidence >= WORTH_ASKING and confidence > found.get(pair, (0.0, []))[0]:
            found[pair] = (confidence, evidence)
    if found:
        rows = [
            {"person_id": first, "other_id": second, "confidence": sure, "evidence": why, "decision": Likeness.OPEN}
            for (first, second), (sure, why) in found.items()
        ]
        adding = insert_into(MergeSuggestion)
        # A pair that waits is told what speaks for it by now; one that was decided stays decided.
        better = and_(
            MergeSuggestion.decision == Likeness.OPEN, MergeSuggestion.confidence < adding.excluded.confidence
        )
        changes = {"confidence": adding.excluded.confidence, "evidence": adding.excluded.evidence}
        session().execute(
            adding.on_conflict_do_update(index_elements=["person_id", "other_id"], set_=changes, where=better), rows
        )
    looked_at = [side.author_id for side in fresh]
    session().execute(
        update(PersonAuthor).where(PersonAuthor.author_id.in_(looked_at)).values(compared_at=now()),
        execution_options={"synchronize_session": False},
    )
    return len(fresh)


def _due(limit: int) -> list[Side]:
    """Accounts that were not compared yet, then those whose profile was read since."""
    fresh = _sides(_rows().where(PersonAuthor.compared_at.is_(None)).limit(limit))
    if len(fresh) < limit:
        profiled = and_(Author.profiled_at.isnot(None), Author.profiled_at > PersonAuthor.compared_at)
        fresh += _sides(_rows().where(profiled).limit(limit - len(fresh)))
    return fresh


def _pairs(fresh: list[Side]) -> list[tuple[Side, Side]]:
    """Each of these beside every account that shares its handle or its site, or that one of the two names.

    On one channel only an account that names the other may be the same person's.
    """
    handles = {side.handle_key for side in fresh if _may_match_by_handle(side)}
    links = {link for side in fresh for link in side.links}
    sites = {side.url for side in fresh if side.url and own_site(side.url)}
    sites |= {way for link in links for way in written_ways(link)}
    if not handles and not sites:
        return []
    wanted = or_(Author.handle_key.in_(handles), Author.url.in_(sites))
    others = _sides(_rows().where(wanted, Person.stage.in_(_ASKED_ABOUT)))
    by_handle: dict[str, list[Side]] = {}
    by_address: dict[str, list[Side]] = {}
    for other in others:
        by_handle.setdefault(other.handle_key, []).append(other)
        by_address.setdefault(bare_address(other.url), []).append(other)
    pairs: dict[tuple[int, int], tuple[Side, Side]] = {}
    for side in fresh:
        alike = by_handle.get(side.handle_key, [])[:_MOST_NAMESAKES] if _may_match_by_handle(side) else []
        for address in (own_site(side.url), *sorted(side.links)):
            alike = [*alike, *by_address.get(address or "-", [])[:_MOST_NAMESAKES]]
        for other in alike:
            is_named = bare_address(other.url) in side.links
            if other.person_id != side.person_id and (other.channel != side.channel or is_named):
                first, second = sorted((side.author_id, other.author_id))
                pairs[first, second] = (side, other)
    talked = _in_conversation(pairs.values())
    return [pair for key, pair in pairs.items() if key not in talked]


def _may_match_by_handle(side: Side) -> bool:
    return len(side.handle_key) >= SHORTEST_HANDLE and side.channel not in NO_MATCHING


def _rows() -> Any:
    columns: tuple[Any, ...] = (
        PersonAuthor.person_id, Author.id, Author.channel, Author.handle_key, Author.name, Author.url, Author.bio,
    )  # fmt: skip
    rows = select(*columns).join(Author, Author.id == PersonAuthor.author_id)
    return rows.join(Person, Person.id == PersonAuthor.person_id).order_by(Author.id)


def _sides(rows: Any) -> list[Side]:
    return [Side(*row) for row in session().execute(rows)]


def _with_languages(pairs: list[tuple[Side, Side]]) -> list[tuple[Side, Side]]:
    """The same accounts, each with the language of most of its mentions."""
    authors = {side.author_id for pair in pairs for side in pair}
    rows = select(Mention.author_id, Mention.lang).where(Mention.author_id.in_(authors), Mention.lang.isnot(None))
    rows = rows.group_by(Mention.author_id, Mention.lang).order_by(func.count(), Mention.lang)
    spoken = {row.author_id: row.lang for row in session().execute(rows)} if pairs else {}
    return [
        (replace(one, lang=spoken.get(one.author_id)), replace(other, lang=spoken.get(other.author_id)))
        for one, other in pairs
    ]


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
