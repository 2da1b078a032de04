"""Circles: made, filled, entered, left and closed."""

from collections.abc import Iterable

from sqlalchemy import update

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Circle, CircleMember, Confirmation
from portal.community.queries import running_asks, seats_inside, users_named
from portal.community.seats import seat_of
from portal.community.services.asks import end_ask
from portal.community.services.holders import check_holder
from portal.community.services.once import already_made, key_of
from portal.community.services.places import give_back_all
from portal.community.services.refusals import NoName, NoSeat, NoteChanged, NotStaff, UnknownPeople
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail, queue_mails
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy

NAME_LIMIT = 80


def make_circle(
    *, name: str, by: User, about: str = "", note: str = "", owner: User | None = None, form_key: str | None = None
) -> Circle:
    """Open a circle; whoever makes it sits in it, since somebody of the company must read along.

    Args:
        about: Markdown; what the circle is for.
        note: Markdown; what each one confirms before entering. Empty where nothing is confidential.
        owner: who answers what is suggested there.
        form_key: the random key that the form carried; sent twice, it is one circle.

    Raises:
        NoName, NotStaff: nothing was made.
    """
    key = key_of(form_key, by, name, about, note)
    repeated = already_made(Circle, key, by=by)
    if repeated is not None:
        return repeated
    circle = Circle(name=_name(name), about=tidy(about), note=tidy(note), owner=_staff(owner), form_key=key)
    session().add(circle)
    session().flush()
    record("circle.made", circle, by=by, after={"owner": owner.id if owner else None})
    for person in {by.id: by, owner.id if owner else by.id: owner or by}.values():
        give_seat(circle, person, by=by)
    return circle


def change_circle(circle: Circle, *, name: str, about: str, note: str, owner: User | None, by: User) -> bool:
    """Say anew what a circle is; another note is confirmed anew by everyone else before they see anything more.

    Whoever wrote it has read it, so that somebody stays inside who can answer. The others who were inside are told;
    returns whether anyone is asked.

    Raises:
        NoName, NotStaff: nothing was changed.
    """
    # Nobody enters while its note is changed, and the other way round.
    hold(circle)
    line, words = _name(name), tidy(note)
    _staff(owner)
    is_other_note = words != circle.note
    circle.name, circle.about, circle.note, circle.owner = line, tidy(about), words, owner
    session().flush()
    inside = seats_inside(circle) if is_other_note and words else []
    if is_other_note:
        confirmed = now() if not words else None
        seats = update(CircleMember).where(CircleMember.circle_id == circle.id, CircleMember.left_at.is_(None))
        session().execute(seats.values(confirmed_at=confirmed))
    for seat in inside:
        if seat.user_id == by.id:
            _enter(seat, circle)
    queue_mails(mail.note_changed(seat, by=by) for seat in inside if seat.user_id != by.id)
    if owner is not None:
        give_seat(circle, owner, by=by)
    record("circle.changed", circle, by=by, after={"note_changed": is_other_note})
    return any(seat.user_id != by.id for seat in inside)


def seat_people(circle: Circle, lines: Iterable[str], *, by: User) -> list[User]:
    """Give everyone whom these lines name a seat, by mail address or by name; all of them or nobody.

    Raises:
        UnknownPeople: names the lines that fit nobody, or more than one.
    """
    words = [line for line in (" ".join(line.split()) for line in lines) if line]
    if not words:
        raise UnknownPeople(_("Write a name or a mail address on each line."))
    found = users_named(words)
    unclear = [line for line, people in found.items() if len(people) != 1]
    if unclear:
        raise UnknownPeople(_("Nobody, or more than one, goes by: %(names)s", names=", ".join(unclear)[:300]))
    people = [people[0] for people in found.values()]
    return [person for person in people if give_seat(circle, person, by=by)]


def give_seat(circle: Circle, person: User, *, by: User) -> bool:
    """Give one person a seat and tell them; False when they sit there already."""
    if seat_of(person, circle.id) is not None:
        return False
    moment = now()
    seat = session().get(CircleMember, (circle.id, person.id))
    if seat is None:
        seat = CircleMember(circle=circle, user=person, added_by_id=by.id)
        session().add(seat)
    seat.added_by_id, seat.joined_at, seat.left_at = by.id, moment, None
    seat.confirmed_at = None if circle.note else moment
    session().flush()
    record("circle.seat_given", circle, by=by, after={"user": person.id})
    if person.id != by.id:
        queue_mail(mail.seat_given(seat, by=by))
    return True


def confirm_note(circle: Circle, *, by: User, seen: str = "") -> None:
    """Enter: confirm the note as it reads now; the words that were confirmed are kept.

    Args:
        seen: `Circle.note_key` of the words that were read; empty where nobody read them on a page.

    Raises:
        NoSeat: no place here.
        NoteChanged: it reads otherwise by now.
    """
    hold(circle)
    seat = _seat(circle, by)
    if seat.confirmed_at is not None:
        return
    if seen and seen != circle.note_key:
        raise NoteChanged(_("These words have changed since you opened the page. Read them again, please."))
    _enter(seat, circle)


def take_seat(circle: Circle, person: User, *, by: User) -> None:
    """End someone's place, or one's own; from this moment they see nothing of the circle.

    Raises:
        NoSeat: no place here.
        NotStaff: the one who answers for the circle must name somebody else first.
    """
    seat = _seat(circle, person)
    if circle.owner_id == person.id:
        raise NotStaff(_("%(name)s answers for this circle. Name somebody else first.", name=person.name))
    # First, since whoever is no longer inside could not be told.
    give_back_all(circle, person, by=by)
    seat.left_at, seat.confirmed_at = now(), None
    session().flush()
    record("circle.seat_ended", circle, by=by, after={"user": person.id})
    # Whoever leaves by themselves knows it.
    if by.id != person.id:
        queue_mail(mail.seat_ended(seat, by=by))


def list_in_directory(circle: Circle, *, is_listed: bool, by: User) -> None:
    """Let the others of the circle find one's name, or not.

    Raises:
        NoSeat: no place here.
    """
    seat = _seat(circle, by)
    if seat.is_listed is is_listed:
        return
    seat.is_listed = is_listed
    session().flush()
    record("circle.listed", circle, by=by, after={"is_listed": is_listed})


def close_circle(circle: Circle, *, is_closed: bool, by: User) -> None:
    """Close a circle to everything new, or open it again; its people still read what was said.

    Questions that run there end, so that nobody is asked where nobody can answer. Whoever is inside is told.
    """
    # Nothing new begins there in the same moment.
    hold(circle)
    if circle.is_open is not is_closed:
        return
    circle.closed_at = now() if is_closed else None
    session().flush()
    for ask in running_asks(circle) if is_closed else []:
        end_ask(ask, by=by)
    record("circle.closed" if is_closed else "circle.reopened", circle, by=by)
    inside = [seat for seat in seats_inside(circle) if seat.user_id != by.id]
    queue_mails(mail.circle_closed(seat, is_closed=is_closed, by=by) for seat in inside)


def _seat(circle: Circle, person: User) -> CircleMember:
    seat = seat_of(person, circle.id)
    if seat is None:
        raise NoSeat(_("There is no place for this person here."))
    return seat


def _enter(seat: CircleMember, circle: Circle) -> None:
    seat.confirmed_at = now()
    words = Confirmation(circle_id=circle.id, user_id=seat.user_id, note=circle.note, confirmed_at=seat.confirmed_at)
    session().add(words)
    session().flush()
    record("circle.entered", circle, by=seat.user)


def _name(words: str) -> str:
    line = " ".join(tidy(words).split())
    if not 0 < len(line) <= NAME_LIMIT:
        raise NoName(_("Give it a name of at most %(limit)s characters.", limit=NAME_LIMIT))
    return line


def _staff(owner: User | None) -> User | None:
    if owner is not None:
        check_holder(owner, None)
    return owner
