"""The mails that say who answers from now on, and by when a broken promise will be kept."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build_for_many, header_title, header_words
from portal.foundation.text import date_words, moment_words
from portal.ledger.models import Idea, NewDate
from portal.ledger.promises import due_at
from portal.updates.mail.answers import sender_name, unsubscribe_url
from portal.updates.mail.news import by_zone
from portal.updates.queries import Follower

# As many as one mail names.
OWNERS_IN_ONE = 20


def owner_changed(subject_key: str, idea: Idea, followers: Iterable[Follower]) -> Iterator[Message]:
    """Somebody else answers, by the same promise; it comes from whoever answers now."""
    for zone, some in by_zone(followers):
        yield from build_for_many(
            "updates/mail/owner_changed",
            _recipients(some),
            kind="owner_changed",
            subject_key=subject_key,
            from_name=sender_name(idea.owner),
            **_owner(idea, zone),
            **_idea(idea),
        )


def owners_changed(subject_key: str, ideas: Sequence[Idea], author: Follower) -> Iterator[Message]:
    """Somebody else answers several suggestions of one author; of those in circles it says only how many they are."""
    owners = {idea.owner_id: idea.owner for idea in ideas}
    owner = next(iter(owners.values())) if len(owners) == 1 else None
    company = header_words(config.current().COMPANY_NAME)
    open_ones = [idea for idea in ideas if idea.circle_id is None]
    zone = ZoneInfo(author.time_zone or config.current().TIME_ZONE)
    way_out = unsubscribe_url(author.user_id, *(idea.id for idea in ideas))
    yield from build_for_many(
        "updates/mail/owners_changed",
        [Recipient(address=author.email, name=header_words(author.name), unsubscribe_url=way_out)],
        kind="owner_changed",
        subject_key=subject_key,
        from_name=sender_name(owner) if owner else company,
        owner=header_words(owner.name) if owner else "",
        many=len(ideas),
        lines=[_owner(idea, zone) | _idea(idea) for idea in open_ones],
        inside=len(ideas) - len(open_ones),
        home_url=address("/home"),
    )


def new_date_given(subject_key: str, idea: Idea, given: NewDate, followers: Iterable[Follower]) -> Iterator[Message]:
    """What was promised, what is said now, and why; in a circle without the words."""
    for zone, some in by_zone(followers):
        yield from build_for_many(
            "updates/mail/new_date",
            _recipients(some),
            kind="new_date",
            subject_key=subject_key,
            from_name=sender_name(given.given_by),
            by=given.given_by.name,
            missed=moment_words(given.promised_for, zone),
            until=_until(given.until, zone),
            words=given.words if idea.circle_id is None else "",
            **_idea(idea),
        )


def _until(moment: datetime, zone: ZoneInfo) -> str:
    """A new date is a day of the company, kept until its end; any other moment is told as it is."""
    local = moment.astimezone(config.current().zone)
    return date_words(local.date()) if (local.hour, local.minute) == (23, 59) else moment_words(moment, zone)


def _owner(idea: Idea, zone: ZoneInfo) -> dict[str, Any]:
    """Who answers, and what is still to be kept."""
    due = due_at(idea)
    return {
        "owner": idea.owner.name,
        "due": moment_words(due, zone) if due else "",
        "is_late": due is not None and due < now(),
    }


def _idea(idea: Idea) -> dict[str, Any]:
    title = idea.title if idea.circle_id is None else ""
    return {
        "title": title,
        "header_title": header_title(title),
        "idea_url": address(f"/ideas/{idea.id}"),
    }


def _recipients(followers: Iterable[Follower]) -> list[Recipient]:
    return [
        Recipient(
            address=one.email,
            name=header_words(one.name),
            unsubscribe_url=unsubscribe_url(one.user_id, one.idea_id),
        )
        for one in followers
    ]
