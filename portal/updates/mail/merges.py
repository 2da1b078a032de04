"""The mail that says in which other suggestion one's own stands from now on."""

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
    people = [
        Recipient(
            address=one.email,
            name=header_words(one.name),
            unsubscribe_url=unsubscribe_url(one.user_id, target.id),
        )
        for one in followers
    ]
    yield from build_for_many(
        "updates/mail/merged",
        people,
        kind="merged",
        subject_key=subject_key,
        from_name=sender_name(by),
        title=source.title if shown else "",
        other=target.title if shown else "",
        header_title=header_title(source.title) if shown else "",
        by=by.name,
        idea_url=address(f"/ideas/{target.id}"),
    )
