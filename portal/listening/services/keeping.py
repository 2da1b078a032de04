"""What was heard becomes stored mentions: new ones go in, changed ones are read again, gone ones are blanked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import ngettext
from portal.listening.connectors import known_connectors
from portal.listening.connectors.contract import Change, Connector, Context, Deletion, Heard, LeftOut, Raw
from portal.listening.drafts import MentionDraft
from portal.listening.models import Author, Match, Mention, MentionMedia, Source
from portal.listening.queries import active_matcher
from portal.listening.services.keys import text_key, whole_id
from portal.listening.services.learned import active_reader
from portal.listening.services.pictures import renew_pictures
from portal.listening.services.take_in import MAX_BATCH, MAX_TERMS_CHARS, TakenIn, take_in

# One miss is no proof: a second one at least this much later is.
SECOND_LOOK = timedelta(hours=1)
_COUNTS = ("likes", "replies", "shares", "views", "rating")

log = structlog.get_logger()


@dataclass(slots=True)
class Normalised:
    """The items of a page in the shape of the house, and how many had one that is not known."""

    heard: list[Heard] = field(default_factory=list)
    strange: int = 0

    @property
    def warning(self) -> str:
        """A sentence for the page of sources; empty where everything was understood."""
        if not self.strange:
            return ""
        return ngettext(
            "%(num)s item had a shape that is not known and was passed by.",
            "%(num)s items had a shape that is not known and were passed by.",
            self.strange,
        )


def normalise_all(connector: Connector, items: Iterable[Raw], ctx: Context) -> Normalised:
    """Every item in the shape of the house; what is not ours to keep is left out, a strange one is told of."""
    found = Normalised()
    for raw in items:
        try:
            found.heard.append(connector.normalise(raw, ctx))
        except LeftOut:
            continue
        except Exception as problem:
            # A stranger's item must never stop the page that it came with; its words are in no log.
            found.strange += 1
            if found.strange == 1:
                parts = ", ".join(sorted(str(name)[:40] for name in (raw if isinstance(raw, Mapping) else ()))[:40])
                log.warning("item_skipped", connector=connector.key, why=type(problem).__name__, parts=parts)
    return found


def keep_heard(heard: Sequence[Heard], *, connector: Connector, source: Source) -> TakenIn:
    """Store what a page or a push brought, in the caller's transaction."""
    days = connector.caps.retention_days
    until = now() + timedelta(days=days) if isinstance(days, int | float) else None
    drafts = [_kept(item, until) for item in _newest(heard)]
    taken = TakenIn()
    for start in range(0, len(drafts), MAX_BATCH):
        batch = drafts[start : start + MAX_BATCH]
        change_known(batch)
        taken += take_in(batch, source=source)
    session().flush()
    change_known([item for item in heard if isinstance(item, Change)])
    note_deletions([item for item in heard if isinstance(item, Deletion)])
    return taken


def change_known(items: Sequence[MentionDraft | Change]) -> int:
    """Bring stored mentions up to what their channel says now; new words are read and matched again."""
    groups: dict[tuple[str, str], dict[str, MentionDraft | Change]] = defaultdict(dict)
    for item in items:
        groups[item.channel, item.origin_host or ""][whole_id(item.external_id)] = item
    changed = 0
    for (channel, host), by_id in groups.items():
        for ids in _parts(list(by_id), 500):
            rows = select(Mention).where(
                Mention.channel == channel,
                Mention.origin_host == host,
                Mention.external_id.in_(ids),
                Mention.gone_at.is_(None),
            )
            shown: list[tuple[int, MentionDraft]] = []
            for mention in session().scalars(rows.options(joinedload(Mention.author))):
                item = by_id[mention.external_id]
                changed += _change(mention, item)
                if isinstance(item, MentionDraft):
                    shown.append((mention.id, item))
            if shown:
                renew_pictures(shown)
    return changed


def note_deletions(items: Sequence[Deletion]) -> int:
    """Note many at once; a stream of everything tells of hundreds a second, of which nearly none stands here."""
    certain: dict[tuple[str, str], list[str]] = defaultdict(list)
    others: list[Deletion] = []
    for item in items:
        if item.certain and item.external_id is not None:
            certain[item.channel, item.origin_host or ""].append(whole_id(item.external_id))
        else:
            others.append(item)
    moment, count = now(), 0
    for (channel, host), names in certain.items():
        for ids in _parts(names, 500):
            rows = select(Mention).where(
                Mention.channel == channel,
                Mention.origin_host == host,
                Mention.external_id.in_(ids),
                Mention.gone_at.is_(None),
            )
            found = list(session().scalars(rows))
            blank(found, moment)
            count += len(found)
    return count + sum(note_deletion(item) for item in others)


def note_deletion(gone: Deletion) -> int:
    """Blank what its channel deleted; what was only missed once is marked and asked for again."""
    rows = select(Mention).where(Mention.channel == gone.channel, Mention.gone_at.is_(None))
    if gone.external_id is not None:
        name = whole_id(gone.external_id)
        rows = rows.where(Mention.origin_host == (gone.origin_host or ""), Mention.external_id == name)
    elif gone.author_id:
        authors = select(Author.id).where(Author.channel == gone.channel, Author.external_id == gone.author_id)
        rows = rows.where(Mention.author_id.in_(authors))
    else:
        return 0
    moment = now()
    found = list(session().scalars(rows))
    proven = [row for row in found if gone.certain or (row.missed_at and moment - row.missed_at >= SECOND_LOOK)]
    for mention in found:
        mention.checked_at = moment
        mention.missed_at = mention.missed_at or moment
    blank(proven, moment)
    return len(proven)


def channels_without_traces() -> list[str]:
    """The channels of which not even a count or a name may outlive the words."""
    return [connector.key for connector in known_connectors() if not connector.caps.keeps_traces]


def blank(mentions: Sequence[Mention], moment: datetime, *, keeps_links: bool = False) -> None:
    """Take the words away and keep the place, the times and the counts; so do authors of whom nothing is left.

    Args:
        mentions: whose words may not be held any longer.
        moment: when that was.
        keeps_links: the original still stands, so where it stands may be known.
    """
    if not mentions:
        return
    ids = [mention.id for mention in mentions]
    values: dict[str, Any] = dict.fromkeys(("title", "url", "links", "marks", "url_key", "copy_key")) | {"text": ""}
    if keeps_links:
        del values["url"]
    # As the row stands before the change; what was blanked before keeps its count.
    values["blanked_chars"] = func.coalesce(Mention.blanked_chars, func.length(Mention.text))
    session().flush()
    for part in _parts(ids, 500):
        session().execute(update(Mention).where(Mention.id.in_(part)).values(gone_at=moment, keep_until=None, **values))
        traceless = update(Mention).where(Mention.id.in_(part), Mention.channel.in_(channels_without_traces()))
        session().execute(traceless.values(dict.fromkeys((*_COUNTS, "blanked_chars"))))
        session().execute(update(Match).where(Match.mention_id.in_(part)).values(terms=""))
        # The files go with the next sweep; from now on nobody is shown them.
        pictures = update(MentionMedia).where(MentionMedia.mention_id.in_(part), MentionMedia.dropped_at.is_(None))
        session().execute(pictures.values(dropped_at=moment, due_at=None, url="", alt=None))
    for authors in _parts(sorted({mention.author_id for mention in mentions}), 500):
        session().execute(update(Author).where(Author.id.in_(authors)).values(revision=Author.revision + 1))
        standing = select(Mention.author_id).where(Mention.author_id.in_(authors), Mention.gone_at.is_(None))
        left = update(Author).where(Author.id.in_(authors), Author.id.not_in(standing))
        session().execute(left.values(name=None, url=None, followers=None, bio=None))


def blank_expired(limit: int = 500) -> int:
    """Blank what may not be kept any longer by its channel's rule."""
    moment = now()
    due = select(Mention).where(Mention.keep_until < moment, Mention.gone_at.is_(None)).order_by(Mention.keep_until)
    found = list(session().scalars(due.limit(limit)))
    blank(found, moment)
    return len(found)


def _newest(heard: Sequence[Heard]) -> list[MentionDraft]:
    """Of what was told twice the later telling, in the order of arrival; a stream tells a post and then its edit."""
    newest: dict[tuple[str, str | None, str], MentionDraft] = {}
    for item in heard:
        if isinstance(item, MentionDraft):
            newest[item.channel, item.origin_host, item.external_id] = item
    return list(newest.values())


def _kept(draft: MentionDraft, until: datetime | None) -> MentionDraft:
    if draft.keep_until is None and until is not None:
        draft.keep_until = until
    return draft


def _change(mention: Mention, item: MentionDraft | Change) -> bool:
    mention.checked_at, mention.missed_at = now(), None
    if isinstance(item, MentionDraft) and item.keep_until and mention.keep_until:
        mention.keep_until = max(mention.keep_until, item.keep_until)
    is_changed = False
    for name in _COUNTS:
        value = getattr(item, name)
        if value is not None and value != getattr(mention, name):
            setattr(mention, name, value)
            is_changed = True
    title = item.title if item.title is not None or isinstance(item, MentionDraft) else mention.title
    text = item.text if item.text is not None else mention.text
    # Nothing is no news; an empty string says that there are none any more.
    links = (item.links or None) if item.links is not None or isinstance(item, MentionDraft) else mention.links
    if (title or None, text, links) != (mention.title, mention.text, mention.links):
        mention.links = links
        _rewrite(mention, title or None, text)
        is_changed = True
    if is_changed:
        mention.author.revision += 1
    return is_changed


def _rewrite(mention: Mention, title: str | None, text: str) -> None:
    mention.title, mention.text = title, text
    # A stored mention has everything that readers look at, under the same names as a draft.
    draft = cast(MentionDraft, mention)
    signals = active_reader()(draft)
    mention.copy_key, mention.lang, mention.tone = text_key(draft), signals.lang or None, signals.tone
    mention.is_question, mention.is_suggestion = signals.is_question, signals.is_suggestion
    mention.is_creation = signals.is_creation
    marks: dict[str, Any] = dict(signals.marks)
    mention.marks = (marks | {"tone": signals.tone_words} if signals.tone_words else marks) or None
    session().execute(delete(Match).where(Match.mention_id == mention.id))
    for tracker_id, words in active_matcher().match(draft).items():
        session().add(Match(mention_id=mention.id, tracker_id=tracker_id, terms=", ".join(words)[:MAX_TERMS_CHARS]))


def _parts(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
