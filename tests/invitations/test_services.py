"""Who may be written to, with what words, and what their answers do."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Role, SignInLink, User
from portal.accounts.services import BadAddress
from portal.consent.models import Basis, ContactBasis
from portal.consent.queries import contact_key, may_contact
from portal.consent.services import NoPlace, NotYetObtained, object_to_contact, object_to_tracking
from portal.foundation import config
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import Base, session
from portal.foundation.mail.delivery import deliver_due
from portal.foundation.mail.outbox import SUPPRESSED, OutgoingMail
from portal.invitations.models import Invitation, Outcome
from portal.invitations.services import (
    LETTERS_A_DAY,
    AlreadyDeclined,
    AlreadyInvited,
    AlreadyMember,
    CannotBeMailed,
    LetterClosed,
    NoBasis,
    NotAPerson,
    NothingPersonal,
    NotTheirWords,
    OneOfUs,
    SaidNo,
    TooManyToday,
    accept,
    decline,
    invite,
    never_write_again,
    withdraw,
)
from portal.listening.models import Mention
from portal.makers.models import Stage
from tests import factories
from tests.conftest import settings_for_tests
from tests.invitations.letters import NOTE, letter_fields, letter_mail, make_maker, write_letter


def refused(refusal, person, by, **changes):
    """Assert that this letter is refused with a sentence, and that nothing of it is left."""
    session().commit()
    with pytest.raises(refusal) as why:
        invite(person, by=by, **letter_fields(**changes))
    session().rollback()
    assert len(str(why.value).split()) > 3
    assert session().scalar(select(func.count()).select_from(OutgoingMail)) == 0
    assert session().scalar(select(func.count()).select_from(ContactBasis)) == 0


def test_a_letter_moves_the_person_and_waits_in_the_outbox(db, sam):
    person = make_maker()

    invitation, token = write_letter(person, sam)

    assert person.stage is Stage.INVITED
    assert invitation.outcome(now()) is Outcome.OPEN
    assert (invitation.basis.basis, invitation.basis.place) == (Basis.PUBLISHED_CONTACT, "https://nora.example/contact")
    assert letter_mail(invitation).recipient == "nora@example.org"
    assert len(token) == 43
    assert token not in f"{invitation.token_hash} {invitation.note}"
    verbs = set(session().scalars(select(AuditEntry.verb)))
    assert {"invitation.sent", "contact_basis.recorded"} <= verbs


def test_no_letter_without_a_basis(db, sam):
    refused(NoBasis, make_maker(), sam, basis=None)


@pytest.mark.parametrize("place", ["", "   ", "\x00\x01"])
def test_no_letter_without_the_place_of_its_basis(db, sam, place):
    refused(NoPlace, make_maker(), sam, place=place)


def test_no_letter_on_a_basis_of_tomorrow(db, sam):
    refused(NotYetObtained, make_maker(), sam, obtained_on=now().date() + timedelta(days=2))


@pytest.mark.parametrize("written", ["nora@example.org", "Nora+lamps@Example.org"])
def test_no_letter_to_an_address_that_said_no(db, sam, written):
    object_to_contact("nora@example.org")

    refused(SaidNo, make_maker(), sam, email=written)


def test_no_letter_to_a_person_who_said_no_at_another_address(db, sam):
    refused(SaidNo, make_maker(stage=Stage.OBJECTED), sam, email="other@example.org")


def test_no_letter_to_someone_whose_account_must_not_be_tracked(db, sam):
    object_to_tracking("bluesky", "@Nora")

    refused(SaidNo, make_maker(), sam)


def test_no_letter_to_our_own_staff(db, sam, rosa):
    refused(OneOfUs, make_maker(stage=Stage.OWN_STAFF), sam)
    refused(OneOfUs, make_maker("Rosa", "rosa"), sam, email="Rosa@example.com")
    refused(OneOfUs, make_maker("Lumen Lamps", "lumen", is_brand=True), sam)


def test_no_letter_to_a_program(db, sam):
    refused(NotAPerson, make_maker(stage=Stage.BOT), sam)
    refused(NotAPerson, make_maker("Lamp News", "lampnews", is_bot=True), sam)


def test_no_letter_to_a_member(db, sam, maya):
    refused(AlreadyMember, make_maker(stage=Stage.MEMBER), sam)
    refused(AlreadyMember, make_maker("Maya", "maya"), sam, email="MAYA@example.org")


def test_no_second_letter_while_one_is_open(db, sam, ada):
    person = make_maker()
    write_letter(person, sam)

    for by, changes in ((sam, {"note": NOTE + " Again."}), (ada, {}), (sam, {"email": "nora@work.example"})):
        with pytest.raises(AlreadyInvited):
            invite(person, by=by, **letter_fields(**changes))

    other = make_maker("Nora F.", "noraf")
    with pytest.raises(AlreadyInvited):
        invite(other, by=sam, **letter_fields())


def test_pressing_send_twice_is_one_letter(db, sam):
    person = make_maker()
    first, _ = write_letter(person, sam)

    again = invite(person, by=sam, **letter_fields(note=NOTE + "\r\n"))

    assert again is first
    assert session().scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_a_letter_that_ran_out_makes_room_for_a_new_one_and_stays_run_out(db, sam):
    person = make_maker()
    first, _ = write_letter(person, sam)
    first.expires_at = now() - timedelta(seconds=1)
    session().commit()

    second, _ = write_letter(person, sam, note=NOTE + " Once more.")

    assert first.outcome(now()) is Outcome.EXPIRED
    assert second.outcome(now()) is Outcome.OPEN


@pytest.mark.parametrize("note", ["", " \n\t ", "Hello!", "Dear Nora, …"])
def test_no_letter_without_a_sentence_of_its_own(db, sam, note):
    refused(NothingPersonal, make_maker(), sam, note=note)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nora",
        "nora@example.org, b@example.org",
        "nora@example.org\r\nBcc: b@x.example",
        "nora@example.org%0aBcc:b@x.example",
        "nora%0d%0a@example.org",
        "=?utf-8?q?nora=0A?=@example.org",
        "a" * 400 + "@example.org",
    ],
)
def test_no_letter_to_what_is_not_one_address(db, sam, address):
    refused((BadAddress, CannotBeMailed), make_maker(), sam, email=address)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Nora\r\nBcc: b@x.example",
        "Nora\nField",
        "=?utf-8?q?Nora=0ABcc:_b?=",
        "Nora%0d%0aBcc",
        "Nora\x00",
        "Nora \u202egro.elpmaxe",
        "security@bank.example",
        "N" * 121,
    ],
)
def test_no_name_that_breaks_out_of_its_header(db, sam, name):
    refused(CannotBeMailed, make_maker(), sam, name=name)


@pytest.mark.parametrize(
    "marks", ["\x00", "\x1b[31m", "\u2028", "=?utf-8?b?QQpCY2M6?=", "%0d%0aBcc: b@x.example", "x" * 4001]
)
def test_no_note_with_marks_that_a_mail_cannot_carry(db, sam, marks):
    refused(CannotBeMailed, make_maker(), sam, note=f"{NOTE} {marks} {NOTE}")


def test_words_of_somebody_else_cannot_be_quoted(db, sam):
    make_maker("Omar", "omar", words=("Mine alone.",))
    foreign = session().scalars(select(Mention)).one()

    refused(NotTheirWords, make_maker(), sam, quoted_mention=foreign)


def test_a_writer_has_so_many_letters_a_day_and_others_have_theirs(db, sam, ada):
    for number in range(LETTERS_A_DAY):
        write_letter(make_maker(f"Maker {number}", f"maker{number}"), sam, email=f"maker{number}@example.org")

    with pytest.raises(TooManyToday):
        invite(make_maker(), by=sam, **letter_fields())
    assert write_letter(make_maker("Other", "other"), ada)

    session().execute(Invitation.__table__.update().values(created_at=now() - timedelta(hours=25)))
    assert write_letter(make_maker("Next", "next"), sam, email="next@example.org")


def test_whoever_declined_is_written_to_again_only_if_they_asked_since(db, sam):
    person = make_maker()
    _, token = write_letter(person, sam)
    decline(token)
    session().commit()

    for changes in ({}, {"basis": Basis.ASKED_US, "obtained_on": date(2026, 3, 1)}, {"email": "nora@work.example"}):
        with pytest.raises(AlreadyDeclined):
            invite(person, by=sam, **letter_fields(**changes))
    assert write_letter(person, sam, basis=Basis.ASKED_US, obtained_on=now().date())


def test_accepting_twice_is_the_same_as_once(db, sam):
    invitation, token = write_letter(make_maker(), sam)

    first, again = accept(token), accept(token)

    assert first is again is invitation
    entries = session().scalars(select(AuditEntry).where(AuditEntry.verb == "invitation.accepted")).all()
    assert len(entries) == 1


def test_accepting_signs_nobody_in(db, sam):
    _, token = write_letter(make_maker(), sam)

    accept(token)

    assert session().scalars(select(SignInLink)).all() == []
    assert session().scalars(select(User.role)).all() == [Role.MANAGER]


def test_declining_rests_the_person(db, sam):
    person = make_maker()
    invitation, token = write_letter(person, sam)

    decline(token)
    decline(token)

    assert invitation.outcome(now()) is Outcome.DECLINED
    assert person.stage is Stage.RESTING
    with pytest.raises(LetterClosed):
        accept(token)


def test_never_again_objects_declines_and_marks_the_person(db, sam):
    person = make_maker()
    invitation, token = write_letter(person, sam)

    never_write_again(token)
    never_write_again(token)

    assert not may_contact("nora@example.org")
    assert invitation.outcome(now()) is Outcome.DECLINED
    assert person.stage is Stage.OBJECTED
    assert letter_mail(invitation).status == SUPPRESSED


@pytest.mark.parametrize("state", ["expired", "withdrawn", "declined"])
def test_never_again_works_with_every_link_we_sent(db, sam, state):
    invitation, token = write_letter(make_maker(), sam)
    if state == "expired":
        invitation.expires_at = now() - timedelta(days=1)
    elif state == "withdrawn":
        withdraw(invitation, by=sam)
    else:
        decline(token)
    session().commit()

    never_write_again(token)

    assert not may_contact("nora@example.org")
    assert session().get(Invitation, invitation.id).person.stage is Stage.OBJECTED


def test_after_never_again_the_address_stands_nowhere(db, sam):
    invitation, token = write_letter(make_maker(), sam)

    never_write_again(token)
    session().commit()

    assert (invitation.email, letter_mail(invitation).recipient, letter_mail(invitation).recipient_name) == ("", "", "")
    for table in Base.metadata.sorted_tables:
        assert "nora@example.org" not in str(session().execute(select(table)).all())
    assert invitation.basis.address_hash == contact_key("nora@example.org")


def test_a_member_who_says_never_again_stays_a_member(db, sam):
    person = make_maker()
    invitation, token = write_letter(person, sam)
    accept(token)
    person.stage = Stage.MEMBER
    session().commit()

    never_write_again(token)

    assert not may_contact("nora@example.org")
    assert (invitation.outcome(now()), person.stage) == (Outcome.ACCEPTED, Stage.MEMBER)


def test_a_withdrawn_letter_opens_nothing_and_its_mail_stays(db, sam, ada):
    person = make_maker()
    invitation, token = write_letter(person, sam)

    withdraw(invitation, by=ada)

    assert letter_mail(invitation).status == SUPPRESSED
    assert person.stage is Stage.SHORTLISTED
    for answer in (accept, decline):
        with pytest.raises(LetterClosed):
            answer(token)
    with pytest.raises(LetterClosed):
        withdraw(invitation, by=sam)


@pytest.mark.parametrize("answer", [accept, decline, never_write_again])
def test_a_made_up_link_answers_nothing(db, sam, answer):
    write_letter(make_maker(), sam)

    with pytest.raises(LetterClosed):
        answer("a" * 43)


def test_a_letter_that_ran_out_cannot_be_accepted(db, sam):
    invitation, token = write_letter(make_maker(), sam)
    invitation.expires_at = now()
    session().commit()

    with pytest.raises(LetterClosed):
        accept(token)


def test_a_letter_whose_reader_objects_before_it_leaves_is_suppressed_at_sending(db, sam):
    invitation, _ = write_letter(make_maker(), sam)
    object_to_contact("nora@example.org")
    session().commit()
    config.use(settings_for_tests(MAIL_SERVER="127.0.0.1", MAIL_PORT=9, MAIL_SENDER="portal@example.com"))

    deliver_due(lambda mail: may_contact(mail.recipient))

    assert letter_mail(invitation).status == SUPPRESSED


def test_a_suspended_member_still_counts_as_known(db, sam):
    user = factories.make_user("nora@example.org", "Nora")
    user.suspended_at = now()

    refused(AlreadyMember, make_maker(), sam)
