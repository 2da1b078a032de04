"""The mail that carries what was said beside a suggestion, or that somebody is named there."""

from collections.abc import Iterable, Iterator

from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_title, header_words
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import Comment, Idea, Response
from portal.updates.queries import Follower
from portal.updates.tokens import COMMENTS, write_token

# What is quoted of each, and how many of them.
QUOTED = 600
SHOWN = 6


def said_beside(
    idea: Idea,
    comments: list[Comment],
    followers: Iterable[Follower],
    *,
    subject_key: str,
    is_named: bool,
    answer: Response | None = None,
) -> Iterator[Message]:
    """To each of them; of a circle neither title nor words leave it.

    Args:
        comments: oldest first; none when the suggestion itself names its readers.
        is_named: whether the readers of this mail are named in what it is about.
        answer: the answer that names them, where that is what it is about.
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
    said = [(one.said_by, one.body) for one in comments]
    anchor = f"#comment-{comments[0].id}" if comments else ""
    if answer is not None:
        said, anchor = [(answer.answered_by.name, answer.message)], f"#answer-{answer.id}"
    by = said[0][0] if said else idea.said_by
    yield from build_for_many(
        "updates/mail/said",
        people,
        kind="comment",
        subject_key=subject_key,
        from_name=header_words(config.current().COMPANY_NAME),
        title=idea.title if shown else "",
        header_title=header_title(idea.title) if shown else "",
        by=by,
        by_first=header_words(by).split(" ")[0],
        many=len(said),
        is_named=is_named,
        entries=[(name, markdown_excerpt(words, QUOTED)) for name, words in said[:SHOWN]] if shown else [],
        more=max(len(said) - SHOWN, 0) if shown else 0,
        idea_url=address(f"/ideas/{idea.id}{anchor}"),
    )
