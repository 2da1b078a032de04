"""The first page after the door."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.languages import wishes
from portal.accounts.models import User
from portal.accounts.policies import is_signed_in
from portal.community.calendar import when_words
from portal.community.queries import at_home, years_here
from portal.community.trust import FIRST_HELD
from portal.foundation.access import actor, allow, reader_languages, reader_zone
from portal.foundation.text import deadline
from portal.ledger.promises import first_name
from portal.ledger.queries import DESK_SHOWN, LedgerFilter, LedgerRow, figures, ledger_page, waiting_for
from portal.ledger.visibility import Reach, reach_of
from portal.listening.queries import quiet_sources
from portal.moderation.queries import count_waiting
from portal.updates.queries import answered_lately, asked_back, first_steps, news_of, shipped
from portal.updates.views import bp

OWN_ROWS = 6
OTHERS_ROWS = 3


@bp.get("/home")
@allow(is_signed_in)
def show_home() -> ResponseReturnValue:
    """For members what came of their words; for staff what waits for theirs."""
    user = actor()
    return _staff_home(user) if user.is_staff else _member_home(user)


def _member_home(user: User) -> ResponseReturnValue:
    reach, languages = reach_of(user), wishes(reader_languages())
    here, news = at_home(user), news_of(user, reach, languages=languages)
    coming = here.next_event
    own = ledger_page(
        LedgerFilter(proposed_by_id=user.id, is_own=True),
        zone=reader_zone(),
        reach=reach,
        languages=languages,
        limit=OWN_ROWS,
    )
    # Whoever has said nothing yet sees that this is a room with people in it.
    others = () if own.rows else _others(reach, languages)
    return render_template(
        "updates/member_home.html",
        first_name=first_name(user.name),
        member=here.member,
        own=own,
        others=others,
        questions=asked_back(user, languages=languages),
        news=news,
        shipped=shipped(news),
        years=years_here(here.member) if here.member else 0,
        asks=here.asks,
        circle_id=here.circle_id,
        thanks=here.thanks,
        next_event=coming,
        next_event_when=when_words(coming.event, reader_zone())[0] if coming else "",
        figures=figures(reach),
    )


def _others(reach: Reach, languages: tuple[str, ...]) -> tuple[LedgerRow, ...]:
    page = ledger_page(LedgerFilter(), zone=reader_zone(), reach=reach, languages=languages, limit=OTHERS_ROWS)
    return page.rows


def _staff_home(user: User) -> ResponseReturnValue:
    reach = reach_of(user)
    mine, others = waiting_for(user, zone=reader_zone(), reach=reach)
    due = next((row.due for row in mine if row.due), None)
    return render_template(
        "updates/staff_home.html",
        first_name=first_name(user.name),
        mine=mine,
        next_due=deadline(due, reader_zone()) if due else None,
        others=others[:OTHERS_ROWS],
        others_count=len(others),
        most=DESK_SHOWN,
        lately=answered_lately(reach),
        figures=figures(reach),
        steps=first_steps() if user.is_manager else None,
        quiet=quiet_sources() if user.is_manager else (),
        to_look=count_waiting(user) if user.is_manager else None,
        first_held=FIRST_HELD,
    )
