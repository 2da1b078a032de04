"""The page of a member: who they are, what they make, and what their words changed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.community.forms import ThanksForm
from portal.community.models import Member
from portal.community.policies import may_see_member, may_thank, may_trust
from portal.community.queries import links_of, thanks_of, years_here
from portal.foundation.access import actor, allow
from portal.ledger.queries import Scope, changes_of, figures, late_now
from portal.ledger.views import bp
from portal.ledger.visibility import reach_of


@bp.get("/members/<int:member_id>")
@allow(may_see_member, Member)
def show_member(member: Member) -> ResponseReturnValue:
    """One member, as others see them; what only they and the staff read stands apart."""
    reader = actor()
    is_own, reach = member.user_id == reader.id, reach_of(reader)
    scope = Scope(proposed_by_id=member.user_id, is_own=is_own)
    return render_template(
        "ledger/show_member.html",
        member=member,
        is_own=is_own,
        years=years_here(member),
        links=links_of(member),
        thanks=thanks_of(member, reader),
        figures=figures(reach, scope),
        late=late_now(reach, scope),
        changes=changes_of(member.user, reach=reach, with_votes=is_own or reader.is_staff),
        form=ThanksForm() if may_thank(reader, member) else None,
        may_trust=may_trust(reader, member),
    )
