"""Names after an @: those to choose from, who can read what is being written, and where each of them leads."""

from collections.abc import Iterable, Mapping

from flask import abort, request
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.seats import is_inside
from portal.foundation.access import actor, allow, limited, row_key
from portal.ledger.models import Idea
from portal.ledger.policies import may_read
from portal.ledger.queries import Named, links_to, names_to_offer
from portal.ledger.views import bp

_LONGEST = 60


@bp.get("/ideas/<int:idea_id>/names")
@allow(may_read, Idea)
@limited("240 per minute")
def list_names(idea: Idea) -> ResponseReturnValue:
    """For words in or beside a suggestion."""
    return {"names": names_to_offer(request.args.get("q", "")[:_LONGEST], actor(), idea=idea)}


@bp.get("/names")
@allow(is_signed_in)
@limited("240 per minute")
def list_names_in_room() -> ResponseReturnValue:
    """For a suggestion that is being written, in everyone's room or in a circle."""
    circle_id = request.args.get("circle", type=row_key)
    if not is_inside(actor(), circle_id):
        abort(404)
    return {"names": names_to_offer(request.args.get("q", "")[:_LONGEST], actor(), circle_id=circle_id)}


def name_links(named: Mapping[str, Iterable[Named]]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Names with where they lead, by the same keys."""
    return {key: links_to(people) for key, people in named.items()}
