"""The queue, oldest first, in a handful of statements however much waits."""

import re
from datetime import timedelta

from sqlalchemy import text, update

from portal.accounts.models import Role
from portal.community.models import Circle
from portal.community.seats import seat_of
from portal.community.services import seat_people, take_seat
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Comment, ResponseKind
from portal.ledger.services import comment, respond, reword, say_whether_it_helped
from portal.moderation.models import Appeal, Concern, Decision, Report, Ruling
from portal.moderation.queries import (
    Waiting,
    case_of,
    cases,
    change_asked_of,
    count_waiting,
    decisions_about,
    decisions_page,
    queue_for,
    report_by,
    unseen,
    unseen_by_managers,
)
from portal.moderation.services import approve, ask_for_change, remove, report, suspend
from tests.databases import sqlite_plan
from tests.factories import here, make_circle, make_idea, make_user

DAYS_AGO = now() - timedelta(days=3)


def test_the_queue_holds_what_is_held_and_what_was_reported(maya, omar, rosa, sam, queries):
    held = [make_idea(proposed_by=maya, owner=rosa, held_at=now(), held_because="new") for _ in range(5)]
    shown = make_idea(proposed_by=maya, owner=rosa)
    make_idea(proposed_by=sam, owner=rosa, held_at=now())
    report(shown, concern=Concern.OTHER, by=omar)
    session().flush()
    queries.clear()

    cases = queue_for(sam).cases

    assert [case.id for case in cases] == [*(idea.id for idea in held), shown.id]
    assert len(queries) <= 7
    assert case_of(held[0]).held == "new here"
    assert report_by(omar, shown)
    assert report_by(rosa, shown) is None
    assert decisions_about(shown) == []


def test_what_is_held_is_found_without_a_look_at_the_rest(db, maya, omar, rosa, sam, queries):
    for is_reported in (False, True):
        if is_reported:
            report(make_idea(proposed_by=maya, owner=rosa), concern=Concern.OTHER, by=omar)
            session().flush()
        queries.clear()
        queue_for(sam)
        asked = [words for words in queries if "held_at IS NOT NULL" in words and "ORDER BY" in words]
        assert len(asked) == 3
        # Of few rows PostgreSQL reads all, and it needs no help with `IS NOT NULL`.
        for words in asked if db == "sqlite" else ():
            plan = sqlite_plan(words)
            assert not re.search(r"SCAN (idea|comment|author_word)\b(?! USING COVERING INDEX ix_\w+_held)", plan), plan
            assert "MATERIALIZE" not in plan, plan
    if db == "postgresql":
        session().execute(text("SET LOCAL enable_seqscan = off"))
        for table in ("idea", "comment", "author_word"):
            plan = session().execute(text(f"EXPLAIN SELECT id FROM {table} WHERE held_at IS NOT NULL")).all()
            assert f"ix_{table}_held" in str(plan)


def test_every_decision_is_on_record_for_whoever_may_decide_there(sign_in, maya, omar, rosa, sam, ada, queries):
    circle = make_circle(maya, rosa, ada)
    open_one = make_idea(proposed_by=maya, owner=rosa, title="An open one")
    said = comment(open_one, body="Cheap lamps", by=omar)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle, title="SECRET inside")
    remove(said, reason="An **offer**.", note="STAFFNOTE twice", by=sam)
    remove(inside, reason="SECRET reason", by=ada)
    suspend(omar, reason="Three warnings.", by=sam)
    suspend(rosa, reason="ADMINS alone", by=ada)
    of_sam = make_idea(proposed_by=sam, owner=ada, title="Of Sam")
    report(of_sam, concern=Concern.OTHER, by=maya)
    approve(of_sam, note="NOT FOR SAM", by=ada)
    session().commit()
    manager, admin = sign_in(here(sam)), sign_in(here(ada))
    queries.clear()
    page, whole = manager.get("/review/decisions").text, admin.get("/review/decisions").text
    assert len(queries) <= 16
    for words in ("An open one", "<strong>offer</strong>", "STAFFNOTE twice", "Sam Okafor", "Three warnings.", "Omar"):
        assert words in page, words
    for words in ("SECRET inside", "SECRET reason", "ADMINS alone", "NOT FOR SAM"):
        assert (words in page, words in whole) == (False, True), words
    assert sign_in(here(maya)).get("/review/decisions").status_code == 403
    # On the page about a member a manager reads no more of a circle than anywhere.
    of_maya = f"/people-here/{maya.id}/suspensions/new"
    assert ["SECRET" in browser.get(of_maya).text for browser in (manager, admin)] == [False, True]
    newest = decisions_page(here(sam)).decisions
    assert [one.ruling.value for one in newest] == ["suspended", "removed"]
    assert decisions_page(here(sam), before_id=newest[0].id).decisions == newest[1:]


def test_what_nobody_inside_may_decide_shows_to_managers_outside_as_a_number(sign_in, maya, omar, rosa, sam, ada):
    lou = make_user("lou@example.com", "Lou Manager", Role.MANAGER)
    circle = make_circle(maya, omar, rosa, name="CANARY circle")
    theirs = make_circle(lou, maya, name="Of Lou")
    make_idea(proposed_by=maya, owner=rosa, circle=circle, title="SECRET one", held_at=now(), held_because="new")
    out = make_idea(proposed_by=maya, owner=rosa, circle=circle, title="SECRET two")
    of_lou = make_idea(proposed_by=lou, owner=rosa, circle=theirs, title="SECRET three")
    comment(out, body="SECRET four", by=omar).held_at = now()
    report(of_lou, concern=Concern.OTHER, by=maya)
    make_idea(proposed_by=maya, owner=rosa, circle=theirs, title="SECRET five", held_at=now(), held_because="new")
    # A place that nobody has confirmed is none, nor is that of a manager who was suspended.
    ghost = make_user("gil@example.com", "Gil Gone", Role.MANAGER)
    seat_people(circle, [sam.email, ghost.email], by=ada)
    seat_of(sam, circle.id).confirmed_at, ghost.suspended_at = None, now()
    out.removed_at = now()
    gone = Decision(person=maya, idea=out, ruling=Ruling.REMOVED, reason="Out.", decided_by=ghost)
    session().add_all([gone, Appeal(decision=gone, words="SECRET why")])
    session().commit()

    def found(manager):
        rooms = {room.name: room.waiting for room in queue_for(manager).unseen}
        assert sum(rooms.values()) == count_waiting(manager).unseen
        return sorted(one.what for one in unseen_by_managers(manager)), rooms

    everything = ["appeal", "comment", "idea", "report"], {"CANARY circle": 3, "Of Lou": 1}
    assert found(sam) == found(ada) == everything
    # Whoever wrote what was reported does not learn of it.
    assert found(lou) == (["appeal", "comment", "idea"], {"CANARY circle": 3})
    page = sign_in(sam).get("/review").text
    assert ("SECRET" in page, "CANARY circle" in page, "3 things wait for a look" in page) == (False, True, True)
    assert "4 where no manager is" in sign_in(sam).get("/home").text
    assert "no manager inside" in sign_in(ada).get("/circles").text

    # From that page a manager takes a place, confirms the note, and decides.
    browser = sign_in(ada)
    assert "Take a place there" in browser.get("/review").text
    browser.post(f"/circles/{circle.id}/seats", data={"people": ada.email})
    browser.post(f"/circles/{circle.id}/confirmations")
    assert found(here(ada)) == found(here(sam)) == (["report"], {"Of Lou": 1})
    assert len(queue_for(here(ada)).cases) == 2
    assert "SECRET why" in browser.get("/review").text
    # The last manager who leaves is told what waits there from now on.
    left = browser.post(f"/circles/{circle.id}/departures", follow_redirects=True).text
    assert "No manager is inside any more" in left
    assert "No manager is inside: what is held" in browser.get(f"/circles/{circle.id}").text
    assert found(here(sam)) == everything


def test_what_waits_unseen_is_held_and_not_out_or_reported_and_open_the_oldest_first(monkeypatch, maya, rosa, sam, ada):
    inside = {"proposed_by": maya, "owner": rosa, "circle": make_circle(maya, rosa, sam)}
    idea, out, shown = (make_idea(**inside) for _ in range(3))
    beside = [comment(shown, body="Mine.", by=maya) for _ in range(3)]
    words = []
    for one in (idea, out, shown):
        respond(one, kind=ResponseKind.EXPLANATION, message="It would crack in the first frost.", by=rosa)
        words.append(say_whether_it_helped(one, helped=False, words="It cracked.", by=maya))
    for which in (idea, out, *beside[:2], *words[:2]):
        which.held_at = now()
    for which in (out, beside[1], words[1]):
        remove(which, reason="Out.", by=sam)
    for which in (shown, beside[2], words[2]):
        report(which, concern=Concern.OTHER, by=rosa)
    approve(shown, by=sam)
    take_seat(session().get_one(Circle, shown.circle_id), sam, by=sam)

    held = [("idea", idea.id), ("comment", beside[0].id), ("word", words[0].id)]
    found = [(one.what, one.id) for one in unseen_by_managers(ada)]
    assert (found[:3], [what for what, _id in found[3:]]) == (held, ["report", "report"])
    assert [one.waiting for one in queue_for(ada).unseen] == [5]
    monkeypatch.setattr(unseen, "SHOWN", 2)
    assert [(one.what, one.id) for one in unseen_by_managers(ada)] == held[:2]


def test_whose_turn_it_is_stands_on_the_page_of_the_words(sign_in, maya, omar, rosa, sam):
    held = {"held_at": now(), "held_because": "new"}
    idea, other = (make_idea(proposed_by=maya, owner=rosa, **held) for _ in range(2))
    said = comment(make_idea(proposed_by=omar, owner=rosa), body="Mine.", by=maya)
    said.held_at = now()
    assert change_asked_of(idea) is None
    for words in (idea, said):
        assert ask_for_change(words, reason="Say where.", by=sam) is change_asked_of(words)
    assert change_asked_of(other) is None
    session().commit()
    author = sign_in(maya)
    for path in (f"/ideas/{idea.id}", f"/comments/{said.id}"):
        page = author.get(path).text
        assert ("Sam Okafor asks you for a change" in page, "reads this first" in page) == (True, False), path
    assert "reads this first" in author.get(f"/ideas/{other.id}").text

    reword(here(idea), title="A lamp", body="In the hall.", by=here(maya))
    remove(here(said), reason="Too late.", by=here(sam))
    session().commit()

    assert change_asked_of(here(idea)) is change_asked_of(here(said)) is None
    assert "reads this first" in author.get(f"/ideas/{idea.id}").text


def test_how_much_waits_is_what_the_queue_shows(maya, omar, rosa, sam, ada):
    circle, held = make_circle(maya, omar, rosa, ada), {"held_at": now(), "held_because": "new"}
    ideas = [make_idea(proposed_by=maya, owner=rosa) for _ in range(3)]
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    of_sam = make_idea(proposed_by=sam, owner=rosa)
    said = [comment(ideas[0], body="Me too.", by=maya) for _ in range(3)]
    with_author, elsewhere, out = (make_idea(proposed_by=maya, owner=rosa, **held) for _ in range(3))
    for words in said:
        words.held_at, words.held_because = now(), "new"
    for words in (ideas[0], ideas[1], inside, of_sam, elsewhere):
        words.held_at, before = None, words.held_at
        report(words, concern=Concern.OTHER, by=omar)
        words.held_at = before
    report(ideas[0], concern=Concern.OTHER, by=rosa)
    approve(ideas[1], by=ada)
    # Whose words they are counts, not beside whose they stand; and what was brought in is nobody's.
    beside = [comment(ideas[1], body="Mine.", by=sam), comment(of_sam, body="Mine.", by=maya)]
    beside.append(Comment(idea=of_sam, author_name="Jo", body="From elsewhere"))
    session().add(beside[-1])
    session().flush()
    for words in beside:
        report(words, concern=Concern.OTHER, by=omar)
    remove(out, reason="Out.", by=ada)
    with pretend(now()):
        with_author.held_at = now()
        ask_for_change(with_author, reason="Say where.", by=ada)
        # Kept and held anew in one moment, nobody was asked for anything.
        again = make_idea(proposed_by=maya, owner=rosa)
        approve(again, by=ada)
        again.held_at = now()
    ask_for_change(said[0], reason="Say where.", by=ada)
    # Held anew since, or asked before it was shown and reported: the change has come.
    for words in said[1:]:
        ask_for_change(words, reason="Say where.", by=ada)
    for words in said[1:]:
        words.held_at = now()
    # Asked once more, it is with its author again.
    ask_for_change(said[2], reason="Say where.", by=ada)
    ideas[2].held_at = now()
    ask_for_change(ideas[2], reason="Say where.", by=ada)
    approve(ideas[2], by=ada)
    report(ideas[2], concern=Concern.OTHER, by=omar)

    for manager, held_ones, reported in ((sam, 3, 6), (ada, 3, 9)):
        queue = queue_for(manager)
        assert sum(case.held_at is not None for case in queue.cases) == held_ones
        assert sum(len(case.reports) for case in queue.cases) == reported
        assert {case.id for case in queue.with_authors} == {with_author.id, said[0].id, said[2].id}
        assert count_waiting(manager) == Waiting(held=held_ones, reports=reported, appeals=0, unseen=0)


def test_what_waits_stands_oldest_first_whatever_it_is_and_rooms_by_name(maya, omar, rosa, sam):
    rooms = [make_circle(maya, rosa, name=name) for name in ("Zinc", "Amber")]
    for room in rooms:
        make_idea(proposed_by=maya, owner=rosa, circle=room, held_at=now())
    late, early = (make_idea(proposed_by=maya, owner=rosa, held_at=now(), created_at=at) for at in (now(), DAYS_AGO))
    said = comment(make_idea(proposed_by=omar, owner=rosa), body="Mine.", by=maya)
    said.created_at, said.held_at = DAYS_AGO + timedelta(hours=1), now()
    session().flush()

    queue = queue_for(sam)

    assert [(case.kind, case.id) for case in queue.cases] == [
        ("idea", early.id),
        ("comment", said.id),
        ("idea", late.id),
    ]
    assert [room.name for room in queue.unseen] == ["Amber", "Zinc"]


def test_however_many_words_wait_they_are_read_together(maya, omar, rosa, sam, queries):
    for _ in range(3):
        comment(make_idea(proposed_by=omar, owner=rosa), body="Mine.", by=maya).held_at = now()
    session().commit()
    session().expunge_all()
    reader = here(sam)
    queries.clear()

    assert len(queue_for(reader).cases) == 3

    # What is theirs to see, the reports, each kind of words, what is beside them, and the appeals.
    assert len(queries) == 7


def test_what_is_with_its_author_pushes_nothing_out_of_the_queue(monkeypatch, maya, omar, rosa, sam):
    monkeypatch.setattr(cases, "SHOWN", 1)
    first, second, third = (make_idea(proposed_by=maya, owner=rosa, held_at=now()) for _ in range(3))
    ask_for_change(first, reason="Say where.", by=sam)
    second.title = "Written anew, a row may come last by itself."
    session().flush()

    assert [case.id for case in queue_for(sam).cases] == [second.id]
    approve(second, by=sam)
    assert [case.id for case in queue_for(sam).cases] == [third.id]


def test_a_case_holds_the_open_reports_of_these_words_the_first_of_them_first(monkeypatch, maya, omar, rosa, sam, ada):
    one, other = (make_idea(proposed_by=maya, owner=rosa) for _ in range(2))
    report(one, concern=Concern.OTHER, by=omar)
    approve(one, by=sam)
    for words, person in ((other, omar), (one, ada), (one, rosa)):
        report(words, concern=Concern.OTHER, by=person)

    assert [found.reported_by for found in case_of(one).reports] == [ada, rosa]
    monkeypatch.setattr(cases, "SHOWN", 1)
    session().execute(update(Report).where(Report.reported_by_id == ada.id).values(words="Written anew."))
    assert [found.reported_by for found in case_of(one).reports] == [ada]


def test_reports_that_are_not_theirs_to_see_push_nothing_out_of_the_queue(monkeypatch, maya, omar, rosa, sam):
    monkeypatch.setattr(cases, "MOST_REPORTS", 1)
    report(make_idea(proposed_by=sam, owner=rosa), concern=Concern.OTHER, by=omar)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, omar, rosa))
    shown = make_idea(proposed_by=maya, owner=rosa)
    for words in (inside, shown):
        report(words, concern=Concern.OTHER, by=omar)

    (case,) = queue_for(sam).cases

    assert (case.id, len(case.reports)) == (shown.id, 1)
    report(make_idea(proposed_by=maya, owner=rosa), concern=Concern.OTHER, by=omar)
    session().execute(update(Report).where(Report.idea_id == shown.id).values(words="Written anew."))
    assert [case.id for case in queue_for(sam).cases] == [shown.id]
