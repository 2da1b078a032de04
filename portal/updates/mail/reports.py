"""The mail that says what came of reports; of a circle it says no more than that somebody looked."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words
from portal.foundation.text import date_words
from portal.foundation.text import gettext as _
from portal.moderation.queries import Reported
from portal.updates.tokens import REPORTS, write_news_token


def reports_settled(person: User, told: Sequence[Reported]) -> Message:
    """That somebody looked at what this person reported, and whether it stays; nothing of whoever wrote it."""
    lines = [_line(one, person) for one in told if one.circle_id is None]
    return build(
        "updates/mail/reports",
        kind=REPORTS,
        subject_key=f"reported:{max(one.report.id for one in told)}",
        to_address=person.email,
        to_name=header_words(person.name),
        unsubscribe_url=address(f"/unsubscribe-news/{write_news_token(person.id, of=REPORTS)}"),
        lines=lines,
        inside=len(told) - len(lines),
        many=len(told),
        reports_url=address("/reports"),
    )


def _line(one: Reported, person: User) -> str:
    """What it was, as far as they still see where it stood, and what came of it."""
    if not one.title:
        zone = ZoneInfo(person.time_zone or config.current().TIME_ZONE)
        on = date_words(one.report.created_at.astimezone(zone).date())
        what = _("What you reported on %(day)s", day=on)
    elif one.kind == "idea":
        what = _("The suggestion “%(title)s”", title=one.title)
    else:
        what = _("What was said beside “%(title)s”", title=one.title)
    if one.is_out:
        return _("%(what)s: it was taken out.", what=what)
    return _("%(what)s: it stays.", what=what)
