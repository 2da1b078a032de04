"""Lists of people that are kept under a name."""

from typing import Any

from sqlalchemy import delete, func, insert, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.makers.models import SavedList, SavedListEntry
from portal.makers.queries.people import Wanted, people_page

MOST_FROZEN = 500


def save_list(name: str, wanted: Wanted, arguments: dict[str, Any], *, is_frozen: bool, by: User) -> SavedList:
    """Keep what is asked of the list of people; frozen, with the first five hundred who are found today.

    Raises:
        Refusal: there is no name, or a list has it.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise Refusal(_("Give the list a name."))
    if session().scalar(select(SavedList.id).where(func.lower(SavedList.name) == name.lower())):
        raise Refusal(_("There is a list called “%(name)s” already.", name=name))
    kept = SavedList(name=name, wanted=arguments, is_frozen=is_frozen, made_by_id=by.id)
    session().add(kept)
    session().flush()
    if is_frozen:
        people = _everyone(wanted)
        if people:
            rows = [{"saved_list_id": kept.id, "person_id": number} for number in people]
            session().execute(insert(SavedListEntry), rows)
    record("list.saved", kept, by=by, after={"name": name, "frozen": is_frozen})
    return kept


def remove_list(kept: SavedList, *, by: User) -> None:
    """Forget a list; nothing happens to the people on it."""
    session().execute(delete(SavedListEntry).where(SavedListEntry.saved_list_id == kept.id))
    record("list.removed", kept, by=by, before={"name": kept.name})
    session().delete(kept)


def _everyone(wanted: Wanted) -> list[int]:
    """The first few hundred, page by page."""
    numbers: list[int] = []
    place = None
    while len(numbers) < MOST_FROZEN:
        page = people_page(wanted, after=place)
        numbers += [person.id for person in page.people]
        place = page.after
        if place is None:
            break
    return numbers[:MOST_FROZEN]
