"""The stream of mentions, newest first: all of it by the mentions' own order, any choice of it by the index."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from portal.foundation.database import session
from portal.listening.models import Match, Mention, StreamDue, Tracker
from portal.listening.queries.places import (
    HEARD,
    TOP,
    mention_of,
    newest_places,
    next_places,
    place_of,
    second_of,
)
from portal.listening.queries.wanted import StreamFilter, said_in, sought_words, tokens_of, truth_of

# What is drawn of the stream is kept until one of its rows changes; portal/topics.py names the tables.
TOPIC = "stream"
PAGE = 50
MAX_CHANNELS = 60
# How many mentions one page of everything looks through for those that are not muted.
STRETCH = 8_000
# So many of the newest that the index does not know yet are looked through one by one.
WAITING = 1_000

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Stream:
    """One page of mentions, newest first.

    Attributes:
        mentions: with their authors.
        terms: for each mention's id, the trackers that found it, each with its words.
        older_than: the place to go on from, as (time, id); None at the end.
        newer_than: the place to go back from; None on the newest page.
        looked_back_to: where the look ended when it ended before the page was full, and there is more behind it.
        is_sorting: so much came in just now that this choice may lack some of it for a moment.
    """

    mentions: list[Mention]
    terms: dict[int, list[tuple[str, str]]]
    older_than: Place | None
    newer_than: Place | None = None
    looked_back_to: datetime | None = None
    is_sorting: bool = False


def mention_stream(wanted: StreamFilter, *, older_than: Place | None = None, newer_than: Place | None = None) -> Stream:
    """A page of the stream; what is muted is left out, or, if asked for, shown alone.

    Args:
        wanted: what to show.
        older_than: the page begins below this place.
        newer_than: or it ends above this one; where that leaves less than a page, it is the newest page.
    """
    tokens = tokens_of(wanted)
    is_all = tokens == [HEARD]
    if newer_than is not None:
        page = _everything_above(newer_than) if is_all else _chosen_above(wanted, tokens, newer_than)
        if page is not None:
            return page
        older_than = None
    page = _everything(older_than) if is_all else _chosen(wanted, tokens, older_than)
    return page if older_than is None else replace(page, newer_than=_first_of(page) or older_than)


def heard_channels() -> list[str]:
    """Every channel with a mention, found by leaps through the index instead of a walk over the mentions."""
    return list(session().scalars(_HEARD_CHANNELS))


def waiting_for(wanted: StreamFilter) -> tuple[set[int], list[int]]:
    """The newest mentions that the index does not know yet as they are now, and the places of those that are wanted."""
    due = select(StreamDue.mention_id).order_by(StreamDue.mention_id.desc()).limit(WAITING).subquery()
    said = truth_of(wanted).join(Mention.author).where(Mention.id.in_(select(due.c.mention_id)))
    said_of = said.with_only_columns(Mention.id, Mention.created_at, Mention.title, Mention.text).subquery()
    rows = select(due.c.mention_id, said_of.c.created_at, said_of.c.title, said_of.c.text)
    found = session().execute(rows.outerjoin(said_of, said_of.c.id == due.c.mention_id)).all()
    words = set(sought_words(wanted))
    places = [
        place_of(at, number)
        for number, at, title, text in found
        if at is not None and (not words or words.issubset(said_in(title, text)))
    ]
    return {row[0] for row in found}, places


def _chosen(wanted: StreamFilter, tokens: list[str], older_than: Place | None) -> Stream:
    before = place_of(*older_than) if older_than else TOP
    known, waiting = waiting_for(wanted)
    limit = PAGE + 1 + len(known)
    indexed = newest_places(tokens, before=before, limit=limit)
    places = [place for place in indexed if mention_of(place) not in known]
    places += [place for place in waiting if place < before]
    if len(indexed) == limit:
        # Below the last one the index may hold more that comes before those that wait.
        places = [place for place in places if place >= indexed[-1]]
    places.sort(reverse=True)
    older = (second_of(places[PAGE - 1]), mention_of(places[PAGE - 1])) if len(places) > PAGE else None
    mentions = _standing(wanted, places[:PAGE])
    return Stream(mentions, _terms_of(mentions), older, is_sorting=len(known) == WAITING)


def _chosen_above(wanted: StreamFilter, tokens: list[str], newer_than: Place) -> Stream | None:
    """The page that ends above a place; None where the newest page holds all that is there."""
    after = place_of(*newer_than)
    known, waiting = waiting_for(wanted)
    limit = PAGE + 1 + len(known)
    indexed = next_places(tokens, after=after, limit=limit)
    places = [place for place in indexed if mention_of(place) not in known]
    places += [place for place in waiting if place > after]
    if len(indexed) == limit:
        places = [place for place in places if place <= indexed[-1]]
    if len(places) <= PAGE:
        return None
    places = sorted(places)[PAGE - 1 :: -1]
    mentions = _standing(wanted, places)
    first, last = places[0], places[-1]
    older, newer = (second_of(last), mention_of(last)), (second_of(first), mention_of(first))
    return Stream(mentions, _terms_of(mentions), older, newer, is_sorting=len(known) == WAITING)


def _standing(wanted: StreamFilter, places: list[int]) -> list[Mention]:
    """The mentions at these places, in their order, without those that are not wanted any more."""
    shown = [mention_of(place) for place in places]
    rows = truth_of(wanted).join(Mention.author).options(contains_eager(Mention.author)).where(Mention.id.in_(shown))
    by_id = {mention.id: mention for mention in session().scalars(rows)}
    return [by_id[number] for number in shown if number in by_id]


def _everything(older_than: Place | None) -> Stream:
    within = _before(older_than)
    newest = (Mention.created_at.desc(), Mention.id.desc())
    places = select(Mention.created_at, Mention.id).where(within).order_by(*newest).offset(STRETCH).limit(1)
    last = session().execute(places).first()
    end = (last[0], last[1]) if last else None
    rows = truth_of(StreamFilter()).join(Mention.author).options(contains_eager(Mention.author)).where(within)
    if end:
        rows = rows.where(or_(Mention.created_at > end[0], and_(Mention.created_at == end[0], Mention.id >= end[1])))
    found = list(session().scalars(rows.order_by(*newest).limit(PAGE + 1)))
    shown = found[:PAGE]
    if len(found) > PAGE:
        return Stream(shown, _terms_of(shown), (shown[-1].created_at, shown[-1].id))
    return Stream(shown, _terms_of(shown), end, looked_back_to=end[0] if end else None)


def _everything_above(newer_than: Place) -> Stream | None:
    """The page that ends above a place; None where the newest page holds all that is there."""
    at, number = newer_than
    within = and_(Mention.created_at >= at, or_(Mention.created_at > at, Mention.id > number))
    oldest = (Mention.created_at, Mention.id)
    rows = truth_of(StreamFilter()).join(Mention.author).options(contains_eager(Mention.author)).where(within)
    far = select(Mention.created_at, Mention.id).where(within).order_by(*oldest).offset(STRETCH).limit(1)
    last = session().execute(far).first()
    if last:
        rows = rows.where(or_(Mention.created_at < last[0], and_(Mention.created_at == last[0], Mention.id <= last[1])))
    found = list(session().scalars(rows.order_by(*oldest).limit(PAGE + 1)))
    if len(found) <= PAGE and last is None:
        return None
    shown = found[PAGE - 1 :: -1] if len(found) > PAGE else found[::-1]
    newer = (last[0], last[1]) if last and len(found) <= PAGE else (shown[0].created_at, shown[0].id)
    older = (shown[-1].created_at, shown[-1].id) if shown else newer_than
    return Stream(shown, _terms_of(shown), older, newer)


def _first_of(page: Stream) -> Place | None:
    return (page.mentions[0].created_at, page.mentions[0].id) if page.mentions else None


def _before(place: Place | None) -> ColumnElement[bool]:
    if place is None:
        return Mention.id > 0
    at, number = place
    return and_(Mention.created_at <= at, or_(Mention.created_at < at, Mention.id < number))


def _leaps() -> Select[Any]:
    step = aliased(Mention)
    leap = select(func.min(Mention.channel).label("channel")).cte("leap", recursive=True)
    following = select(select(func.min(step.channel)).where(step.channel > leap.c.channel).scalar_subquery())
    leap = leap.union_all(following.where(leap.c.channel.isnot(None)))
    return select(leap.c.channel).where(leap.c.channel.isnot(None)).limit(MAX_CHANNELS)


_HEARD_CHANNELS = _leaps()


def _terms_of(mentions: list[Mention]) -> dict[int, list[tuple[str, str]]]:
    """For each mention the trackers that found it, as (name, words)."""
    found: dict[int, list[tuple[str, str]]] = {}
    if mentions:
        rows = (
            select(Match.mention_id, Tracker.name, Match.terms)
            .join(Tracker, Tracker.id == Match.tracker_id)
            .where(Match.mention_id.in_([mention.id for mention in mentions]))
            .order_by(Match.mention_id, Tracker.name)
        )
        for mention_id, name, terms in session().execute(rows):
            found.setdefault(mention_id, []).append((name, terms))
    return found
