"""What is listened for: trackers, and their way back through what was stored before them."""

from datetime import timedelta
from typing import cast

from sqlalchemy import ColumnElement, delete, select, update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.drafts import MentionDraft
from portal.listening.matching import parse_query
from portal.listening.models import Author, Match, Mention, Tracker, TrackerKind
from portal.listening.queries import matcher_of, mentions_after, next_unswept_tracker, tracker_by_query
from portal.listening.services.take_in import MAX_TERMS_CHARS

SWEEP_STEP = 1000
# A batch that was being stored when the tracker came may commit later, with ids below the newest.
_SETTLED_AFTER = timedelta(minutes=2)
_LOOK_BACK = 5 * SWEEP_STEP


class AlreadyTracked(Refusal):
    """A tracker asks exactly this already."""


def add_tracker(*, name: str, query: str, by: User | None, kind: TrackerKind = TrackerKind.BRAND) -> Tracker:
    """Listen for something new; a job looks through what is stored already.

    Raises:
        QueryError: the query cannot be read; it says at which character.
        AlreadyTracked: the same query stands there.
    """
    query = _read_query(query)
    tracker = Tracker(name=_name(name, query), query=query, kind=kind, created_by_id=by.id if by else None)
    session().add(tracker)
    record("tracker.added", tracker, by=by, after={"query": query, "kind": kind.value})
    return tracker


def change_tracker(tracker: Tracker, *, name: str, query: str, kind: TrackerKind, by: User) -> None:
    """Put its question differently; what it found before is looked through anew.

    Raises:
        QueryError: the query cannot be read; it says at which character.
        AlreadyTracked: another tracker asks exactly this.
    """
    query = _read_query(query, of=tracker)
    before = {"name": tracker.name, "query": tracker.query, "kind": tracker.kind.value}
    asks_anew = (tracker.query, tracker.kind) != (query, kind)
    tracker.name, tracker.query, tracker.kind = _name(name, query), query, kind
    after = {"name": tracker.name, "query": query, "kind": kind.value}
    if after == before:
        return
    if asks_anew:
        _forget_matches(tracker)
        tracker.swept_to, tracker.swept_at, tracker.changed_at = 0, None, now()
    record("tracker.changed", tracker, by=by, before=before, after=after)


def remove_tracker(tracker: Tracker, *, by: User) -> None:
    """Stop listening for this, and forget what it found; the mentions themselves stay."""
    _forget_matches(tracker)
    record("tracker.removed", tracker, by=by, before={"query": tracker.query, "kind": tracker.kind.value})
    session().delete(tracker)


def mute_words(words: str, *, by: User) -> Tracker:
    """Leave every mention with these words out of the stream, those that are stored and those to come.

    Raises:
        Refusal: there is no word, or what would be muted holds every mention.
    """
    plain = " ".join(words.replace('"', " ").split())
    if not plain:
        raise Refusal(_("Write the words that nobody needs to read."))
    query = _as_query(plain)
    known = tracker_by_query(query)
    if known is not None and known.kind == TrackerKind.MUTED:
        return known
    if known is not None:
        raise Refusal(_("“%(name)s” listens for exactly these words; pause it instead.", name=known.name))
    return add_tracker(name=plain, query=query, by=by, kind=TrackerKind.MUTED)


def _as_query(plain: str) -> str:
    is_one = " " not in plain and not any(sign in plain for sign in ":()*")
    return plain if is_one and not plain.startswith("-") else f'"{plain}"'


def _read_query(query: str, *, of: Tracker | None = None) -> str:
    query = " ".join(query.split())
    parse_query(query)
    known = tracker_by_query(query)
    if known is not None and known is not of:
        raise AlreadyTracked(_("There is a tracker with this query already."))
    return query


def _name(name: str, query: str) -> str:
    return " ".join(name.split())[:120] or query[:120]


def _forget_matches(tracker: Tracker) -> None:
    session().flush()
    # What they are worth changes with the tracker that found them, so their scores are due again.
    found = select(Mention.author_id).join(Match, Match.mention_id == Mention.id).where(Match.tracker_id == tracker.id)
    _bump(Author.id.in_(found))
    session().execute(
        delete(Match).where(Match.tracker_id == tracker.id), execution_options={"synchronize_session": False}
    )


def _bump(which: ColumnElement[bool]) -> None:
    again = update(Author).where(which).values(revision=Author.revision + 1)
    session().execute(again, execution_options={"synchronize_session": False})


def find_or_add_tracker(query: str, *, by: User | None) -> Tracker:
    """The tracker with this query, new or known; a paused one listens again.

    Raises:
        QueryError: the query cannot be read.
    """
    known = tracker_by_query(" ".join(query.split()))
    if known is None:
        return add_tracker(name=query, query=query, by=by)
    if known.paused_at:
        resume_tracker(known, by=by)
    return known


def pause_tracker(tracker: Tracker, *, by: User) -> None:
    """Stop listening for this; what it found stays."""
    if tracker.paused_at is None:
        tracker.paused_at = now()
        record("tracker.paused", tracker, by=by)


def resume_tracker(tracker: Tracker, *, by: User | None) -> None:
    """Listen again, and look through what came in the meantime."""
    if tracker.paused_at is not None:
        tracker.paused_at, tracker.swept_to, tracker.swept_at = None, 0, None
        record("tracker.resumed", tracker, by=by)


def sweep_tracker() -> int | None:
    """Look through the next stored mentions for a tracker that is younger than they are.

    Returns:
        How many mentions were looked through; None when no tracker has any left.
    """
    tracker = next_unswept_tracker()
    if tracker is None:
        return None
    mentions = mentions_after(tracker.swept_to, SWEEP_STEP)
    _match(tracker, mentions)
    if mentions:
        tracker.swept_to = mentions[-1].id
    if len(mentions) == SWEEP_STEP:
        return len(mentions)
    if now() - (tracker.changed_at or tracker.created_at) >= _SETTLED_AFTER:
        tracker.swept_at = now()
        return len(mentions)
    tracker.swept_to = max(tracker.swept_to - _LOOK_BACK, 0)
    return None


def _match(tracker: Tracker, mentions: list[Mention]) -> None:
    matcher = matcher_of(((tracker.id, tracker.query, tracker.kind),))
    found, authors = [], set()
    for mention in mentions:
        # A stored mention has everything that the matcher looks at, under the same names as a draft.
        words = matcher.match(cast(MentionDraft, mention)).get(tracker.id)
        if words is not None:
            terms = ", ".join(words)[:MAX_TERMS_CHARS]
            found.append({"mention_id": mention.id, "tracker_id": tracker.id, "terms": terms})
            authors.add(mention.author_id)
    if found:
        session().execute(insert_into(Match).on_conflict_do_nothing(), found)
        # What a tracker wants counts for more, so their scores are due again.
        _bump(Author.id.in_(authors))
