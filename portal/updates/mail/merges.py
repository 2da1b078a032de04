"""The mails that say in which other suggestion one's own stands from now on, and that it stands by itself again."""

from collections.abc import Iterable, Iterator

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
    shown = target.circle_id is None
    yield from build_for_many(
        "updates/mail/merged",
        _people(followers, target),
        kind="merged",
        subject_key=subject_key,
        from_name=sender_name(by),
        title=source.title if shown else "",
        other=target.title if shown else "",
        header_title=header_title(source.title) if shown else "",
        by=by.name,
        idea_url=address(f"/ideas/{target.id}"),
    )


def idea_parted(subject_key: str, source: Idea, followers: Iterable[Follower], *, by: User) -> Iterator[Message]:
    """To each of those behind the one that stands by itself again; of the other they were told when it was joined."""
    shown = source.circle_id is None
    yield from build_for_many(
        "updates/mail/parted",
        _people(followers, source),
        kind="parted",
        subject_key=subject_key,
        from_name=sender_name(by),
        title=source.title if shown else "",
        header_title=header_title(source.title) if shown else "",
        standing=source.standing.label,
        by=by.name,
        idea_url=address(f"/ideas/{source.id}"),
    )


def _people(followers: Iterable[Follower], idea: Idea) -> list[Recipient]:
    return [
        Recipient(address=one.email, name=header_words(one.name), unsubscribe_url=unsubscribe_url(one.user_id, idea.id))
        for one in followers
    ]
