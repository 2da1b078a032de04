"""The one door for every mention: what may not come in stays out, what is known is not told twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from portal.consent.queries import objected_accounts
from portal.foundation.clock import now
from portal.listening.drafts import MAX_TITLE_CHARS, AuthorDraft, MentionDraft
from portal.listening.matching import Matcher
from portal.listening.models import MentionImport, Source
from portal.listening.queries import active_trackers, matcher_of, names_in_use
from portal.listening.services.authors import mark_own, own_among
from portal.listening.services.keys import MAX_HOST_CHARS, MAX_ID_CHARS, address_key, handle_key, text_key, whole_id
from portal.listening.services.learned import active_reader
from portal.listening.services.pictures import note_pictures
from portal.listening.services.storing import AuthorKey, Known, MentionKey, Row, Store, open_store
from portal.listening.signals import Signals
from portal.listening.signals.child import ReadRow, row_of

MAX_BATCH = 1000
MAX_URL_CHARS = 2000
MAX_TERMS_CHARS = 500

Reader: TypeAlias = Callable[[MentionDraft], Signals]

# The same article stands under one address; posts are told apart by their ids alone.
_KINDS_WITH_ADDRESS = {"article", "tutorial", "build"}


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a batch.

    Attributes:
        added: mentions that were new.
        repeated: mentions that stood there already, or came twice.
        left_out: mentions of people who objected or are muted, or that no tracker wants.
        matched: new mentions that a tracker found.
    """

    added: int = 0
    repeated: int = 0
    left_out: int = 0
    matched: int = 0

    def __add__(self, other: "TakenIn") -> "TakenIn":
        return TakenIn(
            self.added + other.added,
            self.repeated + other.repeated,
            self.left_out + other.left_out,
            self.matched + other.matched,
        )


@dataclass(slots=True)
class _Arrival:
    """A draft on its way in, with what was found out about it."""

    draft: MentionDraft
    key: MentionKey
    author_key: AuthorKey
    created_at: Any
    url_key: int | None
    copy_key: int | None
    is_copy: bool = False
    found: dict[int, list[str]] | None = None


def take_in(
    drafts: Sequence[MentionDraft],
    *,
    source: Source | None = None,
    mention_import: MentionImport | None = None,
    matcher: Matcher | None = None,
    reader: Reader | Literal["active"] | None = "active",
    readings: Sequence[ReadRow] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> TakenIn:
    """Store a batch of mentions in the caller's transaction, with few statements: on SQLite one for a hundred rows.

    Args:
        drafts: at most a thousand, in any order; of two that are the same mention the first counts.
        source: where they were heard. One that does not keep all keeps what a tracker wants.
        mention_import: the file they were read from; all of its good rows are kept.
        matcher: the trackers to look for; all active ones if it is not given.
        reader: reads tone, questions and so on out of new mentions; by default as it is switched, None leaves
            them unread.
        readings: what was read in each draft already; the reader is then not asked.
        meanwhile: is called while the database writes by itself, if it does: on SQLite it is this process that writes.

    Raises:
        ValueError: more than a thousand drafts.
    """
    if len(drafts) > MAX_BATCH:
        raise ValueError(f"a batch has at most {MAX_BATCH} mentions")
    if not drafts:
        return TakenIn()
    store = open_store()
    is_to_be_read = readings is None and reader == "active"
    if matcher is None or is_to_be_read:
        asked = active_trackers()
        matcher = matcher_of(asked) if matcher is None else matcher
        reader = active_reader(names_in_use(asked)) if is_to_be_read else reader
    objected = objected_accounts({(draft.channel, draft.author.handle) for draft in drafts})
    welcome = [draft for draft in drafts if (draft.channel, draft.author.handle) not in objected]
    arrivals = _leave_repeats(welcome, store)
    repeated = len(welcome) - len(arrivals)
    read = {id(draft): (row[0], row[2]) for draft, row in zip(drafts, readings or (), strict=False)}
    for arrival in arrivals:
        arrival.found = matcher.match(arrival.draft, read.get(id(arrival.draft)))
    if source is not None and not source.keeps_all and len(matcher):
        arrivals = [arrival for arrival in arrivals if arrival.found and matcher.wants(arrival.found)]
    arrivals.sort(key=_key_of)
    with store.as_batch():
        authors = store.upsert_authors(_author_rows(arrivals))
        mark_own(own_among(authors))
        arrivals = [arrival for arrival in arrivals if not authors[arrival.author_key][1]]

        origin = (source.id if source else None, mention_import.id if mention_import else None)
        rows = _mention_rows(arrivals, authors, store, _row_reader(drafts, reader, readings), origin)
        ids = store.insert_mentions(rows, meanwhile=meanwhile)
        store.insert_matches(_match_rows(arrivals, ids))
        note_pictures([(ids[arrival.key], arrival.draft) for arrival in arrivals if arrival.key in ids])
    return TakenIn(
        added=len(ids),
        repeated=repeated + len(arrivals) - len(ids),
        left_out=len(drafts) - repeated - len(arrivals),
        matched=sum(1 for arrival in arrivals if arrival.found and matcher.wants(arrival.found) and arrival.key in ids),
    )


def _key_of(arrival: _Arrival) -> MentionKey:
    # Writers that go in the same order wait for each other instead of locking each other out.
    return arrival.key


def _leave_repeats(drafts: Sequence[MentionDraft], store: Store) -> list[_Arrival]:
    """Those that are new, each once; near-copies are marked."""
    moment = store.moment
    arrivals: dict[MentionKey, _Arrival] = {}
    for draft in drafts:
        channel, host = draft.channel, (draft.origin_host or "")[:MAX_HOST_CHARS]
        key = (channel, host, whole_id(draft.external_id))
        if key not in arrivals:
            author_key = (channel, host, handle_key(draft.author.handle))
            address = address_key(draft.url) if draft.url and draft.kind in _KINDS_WITH_ADDRESS else None
            arrivals[key] = _Arrival(draft, key, author_key, moment(draft.created_at), address, text_key(draft))
    unique = list(arrivals.values())
    addresses = [(arrival.draft.channel, arrival.url_key) for arrival in unique if arrival.url_key is not None]
    copies = [arrival.copy_key for arrival in unique if arrival.copy_key is not None]
    known = store.find_known(list(arrivals), addresses, copies)
    return list(_new_ones(unique, known, addresses, copies))


def _new_ones(
    arrivals: Sequence[_Arrival], known: Known, addresses: Sequence[tuple[str, int]], copies: Sequence[int]
) -> list[_Arrival]:
    known_addresses = {addresses[place] for place in known.addresses}
    known_copies = {copies[place] for place in known.copies}
    fresh = []
    for place, arrival in enumerate(arrivals):
        address = (arrival.draft.channel, arrival.url_key) if arrival.url_key is not None else None
        if place in known.keys or address in known_addresses:
            continue
        if address:
            known_addresses.add(address)
        if arrival.copy_key is not None:
            arrival.is_copy = arrival.copy_key in known_copies
            known_copies.add(arrival.copy_key)
        fresh.append(arrival)
    return fresh


def _author_rows(arrivals: Sequence[_Arrival]) -> list[Row]:
    """One row for each author, with the newest of what their mentions say about them."""
    by_author: dict[AuthorKey, list[_Arrival]] = {}
    for arrival in arrivals:
        by_author.setdefault(arrival.author_key, []).append(arrival)
    return [_author_row(key, by_author[key]) for key in sorted(by_author)]


def _author_row(key: AuthorKey, arrivals: list[_Arrival]) -> Row:
    if len(arrivals) > 1:
        arrivals.sort(key=_created_at, reverse=True)
    newest = arrivals[0].draft.author
    external_id, name, url, followers = newest.external_id, newest.name, newest.url, newest.followers
    is_bot, is_unlisted = newest.is_bot, newest.is_unlisted
    if len(arrivals) > 1:
        authors = [arrival.draft.author for arrival in arrivals]
        external_id, name, url = (_first(authors, field) for field in ("external_id", "name", "url"))
        followers = next((author.followers for author in authors if author.followers is not None), None)
        is_bot = any(author.is_bot for author in authors)
        is_unlisted = any(author.is_unlisted for author in authors)
    return (
        *key,
        newest.handle[:MAX_ID_CHARS],
        external_id and external_id[:MAX_ID_CHARS],
        name and name[:MAX_ID_CHARS],
        url if url and len(url) <= MAX_URL_CHARS else None,
        followers,
        is_bot,
        is_unlisted,
        arrivals[-1].created_at,
    )


def _first(authors: list[AuthorDraft], field: str) -> str | None:
    return next((value for author in authors if (value := getattr(author, field))), None)


def _created_at(arrival: _Arrival) -> Any:
    return arrival.created_at


def _mention_rows(
    arrivals: Sequence[_Arrival],
    authors: dict[AuthorKey, tuple[int, bool]],
    store: Store,
    read_row: Callable[[MentionDraft], ReadRow],
    origin: tuple[int | None, int | None],
) -> list[Row]:
    moment = store.moment
    seen_at = moment(now())
    rows: list[Row] = []
    for arrival in arrivals:
        draft = arrival.draft
        lang, *read_as = read_row(draft)
        rows.append(
            (
                *arrival.key,
                authors[arrival.author_key][0],
                draft.kind,
                draft.title[:MAX_TITLE_CHARS] if draft.title else None,
                draft.text,
                draft.url if draft.url and len(draft.url) <= MAX_URL_CHARS else None,
                arrival.created_at,
                seen_at,
                lang or None,
                draft.likes,
                draft.replies,
                draft.shares,
                draft.views,
                draft.rating,
                draft.parent_id and draft.parent_id[:MAX_ID_CHARS],
                draft.parent_author and draft.parent_author[:MAX_ID_CHARS],
                draft.thread_id and draft.thread_id[:MAX_ID_CHARS],
                arrival.url_key,
                arrival.copy_key,
                arrival.is_copy,
                *read_as,
                *origin,
                moment(draft.keep_until) if draft.keep_until else None,
                draft.links,
            )
        )
    return rows


def _row_reader(
    drafts: Sequence[MentionDraft], reader: Reader | Literal["active"] | None, readings: Sequence[ReadRow] | None
) -> Callable[[MentionDraft], ReadRow]:
    if readings is not None:
        read_before = {id(draft): row for draft, row in zip(drafts, readings, strict=True)}
        return lambda draft: read_before[id(draft)]
    if callable(reader):
        return lambda draft: row_of(reader(draft))
    return lambda draft: (draft.lang, None, False, False, False, None)


def _match_rows(arrivals: Sequence[_Arrival], ids: dict[MentionKey, int]) -> list[tuple[Any, ...]]:
    return [
        (ids[arrival.key], tracker_id, ", ".join(words)[:MAX_TERMS_CHARS])
        for arrival in arrivals
        if arrival.found and arrival.key in ids
        for tracker_id, words in arrival.found.items()
    ]
