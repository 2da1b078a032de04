"""Held on entry, reported, decided, appealed: what each of it changes, and what it tells."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Role
from portal.community.models import Member
from portal.community.queries import people_of_event
from portal.community.services import plan_event, set_entry_rule, take_place
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import SILENT, Attachment, Idea, ResponseKind
from portal.ledger.queries import LedgerFilter, comments_of, figures, ledger_page, wordings_of
from portal.ledger.services import NotYours as NotForThem
from portal.ledger.services import (
    add_tag,
    comment,
    hand_over,
    name_owner_of_tag,
    respond,
    reword,
    reword_comment,
    suggest,
)
from portal.ledger.visibility import sees
from portal.moderation.models import Concern, Decision, Report, Ruling
from portal.moderation.queries import case_of, count_waiting, decisions_for, decisions_page, queue_for
from portal.moderation.services import (
    LIMIT,
    ChangedSince,
    NoReason,
    NothingToDecide,
    NotYours,
    appeal,
    approve,
    ask_for_change,
    readmit,
    remove,
    report,
    settle_appeal,
    suspend,
)
from portal.updates.jobs import gather
from tests.factories import make_circle, make_idea, make_user
from tests.outbox import mails


@pytest.fixture
def rule(db, maya, rosa, sam):
    session().add(Member(user_id=maya.id, founding_number=1))
    return set_entry_rule(first_held=2, holds_links=True, words="Crème brûlée\nsnake oil", by=sam)


def titles(**given) -> list[str]:
    from zoneinfo import ZoneInfo

    return [row.title for row in ledger_page(LedgerFilter(**given), zone=ZoneInfo("UTC")).rows]


def test_the_first_two_of_a_new_member_wait_and_the_third_does_not(rule, maya, omar, sam):
    first = suggest(title="A warmer lamp", body="", by=maya)

    assert first.held_because == "new"
    assert not sees(omar, first)
    assert sees(maya, first)
    assert (titles(), figures().total, mails("idea_assigned")) == ([], 0, [])
    assert [case.title for case in queue_for(sam).cases] == ["A warmer lamp"]

    approve(first, by=sam)
    assert (titles(), figures().total, len(mails("idea_assigned"))) == (["A warmer lamp"], 1, 1)
    approve(comment(first, body="One more thing.", by=maya), by=sam)
    assert suggest(title="A third", body="", by=maya).held_at is None


def test_words_and_links_wait_whoever_writes_them_but_the_trusted(rule, maya, rosa, sam):
    approve(suggest(title="A warmer lamp", body="", by=maya), by=sam)
    approve(suggest(title="A colder lamp", body="", by=maya), by=sam)

    held = [
        suggest(title=title, body=body, by=maya).held_because
        for title, body in (
            ("My CREME BRULEE", ""),
            ("Snake oils", ""),
            ("Look", "at https://shop.example.org"),
            ("Look", "at this"),
        )
    ]
    assert held == ["words", "words", "links", None]
    approve(suggest(title="Snake oil", body="", by=maya), by=sam, trusts=True)
    assert suggest(title="Snake oil again", body="", by=maya).held_at is None
    assert suggest(title="Snake oil", body="", by=rosa).held_at is None


def test_what_was_approved_waits_again_once_it_is_changed_to_something_else(rule, maya, omar, sam):
    idea = suggest(title="A warmer lamp", body="", by=maya)
    approve(idea, by=sam)
    said = comment(idea, body="One more thing.", by=maya)
    approve(said, by=sam)
    moment = now() + SILENT + timedelta(minutes=1)

    reword(idea, title="A warmer lamp", body="For reading.", by=maya)
    assert idea.is_shown
    with pretend(moment):
        reword_comment(said, body="Snake oil!", by=maya)
    approve(suggest(title="Another", body="", by=maya), by=sam)
    with pretend(moment):
        reword(idea, title="A warmer lamp", body="Buy it at https://shop.example", by=maya)
    assert (idea.held_because, said.held_because) == ("links", "words")
    assert (sees(omar, idea), titles(), comments_of(idea).count) == (False, ["Another"], 0)
    assert {case.kind for case in queue_for(sam).cases} == {"idea", "comment"}

    # What nobody but a manager saw stays out of the history once the words are good again.
    ask_for_change(idea, reason="Leave the shop out.", by=sam)
    with pretend(moment + timedelta(minutes=1)):
        reword(idea, title="A warmer lamp", body="For reading in bed.", by=maya)
    assert idea.held_at is not None
    approve(idea, by=sam)
    assert len(mails("idea_assigned")) == 2
    assert [row.body for row in wordings_of(idea, omar)] == ["For reading."]
    assert [row.body for row in wordings_of(idea, sam)] == ["Buy it at https://shop.example", "For reading."]


def test_someone_new_changes_nothing_without_a_look(rule, maya, sam):
    idea = suggest(title="A warmer lamp", body="", by=maya)
    approve(idea, by=sam)

    reword(idea, title="Something quite different", body="", by=maya)

    assert idea.held_because == "new"
    approve(idea, by=sam, trusts=True)
    reword(idea, title="At https://shop.example", body="", by=maya)
    assert idea.is_shown


def test_what_is_held_is_neither_answered_nor_told_nor_found(rule, maya, omar, rosa, sam):
    idea = suggest(title="Held", body="", by=maya)
    shown = suggest(title="Shown", body="", by=rosa)
    said = comment(shown, body="SECRET comment", by=maya)

    with pytest.raises(NotForThem):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Hello.", by=rosa)
    with pytest.raises(NotForThem):
        comment(idea, body="I see it", by=omar)
    assert said.held_at
    assert comments_of(shown).count == 0
    session().commit()
    gather()
    assert mails("answer") == []


def test_an_approval_tells_the_author_and_settles_the_reports(db, maya, omar, rosa, sam):
    idea = suggest(title="Shown", body="", by=maya)
    assert report(idea, concern=Concern.HURTFUL, why=" It names me. ", by=omar)
    assert not report(idea, concern=Concern.OTHER, by=omar)
    assert [[said.words for said in case.reports] for case in queue_for(sam).cases] == [["It names me."]]
    (row,) = session().scalars(select(AuditEntry).where(AuditEntry.verb == "words.reported"))
    assert (row.by_id, row.after) == (omar.id, {"concern": "hurtful"})

    approve(idea, by=sam, note="STAFFNOTE fine")

    assert queue_for(sam).cases == []
    assert mails("decision") == []
    assert [decision.ruling for decision in decisions_for(maya)] == [Ruling.KEPT]


def test_a_removal_is_told_with_its_reason_and_an_appeal_brings_it_back(db, maya, omar, rosa, sam, ada):
    idea = suggest(title="A warmer lamp", body="", by=maya)
    with pytest.raises(NoReason):
        remove(idea, reason=" ", by=sam)
    taken = remove(idea, reason="It names a neighbour.", note="STAFFNOTE third time", by=sam)
    assert (sees(omar, idea), sees(maya, idea), titles()) == (False, True, [])
    with pytest.raises(NothingToDecide):
        approve(idea, by=sam)
    with pytest.raises(NotYours):
        appeal(taken, words="Mine too", by=omar)

    asked = appeal(taken, words="The neighbour is my own brother.", by=maya)
    with pytest.raises(NotYours):
        appeal(taken, words="Again", by=maya)
    assert queue_for(ada).appeals == [asked]
    with pytest.raises(NoReason):
        settle_appeal(asked, is_upheld=False, answer="", by=ada)
    settle_appeal(asked, is_upheld=True, answer="You are right.", by=ada)

    assert sees(omar, idea)
    assert titles() == ["A warmer lamp"]
    told = mails("decision")
    assert [mail.subject for mail in told] == ["Something of yours was taken out", "It is back"]
    assert "It names a neighbour." in told[0].text
    assert not any("STAFFNOTE" in mail.text + mail.html + mail.subject for mail in told)
    verbs = {entry.verb for entry in session().scalars(select(AuditEntry))}
    assert {"words.taken_out", "decision.made", "decision.appealed", "words.shown"} <= verbs


def test_a_change_is_asked_for_while_it_is_held(rule, maya, sam):
    idea = suggest(title="A warmer lamp", body="", by=maya)

    ask_for_change(idea, reason="Leave the name out, please.", by=sam)

    assert idea.held_at
    # It is with its author until they change it, which also a silent change does.
    queue = queue_for(sam)
    assert ([case.id for case in queue.with_authors], queue.cases, count_waiting(sam).held) == ([idea.id], [], 0)
    assert "Leave the name out" in mails("decision")[0].text
    reword(idea, title="A warmer lamp", body="Without a name.", by=maya)
    queue = queue_for(sam)
    assert (queue.with_authors, [case.words for case in queue.cases]) == ([], ["Without a name."])
    assert (count_waiting(sam).held, queue.cases[0].asked_at is not None, idea.edited_at) == (1, True, None)
    approve(idea, by=sam)
    with pytest.raises(NothingToDecide):
        ask_for_change(idea, reason="More", by=sam)


def test_whoever_is_suspended_is_told_and_let_in_again_by_a_manager(db, maya, omar, rosa, sam, ada):
    for by, person in ((rosa, maya), (omar, maya), (sam, sam), (sam, rosa)):
        with pytest.raises(NotYours):
            suspend(person, reason="No.", by=by)
    assert suspend(maya, reason="Three warnings.", note="STAFFNOTE", by=sam).staff_note == "STAFFNOTE"
    assert not maya.is_active
    with pytest.raises(NothingToDecide):
        suspend(maya, reason="Again.", by=sam)

    readmit(maya, words="You said sorry, and that is enough.", note="STAFFNOTE", by=ada)

    assert maya.is_active
    told = mails("decision")[-1]
    for part in (told.text, told.html):
        assert ("adds:" in part, "You said sorry, and that is enough." in part) == (True, True)
        assert "STAFFNOTE" not in part
    lifted = decisions_page(sam, person=maya).decisions[0]
    assert (lifted.reason, lifted.staff_note) == ("You said sorry, and that is enough.", "STAFFNOTE")
    assert [mail.subject for mail in mails("decision")] == ["Your access is suspended", "You are welcome again"]


def test_whoever_is_suspended_leaves_their_place_to_the_next(db, maya, omar, rosa, sam):
    start = now() + timedelta(days=9)
    event = plan_event(
        title="A visit", place="Here", starts_at=start, ends_at=start + timedelta(hours=1), host=sam, by=sam,
        time_zone="Europe/Berlin", places=1,
    )  # fmt: skip
    assert take_place(event, by=maya).has_place
    waiting = take_place(event, by=omar)
    assert waiting.waits

    suspend(maya, reason="Three warnings.", by=sam)

    assert waiting.has_place
    assert [one.user.name for one in people_of_event(event)] == ["Omar Haddad"]


def test_a_manager_decides_nothing_where_they_cannot_read(db, maya, omar, rosa, sam, ada):
    circle = make_circle(maya, omar, rosa, sam)
    idea = suggest(title="SECRET title", body="", by=maya, circle=circle)
    report(idea, concern=Concern.PRIVATE, by=omar)

    assert queue_for(ada).cases == []
    with pytest.raises(NotYours):
        remove(idea, reason="Out.", by=ada)
    with pytest.raises(NotYours):
        report(idea, concern=Concern.PRIVATE, by=ada)
    remove(idea, reason="SECRET reason", by=sam)
    assert "SECRET" not in mails("decision")[0].text + mails("decision")[0].html


def test_the_database_takes_nothing_out_without_a_reason(db, maya, sam):
    session().add(Decision(person=maya, ruling=Ruling.REMOVED, decided_by=sam, idea=session().get(Idea, 0)))

    with pytest.raises(IntegrityError):
        session().flush()


def test_a_decision_is_about_the_words_that_were_read(rule, maya, rosa, sam, ada):
    idea = suggest(title="A warmer lamp", body="", by=maya)
    seen = case_of(idea).seen
    reword(idea, title="Snake oil", body="", by=maya)

    for decide in (approve, lambda *given, **named: remove(*given, reason="Out.", **named)):
        with pytest.raises(ChangedSince):
            decide(idea, by=sam, seen=seen)
    assert idea.held_at is not None
    seen = case_of(idea).seen
    first = approve(idea, by=sam, seen=seen)
    assert idea.is_shown
    # Pressed twice it is one decision; another manager who had the same page before them is shown what was decided.
    assert approve(idea, by=sam, seen=seen, trusts=True) is first
    for decide in (approve, lambda *given, **named: remove(*given, reason="Out.", **named)):
        with pytest.raises(ChangedSince, match="decided about it since"):
            decide(idea, by=ada, seen=seen)
    assert [decision.ruling for decision in decisions_for(maya)] == [Ruling.APPROVED]
    assert len(mails("decision")) == 1
    assert suggest(title="Snake oil again", body="", by=maya).is_shown
    seen = case_of(idea).seen
    session().add(Attachment(idea_id=idea.id, key="k", width=1, height=1, size=1, added_by_id=maya.id))
    session().flush()
    assert case_of(idea).seen != seen


def test_what_is_sent_twice_is_one_decision_and_anything_else_from_the_same_page_is_refused(rule, maya, sam):
    idea = suggest(title="A warmer lamp", body="", by=maya)
    seen = case_of(idea).seen
    asked = ask_for_change(idea, reason="Say where.", note="STAFFNOTE", by=sam, seen=seen)

    assert ask_for_change(idea, reason=" Say where.", by=sam, seen=seen) is asked
    # Nobody is to believe that another reason was told, or that it was taken out.
    for decide, reason in ((ask_for_change, "Say when."), (remove, "Say where.")):
        with pytest.raises(ChangedSince):
            decide(idea, reason=reason, by=sam, seen=seen)
    assert (asked.staff_note, len(mails("decision"))) == ("STAFFNOTE", 1)
    # Cut to what is kept, it is still the same.
    seen, long = case_of(idea).seen, "Not here. " * LIMIT
    out = remove(idea, reason=long, by=sam, seen=seen)
    assert remove(idea, reason=long, by=sam, seen=seen) is out
    assert len(out.reason) <= LIMIT
    told = appeal(out, words=long, by=maya)
    assert appeal(out, words=long, by=maya) is told


def test_other_words_make_another_case_and_another_title_only_of_the_suggestion(rule, maya, omar, sam):
    idea = suggest(title="A warmer lamp", body="Warm.", by=maya, form_key="k")
    approve(idea, by=sam, trusts=True)
    said = comment(idea, body="Mine too.", by=maya)
    of_idea, of_comment = case_of(idea).seen, case_of(said).seen
    assert case_of(idea).changed_at is None

    reword(idea, title="A warm lamp", body="Warm.", by=maya)
    assert (case_of(idea).seen == of_idea, case_of(said).seen == of_comment) == (False, True)
    of_idea = case_of(idea).seen
    reword(idea, title="A warm lamp", body="Warmer.", by=maya)
    assert (case_of(idea).seen == of_idea, case_of(said).seen == of_comment) == (False, True)
    for key, at in enumerate((idea, idea, make_idea(proposed_by=omar))):
        session().add(Attachment(idea_id=at.id, key=f"k{key}", width=1, height=1, size=1, added_by_id=maya.id))
        session().flush()
    known = session().scalars(select(Attachment.id).where(Attachment.idea_id == idea.id).order_by(Attachment.id)).all()
    assert (case_of(idea).pictures, case_of(said).pictures) == (tuple(known), ())
    with pretend(now() + SILENT + timedelta(minutes=1)):
        reword(idea, title="A warm lamp", body="Warmest.", by=maya)
    assert case_of(idea).changed_at == idea.edited_at is not None


def test_a_later_decision_leaves_the_reports_that_an_earlier_one_settled(db, maya, omar, rosa, sam):
    idea = make_idea(proposed_by=maya, owner=rosa)
    report(idea, concern=Concern.HURTFUL, by=omar)
    moment = now() + timedelta(days=20)
    approve(idea, by=sam)
    (first,) = session().scalars(select(Report))
    before = first.settled_at
    assert before is not None

    with pretend(moment):
        report(idea, concern=Concern.HURTFUL, by=rosa)
        approve(idea, by=sam)

    # Otherwise the first one would be told again what came of it.
    session().expire_all()
    found = session().scalars(select(Report.settled_at).order_by(Report.id)).all()
    assert found == [before, moment]


def test_a_tag_that_was_given_while_it_was_held_hands_it_over_once(rule, maya, omar, rosa, sam, ada):
    lena = make_user("lena@example.com", "Lena", Role.RESPONDER)
    name_owner_of_tag("Light", lena, by=ada)
    idea = suggest(title="A warmer lamp", body="", by=maya)
    first = idea.owner
    add_tag(idea, "light", by=sam)
    assert (idea.owner, mails("idea_handed_over")) == (first, [])

    approve(idea, by=sam)

    assert idea.owner == lena
    assert [mail.recipient for mail in mails("idea_handed_over")] == [lena.email]
    assert mails("idea_assigned") == []
    hand_over(idea, to=rosa, word="You know it better.", by=lena)
    asked = appeal(remove(idea, reason="Out.", by=sam), words="Why?", by=maya)
    settle_appeal(asked, is_upheld=True, answer="", by=ada)
    assert idea.owner == rosa
