"""How the company keeps its word, in figures; and the proof that nobody changed the record."""

import json
from datetime import datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from weakref import finalize

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_manager, is_signed_in
from portal.community.models import Ask, Circle
from portal.community.policies import may_read_ask
from portal.foundation import config
from portal.foundation.access import actor, allow, limited
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.foundation.text import gettext as _
from portal.ledger.chain import Verdict, export, heads, verify
from portal.ledger.queries import (
    EVERYTHING,
    Scope,
    broken_now,
    current_opening,
    figures,
    late_now,
    owner_figures,
    sealed_links,
    tags_within,
)
from portal.ledger.views import bp
from portal.ledger.views.ideas import asked_for, author_name, ledger_url
from portal.ledger.visibility import COUNTS, Reach, reach_of

_IN_MEMORY = 4 * 1024 * 1024


@bp.get("/figures")
@allow(is_signed_in)
def show_figures() -> ResponseReturnValue:
    """Answered, how fast, what waits, which promises were kept; of all, or of one owner, author, ask, circle or tag."""
    asked, reach = asked_for(), reach_of(actor())
    scope = asked.scope
    return render_template(
        "ledger/show_figures.html",
        figures=figures(reach, scope),
        late=late_now(reach, scope),
        broken_now=broken_now(reach, scope),
        of=_of(scope, reach),
        rows_url=ledger_url(asked, standing=None, late=None),
        late_url=ledger_url(asked, standing=None, late=1),
        owners=owner_figures(reach) if scope == EVERYTHING else [],
        opening=current_opening() if config.current().PUBLIC_LEDGER else None,
    )


@bp.get("/chain")
@allow(is_signed_in)
@limited("12 per minute")
def show_chain() -> ResponseReturnValue:
    """Whether every link of the chain is as it was written, by a walk of a few minutes ago at most."""
    verdict, walked_at = _walk(now().replace(minute=now().minute // 10 * 10, second=0, microsecond=0))
    return render_template("ledger/show_chain.html", verdict=verdict, walked_at=walked_at, heads=heads())


@kept(COUNTS)
def _walk(_since: datetime) -> tuple[Verdict, datetime]:
    """A long ledger takes seconds to walk, so it is walked once for everyone, and anew when an answer changes."""
    return verify(), now()


@bp.get("/chain/export")
@allow(is_manager)
@limited("6 per minute")
def export_chain() -> ResponseReturnValue:
    """Every link as JSON Lines, for the stand-alone verifier."""
    sealed = sealed_links(reach_of(actor()))
    # A long ledger waits on the disk: whoever reads slowly holds neither the memory nor the database.
    lines = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed below
    for link in export(sealed=sealed):
        lines.write(json.dumps(link, ensure_ascii=False).encode() + b"\n")
    named = {"Content-Disposition": "attachment; filename=ledger.jsonl", "Content-Length": str(lines.tell())}
    lines.seek(0)
    parts = iter(partial(lines.read, 64 * 1024), b"")
    sent = (part for part in parts)
    # Closed also where nobody reads to the end.
    finalize(sent, lines.close)
    return Response(sent, mimetype="application/jsonl", headers=named)


def _of(scope: Scope, reach: Reach) -> str:
    """Whose figures these are, in the names that the reader may know; empty for all."""
    names = []
    if scope.owner_id is not None:
        owner = session().get(User, scope.owner_id)
        name = owner.name if owner is not None and owner.is_staff else _("Nobody")
        names.append(_("Answered by %(name)s", name=name))
    if scope.is_own:
        names.append(_("Yours"))
    elif scope.proposed_by_id is not None:
        names.append(_("Suggested by %(name)s", name=author_name(scope.proposed_by_id, reach)))
    if scope.ask_id is not None:
        ask = session().get(Ask, scope.ask_id)
        names.append(ask.question if ask is not None and may_read_ask(actor(), ask) else _("Nothing"))
    if scope.circle_id is not None:
        circle = session().get(Circle, scope.circle_id)
        names.append(circle.name if circle is not None and circle.id in reach.circles else _("Nothing"))
    if scope.tag_id is not None:
        names.append(dict(tags_within(reach)).get(scope.tag_id, _("Nothing")))
    return " · ".join(names)
