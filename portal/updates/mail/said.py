"""The mail that carries what was said beside a suggestion, or that somebody is named there."""

from collections.abc import Iterable, Iterator

from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_words
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import Comment, Idea
from portal.updates.queries import Follower
from portal.updates.tokens import COMMENTS, write_token

# What is quoted of each, and how many of them.
QUOTED = 600
SHOWN = 6


def said_beside(
    idea: Idea, comments: list[Comment], followers: Iterable[Follower], *, subject_key: str, is_named: bool
) -> Iterator[Message]:
    """To each of them; of a circle neither title nor words leave it.

    Args:
        comments: oldest first; none when the suggestion itself names its readers.
        is_named: whether the readers of this mail are named in what it is about.
    """
    shown = idea.circle_id is None
    people = [
        Recipient(
            address=one.email,
            name=header_words(one.name),
            unsubscribe_url=address(f"/unsubscribe/{write_token(one.user_id, idea.id, of=COMMENTS)}"),
        )
        for one in followers
    ]
    by = [said.said_by for said in comments] or [idea.said_by]
    yield from build_for_many(
        "updates/mail/said",
        people,
        kind="comment",
        subject_key=subject_key,
        from_name=header_words(config.current().COMPANY_NAME),
        title=idea.title if shown else "",
        header_title=header_words(idea.title) if shown else "",
        by=by[0],
        by_first=header_words(by[0]).split(" ")[0],
        many=len(comments),
        is_named=is_named,
        entries=[(said.said_by, markdown_excerpt(said.body, QUOTED)) for said in comments[:SHOWN]] if shown else [],
        more=max(len(comments) - SHOWN, 0) if shown else 0,
        idea_url=address(f"/ideas/{idea.id}{f'#comment-{comments[0].id}' if comments else ''}"),
    )
