"""What a query would find among the mentions that are stored, before anybody saves it."""

from dataclasses import dataclass, replace
from typing import cast

from portal.listening.drafts import MentionDraft
from portal.listening.matching import Matcher, Query, parse_query
from portal.listening.models import Mention, TrackerKind
from portal.listening.queries import matcher_of, newest_mentions

# Looked through in one pass while someone types, so not more than a moment's work.
LOOKED_THROUGH = 2_000
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A stored mention that a query finds, with the words that were found in it."""

    mention: Mention
    words: list[str]


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What one word of `none:` keeps out.

    Attributes:
        word: as it was written.
        count: how many would be found if this word did not stand there.
        example: the newest of them.
    """

    word: str
    count: int
    example: Mention


@dataclass(frozen=True, slots=True)
class TrackerPreview:
    """What a query finds.

    Attributes:
        looked_through: how many of the newest mentions were looked at.
        count: how many of them are found.
        found: the newest of those.
        taken_away: for each word of `none:` that keeps something out, what it keeps out.
    """

    looked_through: int
    count: int
    found: list[Found]
    taken_away: list[TakenAway]


def preview_tracker(query: str, *, kind: TrackerKind = TrackerKind.BRAND) -> TrackerPreview:
    """Look through the newest stored mentions with a query.

    Raises:
        QueryError: the query cannot be read; it says at which character.
    """
    query = " ".join(query.split())
    parsed = parse_query(query)
    mentions = newest_mentions(LOOKED_THROUGH)
    matcher = matcher_of(((0, query, kind),))
    found = [(mention, words) for mention in mentions if (words := _look(matcher, mention)) is not None]
    return TrackerPreview(
        looked_through=len(mentions),
        count=len(found),
        found=[Found(mention, words) for mention, words in found[:SHOWN]],
        taken_away=_taken_away(parsed, mentions),
    )


def _taken_away(query: Query, mentions: list[Mention]) -> list[TakenAway]:
    """One pass for all words of `none:`: each has a query of its own that lacks this word and asks for it."""
    without = {
        place: replace(query, all=(*query.all, term), none=tuple(other for other in query.none if other != term))
        for place, term in enumerate(query.none)
    }
    if not without:
        return []
    matcher = Matcher(without)
    kept_out: dict[int, list[Mention]] = {}
    for mention in mentions:
        for place in matcher.match(cast(MentionDraft, mention)):
            kept_out.setdefault(place, []).append(mention)
    return [TakenAway(query.none[place].shown, len(each), each[0]) for place, each in sorted(kept_out.items())]


def _look(matcher: Matcher, mention: Mention) -> list[str] | None:
    # A stored mention has everything that the matcher looks at, under the same names as a draft.
    return matcher.match(cast(MentionDraft, mention)).get(0)
