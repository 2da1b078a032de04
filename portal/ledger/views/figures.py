"""How the company keeps its word, in figures; and the proof that nobody changed the record."""

import json

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager, is_signed_in
from portal.foundation.access import actor, allow, limited
from portal.ledger.chain import export, heads, verify
from portal.ledger.queries import figures, owner_figures, sealed_links
from portal.ledger.views import bp
from portal.ledger.visibility import reach_of


@bp.get("/figures")
@allow(is_signed_in)
def show_figures() -> ResponseReturnValue:
    """Answered, how fast, what waits, which promises were kept; and who answers for what."""
    reach = reach_of(actor())
    return render_template(
        "ledger/show_figures.html", figures=figures(reach), owners=owner_figures(reach), heads=heads()
    )


@bp.get("/chain")
@limited("12 per minute")
@allow(is_signed_in)
def show_chain() -> ResponseReturnValue:
    """Walk the chain now, and say whether every link is as it was written."""
    return render_template("ledger/show_chain.html", verdict=verify(), heads=heads())


@bp.get("/chain/export")
@limited("6 per minute")
@allow(is_manager)
def export_chain() -> ResponseReturnValue:
    """Every link as JSON Lines, for the stand-alone verifier."""
    sealed = sealed_links(reach_of(actor()))
    lines = [json.dumps(link, ensure_ascii=False) + "\n" for link in export(sealed=sealed)]
    named = {"Content-Disposition": "attachment; filename=ledger.jsonl"}
    return Response("".join(lines), mimetype="application/jsonl", headers=named)
