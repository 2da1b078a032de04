"""Who can stand for a question, an event or a circle in the company's name."""

from portal.accounts.models import User
from portal.community.seats import is_inside
from portal.community.services.refusals import NotStaff
from portal.foundation.text import gettext as _


def check_holder(person: User, circle_id: int | None) -> None:
    """See that somebody could look after something there; everyone's room (None) is open to all of the staff.

    Raises:
        NotStaff: they do not work here, or are not inside the circle.
    """
    if not (person.is_active and person.is_staff):
        raise NotStaff(_("%(name)s does not work here. Choose somebody of the company.", name=person.name))
    if not is_inside(person, circle_id):
        raise NotStaff(
            _(
                "%(name)s is not inside this circle. Choose somebody who is, or let them come in first.",
                name=person.name,
            )
        )
