"""Several people at once, each with a connection and a transaction of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.community.models import Member
from portal.community.services import join
from portal.foundation.database import end_work, session, transaction
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
