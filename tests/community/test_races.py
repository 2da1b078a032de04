"""Several people at once, each with a connection and a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event
from time import sleep

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.community.models import Ask, Circle, Member
from portal.community.services import NotOpen, close_circle, join, make_circle, pass_on, put_ask
from portal.foundation.clock import now
from portal.foundation.database import end_work, hold, session, transaction
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.models import Invitation
from portal.invitations.services import AlreadyInvited, invite
from portal.makers.models import Person
from tests.invitations.letters import letter_fields, make_maker, token_in

PRESSES = 6


def at_once(job, *given):
    """What each call gave or raised, all of them started together."""
    gate = Barrier(len(given))

    def press(value):
        gate.wait()
        try:
            with transaction():
                return job(value)
        except AlreadyInvited as refusal:
            return refusal

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(press, given))


def makers(count):
    """The ids of so many people who can be invited."""
    ids = [make_maker(f"Maker {number}", f"maker{number}").id for number in range(count)]
    end_work(commit=True)
    return ids


def letters(count):
    """The secrets of so many letters, each to somebody else."""
    ids = makers(count)
    with transaction():
        sam = User(email="sam@example.com", name="Sam Okafor", role=Role.MANAGER)
        session().add(sam)
        session().flush()
        for person_id in ids:
            invite(session().get(Person, person_id), by=sam, **letter_fields(email=f"m{person_id}@example.org"))
    with transaction():
        return [token_in(mail.text) for mail in session().scalars(select(OutgoingMail))]


def count(model):
    with transaction():
        return session().scalar(select(func.count()).select_from(model))


def test_one_letter_pressed_many_times_at_once_makes_one_member(committing_db):
    [token] = letters(1)

    numbers = at_once(lambda secret: join(secret).founding_number, *[token] * PRESSES)

    assert numbers == [1] * PRESSES
    assert count(Member) == 1


def test_many_letters_at_once_give_each_a_number_of_its_own(committing_db):
    tokens = letters(PRESSES)

    numbers = at_once(lambda secret: join(secret).founding_number, *tokens)

    assert sorted(numbers) == list(range(1, PRESSES + 1))


def test_several_writers_at_once_send_one_letter(committing_db):
    [person_id] = makers(1)
    with transaction():
        writers = [User(email=f"s{n}@example.com", name=f"S {n}", role=Role.MANAGER) for n in range(PRESSES)]
        session().add_all(writers)
        session().flush()
        ids = [writer.id for writer in writers]

    def write(writer_id):
        person, by = session().get(Person, person_id), session().get(User, writer_id)
        return invite(person, by=by, **letter_fields()).id

    answers = at_once(write, *ids)

    assert len([answer for answer in answers if isinstance(answer, AlreadyInvited)]) == PRESSES - 1
    assert (count(Invitation), count(OutgoingMail)) == (1, 1)


def test_what_was_given_to_somebody_while_it_was_passed_on_stays_theirs(committing_db):
    with transaction():
        staff = [User(email=f"s{n}@example.com", name=f"S {n}", role=Role.MANAGER) for n in range(3)]
        session().add_all(staff)
        session().flush()
        chosen = staff[2].id
        put_ask(
            question="Which shade?", opens_at=now(), closes_at=now() + timedelta(days=9), owner=staff[0], by=staff[0]
        )
        staff[0].suspended_at = now()
    is_held = Event()

    def give_to_chosen():
        with transaction():
            ask = session().scalars(select(Ask)).one()
            hold(ask)
            ask.owner_id = chosen
            session().flush()
            is_held.set()
            sleep(0.5)

    def look_for_somebody():
        is_held.wait(10)
        with transaction():
            return pass_on()

    with ThreadPoolExecutor(2) as pool:
        given, passed_on = pool.submit(give_to_chosen), pool.submit(look_for_somebody)
        given.result()
        assert passed_on.result() == 0
    with transaction():
        assert session().scalars(select(Ask.owner_id)).one() == chosen


def test_nothing_begins_in_a_circle_while_it_is_closed(committing_db):
    with transaction():
        sam = User(email="sam@example.com", name="Sam Okafor", role=Role.MANAGER)
        session().add(sam)
        session().flush()
        number, made = sam.id, make_circle(name="Shade", by=sam).id
    is_held = Event()

    def close():
        with transaction():
            close_circle(session().get_one(Circle, made), is_closed=True, by=session().get_one(User, number))
            is_held.set()
            sleep(0.5)

    def ask_meanwhile():
        is_held.wait(10)
        with transaction():
            # Where the database lets somebody read meanwhile, it is still open.
            by, circle = session().get_one(User, number), session().get_one(Circle, made)
            closes_at = now() + timedelta(days=9)
            put_ask(question="Which?", opens_at=now(), closes_at=closes_at, owner=by, by=by, circle=circle)

    with ThreadPoolExecutor(2) as pool:
        asked, closed = pool.submit(ask_meanwhile), pool.submit(close)
        closed.result()
        assert isinstance(asked.exception(), NotOpen)
    assert count(Ask) == 0
