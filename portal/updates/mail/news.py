"""The mails that carry news of the community: what is asked, and what came of it."""

from collections.abc import Iterable, Iterator
from typing import TypeVar
from zoneinfo import ZoneInfo

from portal.community.models import Ask
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_title, header_words
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt, moment_words
from portal.updates.queries import Follower, Listener
from portal.updates.tokens import write_news_token

Reader = TypeVar("Reader", Listener, Follower)


def ask_opened(ask: Ask, listeners: Iterable[Listener]) -> Iterator[Message]:
    """A question is put to them; one of a circle is only said to be there."""
    for zone, some in by_zone(listeners):
        yield from build_for_many(
            f"updates/mail/{'circle_ask' if ask.circle_id else 'ask_opened'}",
            recipients(some),
            kind="news",
            subject_key=f"ask:{ask.id}:opened",
            from_name=from_name(ask.owner.name),
            by=ask.owner.name,
            question=ask.question,
            header_question=header_title(ask.question),
            background=markdown_excerpt(ask.background, 400),
            is_closed=False,
            closes=moment_words(ask.closes_at, zone),
            ask_url=address(f"/asks/{ask.id}"),
        )


def ask_closed(ask: Ask, listeners: Iterable[Listener]) -> Iterator[Message]:
    """What the company heard and what it will do, to everyone who took part."""
    by = ask.closed_by or ask.owner
    yield from build_for_many(
        f"updates/mail/{'circle_ask' if ask.circle_id else 'ask_closed'}",
        recipients(listeners),
        kind="news",
        subject_key=f"ask:{ask.id}:closed",
        from_name=from_name(by.name),
        by=by.name,
        question=ask.question,
        header_question=header_title(ask.question),
        heard=ask.heard,
        will_do=ask.will_do,
        is_closed=True,
        ask_url=address(f"/asks/{ask.id}"),
    )


def by_zone(people: Iterable[Reader]) -> Iterator[tuple[ZoneInfo, list[Reader]]]:
    """Each reads a time in their own zone, so each zone is one rendering."""
    found: dict[str, list[Reader]] = {}
    for one in people:
        found.setdefault(one.time_zone or config.current().TIME_ZONE, []).append(one)
    for zone, some in sorted(found.items()):
        yield ZoneInfo(zone), some


def recipients(listeners: Iterable[Listener]) -> Iterator[Recipient]:
    """Each of them with their way out of the news."""
    for one in listeners:
        way_out = address(f"/unsubscribe-news/{write_news_token(one.user_id)}")
        yield Recipient(address=one.email, name=header_words(one.name), unsubscribe_url=way_out)


def from_name(name: str) -> str:
    """The person and the company, as the mail says whom it is from."""
    return header_words(_("%(name)s at %(company)s", name=name, company=config.current().COMPANY_NAME))
