"""The page of an ask: the question, its poll, what members suggest, and what the company made of it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.forms import PollForm
from portal.community.models import Ask
from portal.community.policies import may_answer_ask, may_read_ask, may_run_ask
from portal.community.queries import ASKS_SHOWN, asks_for, poll_of
from portal.foundation.access import actor, allow, reader_zone, row_key, time_key, time_key_of
from portal.ledger.queries import LedgerFilter, figures, late_now, ledger_page
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw, known_tags, reading
from portal.ledger.visibility import reach_of


@bp.get("/asks")
@allow(is_signed_in)
def list_asks() -> ResponseReturnValue:
    """What the company asks and asked, as far as it is for the reader."""
    asks = asks_for(actor(), before=request.args.get("before", type=time_key))
    last = asks[ASKS_SHOWN - 1] if len(asks) > ASKS_SHOWN else None
    older = time_key_of(last.closes_at, last.id) if last else None
    return render_template("ledger/list_asks.html", asks=asks[:ASKS_SHOWN], older=older)


@bp.get("/asks/<int:ask_id>")
@allow(may_read_ask, Ask)
def show_ask(ask: Ask) -> ResponseReturnValue:
    """One question with everything that came of it."""
    reader, zone = actor(), reader_zone()
    reach = reach_of(reader)
    filters = LedgerFilter(ask_id=ask.id, before_id=request.args.get("before", type=row_key))
    page = ledger_page(filters, zone=zone, reach=reach, languages=reading())
    mine = ledger_page(
        LedgerFilter(ask_id=ask.id, proposed_by_id=reader.id, is_own=True), zone=zone, reach=reach, limit=5
    )
    poll = poll_of(ask, reader)
    may_answer = may_answer_ask(reader, ask)
    return render_template(
        "ledger/show_ask.html",
        ask=ask,
        poll=poll,
        poll_form=PollForm(formdata=None).offer(poll) if poll and may_answer and poll.chosen is None else None,
        rows=draw("staff_rows" if reader.is_staff else "ledger_rows", page.rows, zone),
        page=page,
        known_tags=known_tags(reach) if reader.is_staff and page.rows else "",
        mine=mine.rows,
        is_blind=ask.id in reach.blind,
        figures=figures(reach, filters.scope),
        late=late_now(reach, filters.scope),
        may_answer=may_answer,
        may_run=may_run_ask(reader, ask),
    )
