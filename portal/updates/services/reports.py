"""Telling people what came of what they reported, together and once."""

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mail
from portal.moderation.queries import reported_by
from portal.updates import mail
from portal.updates.queries import untold_reports, wants_news
from portal.updates.services.news import announce
from portal.updates.tokens import REPORTS


def tell_reporter(number: int) -> int:
    """Tell one person what came of everything that was looked at since the last time; returns how many reports.

    Each report has an `Announcement` row, which only one teller can write.
    """
    person = session().get_one(User, number)
    is_told = person.is_active and wants_news(person, of=REPORTS)
    fresh = [each for each in untold_reports(number) if announce(f"reported:{each}", people=int(is_told))]
    told = reported_by(person, numbers=fresh) if is_told else []
    if told:
        queue_mail(mail.reports_settled(person, told))
    return len(told)
