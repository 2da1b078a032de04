"""What the ledger tells its staff."""

from datetime import UTC, datetime

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.ledger.mail import idea_assigned, idea_handed_over
from tests.factories import make_idea

HOSTILE = "<script>alert(1)</script> & **bold**"


def test_both_parts_of_a_mail_say_the_same(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title="A zip", body="It washes.\n\nEasily.")

    mail = idea_assigned(idea, to=idea.owner)

    assert (mail.to_address, mail.to_name, mail.subject) == (rosa.email, rosa.name, "Yours to answer: A zip")
    for part in (mail.text, mail.html):
        for fact in ("Maya Lindqvist", "A zip", "It washes.", "Easily.", f"http://localhost:8000/ideas/{idea.id}"):
            assert fact in part


def test_words_that_are_the_title_over_again_stand_once(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title="The zip is rough", body="The zip is rough.")

    for mail in (idea_assigned(idea, to=idea.owner), idea_handed_over(idea, word="Yours.", by=maya, at=now())):
        assert mail.text.count("The zip is rough") == 1
        assert "The suggestion in full" not in mail.text


def test_hostile_words_are_inert_in_a_mail(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title=HOSTILE, body=HOSTILE)

    mail = idea_handed_over(idea, word=HOSTILE, by=rosa, at=now())

    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html
    assert HOSTILE in mail.text


def test_a_title_with_a_line_break_in_disguise_is_taken_apart_in_the_header(maya: User, rosa: User) -> None:
    for title, harmless in (("=?utf-8?q?x=0ABcc:_y?=", "= ?utf-8?q?x= 0ABcc:_y?="), ("a%0d%0ab", "a% 0d% 0ab")):
        idea = make_idea(proposed_by=maya, owner=rosa, title=title)

        assert idea_assigned(idea, to=idea.owner).subject == f"Yours to answer: {harmless}"
        assert idea_handed_over(idea, word="Yours.", by=rosa, at=now()).subject == f"Passed to you: {harmless}"


def test_each_handing_over_is_a_fact_of_its_own(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    first = idea_handed_over(idea, word="Yours.", by=rosa, at=datetime(2026, 11, 2, 9, tzinfo=UTC))
    second = idea_handed_over(idea, word="Yours.", by=rosa, at=datetime(2026, 11, 3, 9, tzinfo=UTC))

    assert first.subject_key != second.subject_key
    assert len(second.subject_key) <= 80


def test_the_promise_is_told_in_the_zone_of_its_owner(maya: User, rosa: User) -> None:
    moment = now().replace(hour=12, minute=0)
    idea = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment, decide_by=moment)
    rosa.time_zone = "Asia/Tokyo"

    assert "21:00" in idea_assigned(idea, to=idea.owner).text


def test_whoever_answers_reads_whose_words_they_are_and_that_they_stand_between_two(maya: User, rosa: User) -> None:
    said = {"on_behalf_of": "Marta Kowalska", "came_by": "by phone", "is_private": True}
    written = make_idea(proposed_by=rosa, owner=maya, **said)
    plain = make_idea(proposed_by=maya, owner=rosa)

    for mail in (idea_assigned(written, to=written.owner), idea_handed_over(written, word="Yours.", by=rosa, at=now())):
        for part in (mail.text, mail.html):
            assert "a suggestion of Marta Kowalska" in part
            assert "Only the company reads it: no other member sees it" in part
    for part in (idea_assigned(written, to=written.owner).text, idea_assigned(written, to=written.owner).html):
        assert "Rosa Pereira wrote down a suggestion of Marta Kowalska, and you answer for it:" in part
        assert "How it came: by phone" in part
    assert "Only the company" not in idea_assigned(plain, to=plain.owner).text
