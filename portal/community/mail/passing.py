"""The mail that says what is somebody's now, since whoever looked after it left."""

from collections.abc import Mapping

from portal.accounts.models import User
from portal.community.models import Ask, Event
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words
from portal.foundation.text import gettext as _


def things_passed_on(things: Mapping[Ask | Event, str], *, to: User) -> Message:
    """Questions and events together, each by its page; what stands in a circle without its words.

    Args:
        things: each with the name of whoever looked after it before.
    """
    first, names = next(iter(things)), dict.fromkeys(things.values())
    return build(
        "community/mail/things_passed_on",
        kind="passed_on",
        # Given back and passed on again is told again.
        subject_key=f"{first.__tablename__}:{first.id}:{now().isoformat()}",
        to_address=to.email,
        to_name=header_words(to.name),
        gone=_("%(names)s cannot look after this any more.", names=", ".join(names)),
        lines=[{"words": _words(thing), "url": address(_path(thing))} for thing in things],
    )


def _words(thing: Ask | Event) -> str:
    if isinstance(thing, Ask):
        return _("A question in a circle of yours") if thing.circle_id else thing.question
    return _("An event in a circle of yours") if thing.circle_id else thing.title


def _path(thing: Ask | Event) -> str:
    return f"/asks/{thing.id}" if isinstance(thing, Ask) else f"/events/{thing.id}"
