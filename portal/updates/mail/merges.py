"""The mails that say in which other suggestion one's own stands from now on, and that it stands by itself again."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.accounts.models import User
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_title, header_words
from portal.ledger.models import Idea
from portal.updates.mail.answers import sender_name, unsubscribe_url
from portal.updates.queries import Follower


def idea_merged(
    subject_key: str, source: Idea, target: Idea, followers: Iterable[Follower], *, by: User
) -> Iterator[Message]:
    """To each of those behind the first; the way out is that of the second, of which they hear from now on."""
    other = "" if target.circle_id else target.title
    return _told("merged", subject_key, target, followers, named=source, by=by, other=other)


def idea_parted(subject_key: str, source: Idea, followers: Iterable[Follower], *, by: User) -> Iterator[Message]:
    """To each of those behind the one that stands by itself again; of the other they were told when it was joined."""
    return _told("parted", subject_key, source, followers, named=source, by=by, standing=source.standing.label)


def _told(
    kind: str, subject_key: str, idea: Idea, followers: Iterable[Follower], *, named: Idea, by: User, **words: Any
) -> Iterator[Message]:
    """The mail leads to `idea`, and says the title of `named` where that stands in everyone's room."""
    title = "" if named.circle_id else named.title
    people = [
        Recipient(address=one.email, name=header_words(one.name), unsubscribe_url=unsubscribe_url(one.user_id, idea.id))
        for one in followers
    ]
    return build_for_many(
        f"updates/mail/{kind}",
        people,
        kind=kind,
        subject_key=subject_key,
        from_name=sender_name(by),
        title=title,
        header_title=header_title(title),
        by=by.name,
        idea_url=address(f"/ideas/{idea.id}"),
        **words,
    )
