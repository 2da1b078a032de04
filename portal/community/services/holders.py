"""Who can stand for a question, an event or a circle in the company's name, and where something new can begin."""

from portal.accounts.models import User
from portal.community.models import Circle
from portal.community.seats import is_inside
from portal.community.services.refusals import NotOpen, NotStaff
from portal.foundation.database import hold
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


def check_open(circle: Circle | None) -> None:
    """See that something new can begin there, and that it stays open until this is kept; everyone's room (None) is.

    Raises:
        NotOpen: it was closed.
    """
    if circle is None:
        return
    hold(circle)
    if not circle.is_open:
        raise NotOpen(
            _("“%(name)s” was closed, so nothing new begins there. Choose again who it is for.", name=circle.name),
            about="circle",
        )
