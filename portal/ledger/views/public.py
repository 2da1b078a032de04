"""The ledger for anyone, if the company switched it on."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation import config
from portal.foundation.access import allow, anyone, reader_zone
from portal.ledger.queries import LedgerFilter, figures, ledger_page
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw
from portal.ledger.views.record import row_key
from portal.ledger.visibility import reach_of


@bp.get("/public-ledger")
@allow(anyone)
def show_public_ledger() -> ResponseReturnValue:
    """What members said and what came of it, without the names of those who did not agree to it."""
    if not config.current().PUBLIC_LEDGER:
        abort(404)
    asked = LedgerFilter(
        before_id=request.args.get("before", type=row_key), after_id=request.args.get("after", type=row_key)
    )
    zone = reader_zone()
    reach = reach_of(None)
    page = ledger_page(asked, zone=zone, reach=reach, public=True)
    address = "ledger.show_public_ledger"
    return render_template(
        "ledger/show_public_ledger.html",
        page=page,
        rows=draw("ledger_rows", page.rows, zone),
        figures=figures(reach),
        older_url=url_for(address, before=page.older) if page.older else None,
        newer_url=url_for(address, after=page.newer) if page.newer else None,
    )
