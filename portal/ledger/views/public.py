"""The ledger for anyone, if the company switched it on."""

from typing import Any

from flask import Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation import config
from portal.foundation.access import allow, anyone, limited, reader_zone, row_key
from portal.ledger.models import read_link
from portal.ledger.queries import (
    PAGE,
    LedgerFilter,
    LedgerPage,
    LedgerRow,
    broken_now,
    figures,
    late_now,
    ledger_page,
    newest_changes,
)
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw, draw_feed, reading
from portal.ledger.visibility import reach_of


@bp.get("/public-ledger")
@allow(anyone)
def show_public_ledger() -> ResponseReturnValue:
    """What members said and what came of it, without the names of those who did not agree to it."""
    _insist_on_switch()
    asked = LedgerFilter(
        before_id=request.args.get("before", type=row_key), after_id=request.args.get("after", type=row_key)
    )
    zone = reader_zone()
    reach = reach_of(None)
    page = ledger_page(asked, zone=zone, reach=reach, public=True, languages=reading())
    address = "ledger.show_public_ledger"
    return render_template(
        "ledger/show_public_ledger.html",
        page=page,
        rows=draw("ledger_rows", page.rows, zone),
        figures=figures(reach),
        late=late_now(reach),
        broken_now=broken_now(reach),
        older_url=url_for(address, before=page.older) if page.older else None,
        newer_url=url_for(address, after=page.newer) if page.newer else None,
    )


@bp.get("/public-ledger/data")
@allow(anyone)
@limited("60 per minute")
def export_public_ledger() -> ResponseReturnValue:
    """The same rows as JSON, newest first; `older` is the address of the next page."""
    _insist_on_switch()
    page = _page(LedgerFilter(before_id=request.args.get("before", type=row_key)))
    older = url_for("ledger.export_public_ledger", before=page.older) if page.older else None
    reach = reach_of(None)
    known = figures(reach)
    told = {
        "figures": {
            "suggestions": known.total,
            "answered": known.answered,
            "median_working_minutes": known.median_minutes,
            "p90_working_minutes": known.p90_minutes,
            "promises_kept": known.kept,
            "promises_broken": known.broken + broken_now(reach),
            "late_now": late_now(reach),
            "oldest_waiting_since": known.oldest_open.isoformat() if known.oldest_open else None,
        },
        "suggestions": [_as_data(row) for row in page.rows],
        "older": config.address(older) if older else None,
    }
    return _looked_at_again(jsonify(told))


@bp.get("/public-ledger/feed")
@allow(anyone)
@limited("60 per minute")
def show_public_feed() -> ResponseReturnValue:
    """What changed last as an Atom feed (RFC 4287); the pages after it hold everything, by when it was suggested."""
    _insist_on_switch()
    before = request.args.get("before", type=row_key)
    if before is not None:
        page = _page(LedgerFilter(before_id=before))
        feed = draw_feed(page.rows, here=f"/feed?before={before}", older=page.older)
    else:
        page = _page(LedgerFilter(ids=newest_changes(reach_of(None), PAGE)))
        has_more = figures(reach_of(None)).total > len(page.rows)
        last = _page(LedgerFilter(), limit=1).rows if has_more else ()
        feed = draw_feed(page.rows, here="/feed", older=last[0].id + 1 if last else None)
    return _looked_at_again(Response(feed, mimetype="application/atom+xml"))


def _looked_at_again(answer: Response) -> Response:
    """Whoever asks again is told whether anything changed; nothing is shown that was taken back meanwhile."""
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _insist_on_switch() -> None:
    if not config.current().PUBLIC_LEDGER:
        abort(404)


def _page(asked: LedgerFilter, *, limit: int = PAGE) -> LedgerPage:
    return ledger_page(asked, zone=config.current().zone, reach=reach_of(None), public=True, limit=limit)


def _as_data(row: LedgerRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "words": row.words,
        "by": row.said_by,
        "at": row.said_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "voices": row.votes,
        "standing": row.standing,
        "is_late": row.is_overdue,
        "promise": row.promise,
        "late_because": row.late_because,
        "answer": row.answer_words,
        "answered_by": row.answered_by,
        "helped": row.helped,
        "answered_at": row.answered_at.isoformat() if row.answered_at else None,
        "proof": row.proof_url,
        # A file is for members: neither its name nor its content is told here, only that it is there.
        "proof_kind": read_link(row.proof_url).kind.value if row.proof_url else "file" if row.has_kept_proof else "",
    }
