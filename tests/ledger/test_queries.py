"""What the ledger shows: rows, pages by key, counts, figures, the desk, one suggestion."""

import random
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation.clock import now
from portal.foundation.database import begin_work, end_work, session
from portal.ledger.models import Action, ActionStage, Idea, ResponseKind, Standing
from portal.ledger.queries import (
    DESK_SHOWN,
    LedgerFilter,
    Scope,
    action_page,
    actions_page,
    choices_for,
    figures,
    fits,
    idea_page,
    latest_response,
    ledger_page,
    part_in,
    people_behind,
    people_behind_action,
    sealed_links,
    waiting_for,
)
from portal.ledger.queries.linking import linkable
from portal.ledger.services import hand_over, record_progress, respond, start_action, vote
from portal.ledger.visibility import EVERYONE, reach_of
from tests.databases import sqlite_plan
from tests.factories import make_circle, make_idea, make_user

ZONE = ZoneInfo("Europe/Berlin")
REASON = "The resin would crack in the first hard frost."


def ids(filters: LedgerFilter, limit: int = 3) -> tuple[list[int], int | None, int | None]:
    page = ledger_page(filters, zone=ZONE, limit=limit)
    return [row.id for row in page.rows], page.older, page.newer


def test_an_unanswered_row_shows_the_promise(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, body="**Warm** light for [reading](https://a.example).")

    (row,) = ledger_page(LedgerFilter(), zone=ZONE).rows

    assert (row.title, row.words, row.said_by) == ("A warmer lamp", "Warm light for reading.", "Maya Lindqvist")
    assert (row.answer_words, row.took, row.kind_label, row.votes) == ("", "", "", 1)
    assert row.promise.startswith("Rosa will answer by ")
    assert (row.standing, row.is_overdue, row.url) == ("waiting", False, f"/ideas/{idea.id}")


def test_a_broken_promise_is_shown_as_broken(maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, acknowledge_by=now() - timedelta(hours=1))

    (row,) = ledger_page(LedgerFilter(), zone=ZONE).rows

    assert row.is_overdue
    assert "is late" in row.promise


def test_an_answered_row_shows_the_last_answer_and_the_time_it_took(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, created_at=now() - timedelta(days=70))
    vote(idea, omar)
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    (row,) = ledger_page(LedgerFilter(), zone=ZONE).rows

    assert (row.answer_words, row.answered_by, row.kind_label) == (REASON, "Rosa Pereira", "Explained")
    assert (row.votes, row.promise, row.standing_label) == (2, "", "Explained")
    assert row.took in {f"{hours} working hours" for hours in range(396, 409)}


def test_the_newer_word_of_an_action_stands_in_the_row(maya: User, sam: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="The warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    (row,) = ledger_page(LedgerFilter(), zone=ZONE).rows
    assert (row.answer_words, row.took) == ("The warm lamp", "1 working minute")

    record_progress(action, stage=ActionStage.DONE, words="It is out.", by=sam, proof_url="https://lumen.example/w")

    (row,) = ledger_page(LedgerFilter(), zone=ZONE).rows
    assert (row.answer_words, row.answered_by, row.kind_label) == ("It is out.", "Sam Okafor", "Done")
    assert (row.proof_url, row.proof_label) == ("https://lumen.example/w", "The warm lamp")
    assert row.took == "answered after 1 working minute"


def test_pages_go_by_key_in_both_directions(maya: User, rosa: User) -> None:
    every = [make_idea(proposed_by=maya, owner=rosa).id for _ in range(7)][::-1]

    assert ids(LedgerFilter()) == (every[:3], every[2], None)
    assert ids(LedgerFilter(before_id=every[2])) == (every[3:6], every[5], every[3])
    assert ids(LedgerFilter(before_id=every[5])) == (every[6:], None, every[6])
    assert ids(LedgerFilter(after_id=every[6])) == (every[3:6], every[5], every[3])
    assert ids(LedgerFilter(after_id=every[3])) == (every[:3], every[2], None)


def test_filters_leave_only_what_was_asked_for(maya: User, omar: User, sam: User, rosa: User) -> None:
    first = make_idea(proposed_by=maya, owner=rosa)
    second = make_idea(proposed_by=omar, owner=sam)
    respond(second, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    assert ids(LedgerFilter(standing=Standing.EXPLAINED))[0] == [second.id]
    assert ids(LedgerFilter(owner_id=rosa.id))[0] == [first.id]
    assert ids(LedgerFilter(proposed_by_id=omar.id))[0] == [second.id]
    assert ids(LedgerFilter(proposed_by_id=omar.id, owner_id=rosa.id)) == ([], None, None)
    assert figures(scope=Scope(proposed_by_id=omar.id)).counts == {Standing.EXPLAINED: 1}
    assert figures(scope=Scope(owner_id=rosa.id)).counts == {Standing.WAITING: 1}


def test_outside_members_are_named_only_where_they_said_so(maya: User, omar: User, rosa: User) -> None:
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True))
    session().add(Member(user_id=omar.id, founding_number=2))
    make_idea(proposed_by=omar, owner=rosa)
    make_idea(proposed_by=maya, owner=rosa)

    rows = ledger_page(LedgerFilter(), zone=ZONE, public=True).rows

    assert [row.said_by for row in rows] == ["Maya Lindqvist", "A member"]
    assert rows[0].url == f"#idea-{rows[0].id}"


def test_a_page_of_rows_is_one_statement(maya: User, rosa: User, queries: list[str]) -> None:
    action = start_action(title="The warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    for _ in range(25):
        respond(make_idea(proposed_by=maya, owner=rosa), kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    session().flush()
    queries.clear()

    assert len(ledger_page(LedgerFilter(), zone=ZONE).rows) == 20

    assert len(queries) == 1


def test_the_figures_are_those_of_a_plain_recomputation(db: str, maya: User, rosa: User) -> None:
    chance = random.Random(7)
    times: list[int] = []
    for _ in range(23):
        idea = make_idea(proposed_by=maya, owner=rosa, created_at=now() - timedelta(hours=chance.randrange(2000)))
        if chance.random() < 0.8:
            respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
        if chance.random() < 0.7:
            times.append(respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa).after_minutes)
        if chance.random() < 0.3:
            respond(idea, kind=ResponseKind.EXPLANATION, message=f"{REASON} Still.", by=rosa)
    session().expire_all()
    ideas = list(session().query(Idea))
    decided = [idea for idea in ideas if idea.standing is Standing.EXPLAINED]
    minutes = sorted(
        min(answer.after_minutes for answer in idea.responses if answer.kind is ResponseKind.EXPLANATION)
        for idea in decided
    )

    held = [
        answer.answered_at <= promised
        for idea in ideas
        for answer in idea.responses
        for promised in (answer.acknowledge_by, answer.decide_by)
        if promised is not None
    ]

    found = figures()

    assert (found.kept, found.broken) == (held.count(True), held.count(False))
    assert found.kept
    assert found.broken
    assert (found.total, found.answered) == (23, len(decided))
    assert found.median_minutes == minutes[(len(minutes) + 1) // 2 - 1]
    assert found.p90_minutes == minutes[(len(minutes) * 9 + 9) // 10 - 1]
    assert found.oldest_open == min(idea.created_at for idea in ideas if idea.standing is not Standing.EXPLAINED)
    assert sum(found.counts.values()) == 23
    assert found.sentence().startswith(f"Answered {len(decided)} of 23 · median ")


def test_figures_before_the_first_suggestion_say_nothing(db: str) -> None:
    found = figures()

    assert (found.total, found.answered, found.median_minutes, found.oldest_open) == (0, 0, None, None)
    assert found.sentence() == ""


def test_figures_are_counted_again_for_a_suggestion_or_an_answer_and_not_for_a_vote(
    maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    session().commit()
    number, voter, answerer = idea.id, omar.id, rosa.id

    def shown() -> tuple[dict[Standing, int], int]:
        """The counts that a page shows, and how many statements they took."""
        begin_work(writing=False)
        queries.clear()
        found = figures().counts, len(queries)
        end_work(commit=False)
        return found

    def changed() -> None:
        session().commit()
        end_work(commit=False)

    first, again = shown(), shown()
    begin_work(writing=True)
    vote(session().get_one(Idea, number), session().get_one(User, voter))
    changed()
    voted = shown()
    begin_work(writing=True)
    respond(session().get_one(Idea, number), kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.",
            by=session().get_one(User, answerer))  # fmt: skip
    changed()

    assert first[0] == again[0] == voted[0] == {Standing.WAITING: 1}
    assert again[1] == voted[1] == 1, "the number that tells whether anything changed"
    assert shown()[0] == {Standing.HEARD: 1}


def test_the_desk_puts_the_nearest_promise_first(maya: User, sam: User, rosa: User) -> None:
    moment = now()
    late = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment - timedelta(hours=1))
    soon = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment + timedelta(hours=1))
    heard = make_idea(proposed_by=maya, owner=rosa, decide_by=moment + timedelta(minutes=5))
    asked = make_idea(proposed_by=maya, owner=rosa)
    other = make_idea(proposed_by=maya, owner=sam)
    answered = make_idea(proposed_by=maya, owner=rosa)
    make_idea(proposed_by=rosa, owner=sam)
    respond(heard, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
    respond(asked, kind=ResponseKind.QUESTION, message="Which one?", by=rosa)
    respond(answered, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    mine, others = waiting_for(rosa, zone=ZONE)

    assert [row.id for row in mine] == [late.id, heard.id, soon.id, asked.id]
    assert [row.is_overdue for row in mine] == [True, False, False, False]
    assert [row.id for row in others] == [other.id]


def test_the_desk_shows_what_is_in_reach_and_the_last_one_who_asked(
    maya: User, omar: User, sam: User, rosa: User
) -> None:
    moment = now()
    shown, closed = make_circle(maya, rosa), make_circle(maya, sam, name="The other circle")
    places = {"open": {}, "private": {"is_private": True}, "inside": {"circle": shown}}
    seen = {name: make_idea(proposed_by=maya, owner=rosa, **given) for name, given in places.items()}
    top = make_idea(proposed_by=omar, owner=sam)
    for hidden in ({"circle": closed}, {"held_at": moment}, {"removed_at": moment}, {"merged_into_id": top.id}):
        for owner in (rosa, sam):
            make_idea(proposed_by=maya, owner=owner, **hidden)
    vote(seen["open"], omar)
    for asker, asked in ((rosa, seen["inside"]), (sam, seen["open"]), (rosa, seen["open"]), (sam, top)):
        respond(asked, kind=ResponseKind.QUESTION, message=f"Which one, {asker.name}?", by=asker)

    mine, others = waiting_for(rosa, zone=ZONE)

    assert [row.id for row in mine] == [seen["private"].id, seen["open"].id, seen["inside"].id]
    assert [(row.id, row.owner) for row in others] == [(top.id, "Sam Okafor")]
    assert [row.votes for row in mine] == [1, 2, 1]
    assert "Rosa" in mine[1].promise
    assert "Sam" not in mine[1].promise


def test_of_many_that_wait_the_nearest_fifty_stand_on_the_desk(maya: User, rosa: User) -> None:
    moment = now()
    late_to_early = [
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment + timedelta(hours=60 - number)).id
        for number in range(DESK_SHOWN + 2)
    ]
    respond(make_idea(proposed_by=maya, owner=rosa), kind=ResponseKind.QUESTION, message="Which one?", by=rosa)

    mine, _others = waiting_for(rosa, zone=ZONE)

    assert [row.id for row in mine] == late_to_early[:1:-1]


def test_one_suggestion_comes_with_its_whole_record(maya: User, omar: User, sam: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    other = make_user("lin@example.org", "Lin Chen")
    vote(idea, omar)
    vote(idea, other)
    hand_over(idea, to=sam, word="You know resin.", by=rosa)
    action = start_action(title="The warm lamp", owner=sam, stage=ActionStage.PLANNED, by=sam)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=sam, action=action)
    record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=sam)
    session().expire_all()

    page = idea_page(idea)

    assert [entry.words for entry in page.answers[0].action.progress] == ["", "Drawn."]  # type: ignore[union-attr]
    assert (page.votes, page.supporters) == (2, ["Omar Haddad", "Lin Chen"])
    assert [(step.by, step.to, step.word) for step in page.steps] == [("Rosa Pereira", "Sam Okafor", "You know resin.")]
    assert [part_in(idea, reader).has_voted for reader in (omar, maya)] == [True, False]
    assert people_behind(idea.id) == {maya.id, omar.id, other.id}
    assert people_behind_action(action.id) == {maya.id, omar.id, other.id}


def test_an_action_knows_its_entries_and_its_suggestions(maya: User, rosa: User) -> None:
    action = start_action(title="The warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)

    entries, ideas = action_page(action)

    assert [entry.stage for entry in entries] == [ActionStage.PLANNED, ActionStage.UNDER_WAY]
    assert ideas == [idea]
    assert [(choice.title, choice.stage) for choice in choices_for(ideas[0]).actions] == [
        ("The warm lamp", ActionStage.UNDER_WAY)
    ]


def answered_by(title: str, *ideas: Idea, by: User, stage: ActionStage = ActionStage.UNDER_WAY) -> Action:
    action = start_action(title=title, owner=by, stage=stage, by=by)
    for idea in ideas:
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=by, action=action)
    return action


def test_an_action_counts_only_the_suggestions_that_its_reader_sees(maya: User, omar: User, rosa: User) -> None:
    circle = make_circle(maya, rosa)
    open_idea, other = (make_idea(proposed_by=maya, owner=rosa) for _number in range(2))
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    both = answered_by("Both", open_idea, inside, by=rosa)
    one = answered_by("One", other, by=rosa, stage=ActionStage.PLANNED)
    hidden = answered_by("CANARY", make_idea(proposed_by=maya, owner=rosa, circle=circle), by=rosa)

    def told(reader: User, **asked: Any) -> list[tuple[str, int]]:
        rows, _older = actions_page(reach_of(reader), **asked)
        return [(row.title, row.ideas) for row in rows]

    assert told(omar) == [("One", 1), ("Both", 1)]
    assert told(maya) == [("CANARY", 1), ("One", 1), ("Both", 2)]
    assert told(maya, before=hidden.progress[-1].id) == [("One", 1), ("Both", 2)]
    assert told(omar, stage=ActionStage.PLANNED) == [("One", 1)]
    record_progress(both, stage=ActionStage.UNDER_WAY, words="Sewn.", by=rosa)
    assert told(omar) == [("Both", 1), ("One", 1)]
    assert action_page(both, reach_of(omar))[1] == [open_idea]
    assert action_page(both, reach_of(maya))[1] == [inside, open_idea]
    assert action_page(one, reach_of(omar))[1] == [other]
    # What the chain says of a circle has no link for anyone else, and what is said to everyone has.
    responses, entries = (set(numbers) for numbers in sealed_links(EVERYONE).values())
    assert (len(responses), len(entries)) == (2, len(hidden.progress))
    assert entries == {entry.id for entry in hidden.progress}
    assert sealed_links(reach_of(maya)) == {chain: set() for chain in sealed_links(EVERYONE)}


def _offered(idea: Idea) -> set[int]:
    return {one.id for one in choices_for(idea).actions}


def test_an_action_carries_no_words_out_of_where_it_answers(maya: User, rosa: User) -> None:
    shades, brass = make_circle(maya, rosa), make_circle(maya, rosa, name="Brass")
    places: dict[str, dict[str, Any]] = {
        "open": {}, "private": {"is_private": True}, "shades": {"circle": shades}, "brass": {"circle": brass},
        "private shades": {"circle": shades, "is_private": True},
    }  # fmt: skip
    ideas = {name: make_idea(proposed_by=maya, owner=rosa, **given) for name, given in places.items()}
    others = {name: make_idea(proposed_by=maya, owner=rosa, **given) for name, given in places.items()}

    for name, idea in ideas.items():
        action = answered_by(f"For {name}", idea, by=rosa)
        found = {one.id for one in linkable(action, rosa, [other.id for other in others.values()])}
        fitting = {place for place, other in others.items() if fits(action, other)}
        offered = {place for place, other in others.items() if action.id in _offered(other)}
        linked = {place for place, other in others.items() if other.id in found}
        assert fitting == offered == linked == (set(places) if name == "open" else {name})
    assert all(fits(answered_by("For nothing yet", by=rosa), other) for other in others.values())


def test_the_answers_beside_a_suggestion_are_read_without_everybody_elses(db: str, maya: User, rosa: User, queries):
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.QUESTION, message="How long is it?", by=rosa)
    session().flush()
    queries.clear()
    idea_page(idea)
    latest_response(idea)

    asked = [words for words in queries if "FROM response" in words and "action_1" in words]

    assert len(asked) == 2
    # What SQLite puts together before it looks for the suggestion grows with the whole record.
    for words in asked if db == "sqlite" else ():
        plan = sqlite_plan(words)
        assert "MATERIALIZE" not in plan, plan
