"""Telling managers what waits for their look, together and once, and once more after a day."""

from portal.foundation.mail.outbox import queue_mails
from portal.updates import mail
from portal.updates.queries import lookers, untold_looks
from portal.updates.services.news import announce


def tell_lookers() -> int:
    """Tell each manager what waits and they were not told, and the admins what no manager sees; returns how many."""
    waiting = {person: untold_looks(person) for person in lookers()}
    seen_by_managers = {look.key for person, looks in waiting.items() if not person.is_admin for look in looks}
    for person in waiting:
        if person.is_admin:
            waiting[person] = [look for look in waiting[person] if look.key not in seen_by_managers]
    keys = {look.key for looks in waiting.values() for look in looks}
    people = {key: sum(any(look.key == key for look in looks) for looks in waiting.values()) for key in keys}
    fresh = {key for key in sorted(keys) if announce(key, people=people[key])}
    letters = [
        mail.looks_wait(person, mine)
        for person, looks in waiting.items()
        if (mine := [look for look in looks if look.key in fresh])
    ]
    queue_mails(letters)
    return len(letters)
