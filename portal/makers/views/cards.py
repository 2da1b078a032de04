"""The cards of the shortlist, kept as they were drawn until the score behind them changes."""

from collections.abc import Hashable, Sequence
from datetime import date
from threading import Lock

from flask import get_template_attribute
from markupsafe import Markup

from portal.makers.models import Person
from portal.makers.queries.people import PersonRow, person_rows
from portal.makers.views import words

# Some 3 kB each.
KEPT = 2_000

_kept: dict[Hashable, tuple[Markup, date | None]] = {}
_lock = Lock()


def cards_of(people: Sequence[Person], *, reader: Hashable) -> dict[int, tuple[Markup, date | None]]:
    """The card of each person and the day its score is for; only those not yet drawn are looked up.

    Args:
        people: in any order.
        reader: what of the reader changes a card, such as language and time zone.
    """
    keys = {person.id: _key(person, reader) for person in people}
    missing = [person for person in people if keys[person.id] not in _kept]
    drawn = {keys[row.person.id]: _draw(row) for row in person_rows(missing)}
    with _lock:
        # The ones in use go to the end, so that the first are the oldest.
        for key in keys.values():
            _kept[key] = drawn.get(key) or _kept.pop(key)
        for key in list(_kept)[: max(0, len(_kept) - KEPT)]:
            del _kept[key]
        return {person_id: _kept[key] for person_id, key in keys.items()}


def _key(person: Person, reader: Hashable) -> Hashable:
    return person.id, person.scored_at, person.noticed_at, person.name, person.stage, person.is_critic, reader


def _draw(row: PersonRow) -> tuple[Markup, date | None]:
    card = get_template_attribute("makers/parts.html", "card")
    return card(row, words, words.stage_labels()), row.score.day if row.score else None
