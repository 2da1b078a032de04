"""Answers in private: kept, published alone and together, each for itself."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from portal.accounts.models import Role, User
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.search import SearchEntry
from portal.ledger.chain import export, verify
from portal.ledger.models import Action, ActionStage, AnswerDraft, Idea, Response, ResponseKind, Standing
from portal.ledger.policies import may_publish_draft, may_read_draft
from portal.ledger.queries import answer_draft_of, answer_drafts, count_answer_drafts, people_told
from portal.ledger.services import (
    NoReason,
    NotYours,
    RepeatedWords,
    Typed,
    add_reason,
    drop_answer_draft,
    give,
    keep_answer_draft,
    merge_ideas,
    publish_drafts,
    respond,
    start_action,
)
from portal.ledger.visibility import reach_of
from tests.factories import make_circle, make_idea, make_user

REASON = "The resin would crack in the first hard frost."
WHY = ResponseKind.EXPLANATION


def kept(idea: Idea, by: User, message: str = REASON, **given: Any) -> AnswerDraft:
    draft = keep_answer_draft(idea, Typed(kind=given.pop("kind", WHY), message=message, **given), by=by)
    assert draft is not None
    return draft


def test_a_draft_names_no_action_of_a_circle_that_is_not_its_own(maya: User, rosa: User) -> None:
    secret = start_action(title="SECRET shade", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    respond(inside, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=secret)
    outside = make_idea(proposed_by=maya, owner=rosa)

    draft = keep_answer_draft(outside, Typed(ResponseKind.ACTION, "Soon.", action_id=secret.id), by=rosa)

    assert draft is not None
    assert draft.action is None
    assert draft.problem


def test_a_draft_changes_nothing_that_anybody_else_could_see(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    before = [*export()]

    draft = kept(idea, rosa, "Zanzibar is not the reason.")

    assert (idea.standing, idea.responses, [*export()]) == (Standing.WAITING, [], before)
    assert session().scalars(select(Response)).all() == []
    found = session().scalars(select(SearchEntry.id).where(SearchEntry.body.contains("zanzibar"))).all()
    assert found == []
    assert "Zanzibar" not in str([row.after for row in session().scalars(select(AuditEntry))])
    assert [may_read_draft(maya, draft), may_publish_draft(maya, draft)] == [False, False]


def test_one_draft_for_each_of_the_staff_and_the_last_one_stays(maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    kept(idea, rosa, "First.")
    kept(idea, rosa, "Second.", kind=ResponseKind.QUESTION)
    kept(idea, sam, "Another one.", kind=None)

    first, second = answer_drafts(rosa, reach_of(rosa))
    assert (first.message, first.problem) == ("Second.", "")
    assert (second.message, second.problem) == ("Another one.", "Choose what kind of answer this is.")
    assert count_answer_drafts(rosa, reach_of(rosa)) == 1
    assert keep_answer_draft(idea, Typed(kind=None), by=rosa) is None
    assert answer_draft_of(idea, rosa) is None


def test_whoever_may_not_answer_keeps_reads_and_publishes_no_draft(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    ben = make_user("ben@example.com", "Ben Ito", Role.RESPONDER)
    draft = kept(make_idea(proposed_by=ben, owner=rosa), rosa)
    inside = kept(make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa)), rosa)

    for person in (maya, omar):
        with pytest.raises(NotYours):
            keep_answer_draft(draft.idea, Typed(kind=WHY, message=REASON), by=person)
    # Ben wrote the suggestion; Sam has no seat in the circle; a colleague reads and does not publish.
    assert not may_read_draft(ben, draft)
    assert (may_publish_draft(sam, draft), may_read_draft(sam, inside)) == (True, False)
    assert (may_read_draft(ben, inside), answer_drafts(ben, reach_of(ben))) == (False, [])
    assert [row.id for row in answer_drafts(sam, reach_of(sam))] == [draft.id]
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    assert (may_read_draft(ines, draft), may_publish_draft(ines, draft)) == (True, False)
    with pytest.raises(NotYours):
        drop_answer_draft(draft, by=ines)
    assert publish_drafts([draft], by=ines) == ([], [draft])
    assert draft.problem == "Rosa Pereira publishes this, or a manager."


def test_many_are_published_at_once_and_one_that_fails_stays_with_its_reason(maya: User, rosa: User, sam: User) -> None:
    ideas = [make_idea(proposed_by=maya, owner=rosa, title=f"Idea {number}") for number in range(5)]
    good = kept(ideas[0], rosa)
    # Refused by what was answered meanwhile, by the words of the one before it, and after its action was opened.
    respond(ideas[1], kind=WHY, message="A zip would let the damp into the foam.", by=sam)
    late = kept(ideas[1], rosa, "We read it.", kind=ResponseKind.ACKNOWLEDGEMENT)
    twice = kept(ideas[2], rosa)
    done = {"kind": ResponseKind.ACTION, "title": "A hidden zip", "stage": ActionStage.DONE}
    opening = kept(ideas[3], rosa, "Done.", proof_url="https://lumen.example/zip", **done)
    orphan = kept(ideas[4], rosa, "Soon.", kind=ResponseKind.ACTION, title="A second zip")
    merge_ideas(ideas[4], into=ideas[0], by=sam)
    session().commit()

    given, left = publish_drafts([good, late, twice, opening, orphan], by=sam)

    assert [answer.idea_id for answer in given] == [ideas[0].id, ideas[3].id]
    assert {answer.answered_by_id for answer in given} == {rosa.id}
    assert [draft.id for draft in left] == [late.id, twice.id, orphan.id]
    assert late.problem.startswith("This has its answer already.")
    assert twice.problem.startswith("You gave this answer word for word to 1 person.")
    assert orphan.problem.startswith("This was joined with another suggestion.")
    assert session().scalars(select(Action.title)).all() == ["A hidden zip"]
    assert [draft.id for draft in answer_drafts(rosa, reach_of(rosa))] == [twice.id, late.id]
    assert session().get_one(Idea, ideas[3].id).standing is Standing.DONE
    by = session().execute(select(AuditEntry.verb, AuditEntry.by_id).where(AuditEntry.verb.contains("publ"))).all()
    assert [tuple(row) for row in by] == [("answer_draft.published", sam.id)] * 2
    assert verify().broken is None


def test_a_draft_says_at_once_what_it_lacks(maya: User, rosa: User) -> None:
    idea, yes = make_idea(proposed_by=maya, owner=rosa), ResponseKind.ACTION

    for given, lacks in (
        ({"kind": None}, "Choose what kind of answer this is."),
        ({"message": "No."}, "An explanation needs its reason"),
        ({"kind": yes}, "Say in one line what the company does"),
        ({"kind": yes, "title": "A zip", "stage": ActionStage.DONE}, "Done needs something to see"),
        ({"kind": yes, "title": "A zip", "stage": ActionStage.DROPPED, "words": "No."}, "Say why it was dropped"),
        ({"kind": yes, "title": "A zip"}, ""),
        ({}, ""),
    ):
        problem = kept(idea, rosa, **given).problem
        assert (problem.startswith(lacks), bool(problem)) == (True, bool(lacks)), problem


def test_words_that_a_colleague_gave_are_pointed_out_with_everyone_who_got_them(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    first, second, third = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar, maya))
    respond(first, kind=WHY, message=REASON, by=rosa)

    assert kept(second, sam).problem.startswith("1 person got this answer here word for word.")
    assert kept(second, rosa).problem.startswith("You gave this answer word for word to 1 person.")
    respond(second, kind=WHY, message=REASON, by=sam)
    assert kept(third, rosa).problem.startswith("2 people got this answer here word for word.")


def test_letter_case_spaces_and_end_marks_make_no_other_words_of_it(maya: User, omar: User, rosa: User) -> None:
    answered, idea = (make_idea(proposed_by=person, owner=rosa) for person in (omar, maya))
    in_languages = {"de": "Das Überlicht wäre 10.5 Grad zu heiß."}
    said = "Überlight is 10.5 degrees too hot. The resin would crack!"
    respond(answered, kind=WHY, message=said, language="en", in_languages=in_languages, by=rosa)
    # Among answers that hold the same words, and more.
    for number in range(3):
        respond(make_idea(proposed_by=omar, owner=rosa), kind=WHY, message=f"{number} {said}", by=rosa)

    def told(words: str) -> tuple[int, int]:
        return people_told(words, by=rosa, besides=idea)

    for same in (
        said,
        said.upper(),
        " überlight IS  10.5 degrees\r\ntoo hot …\n\nThe resin would crack ",
        said[:-1] + ".",
    ):
        assert told(same) == (1, 1), same
    others = (
        said.replace("10.5", "10,5"),
        said.replace("crack", "cracks"),
        said.replace("Ü", "U"),
        said[:34],
        f"{said} Sorry.",
        "…",
        "",
    )
    for other in others:
        assert told(other) == (0, 0), other


def test_everyone_who_got_these_words_counts_however_they_were_typed(maya: User, omar: User, rosa: User) -> None:
    idea, kim = make_idea(proposed_by=maya, owner=rosa), make_user("kim@example.org", "Kim")
    for author, words in ((omar, REASON), (kim, REASON.upper()), (kim, f"{REASON} Glass would too.")):
        respond(make_idea(proposed_by=author, owner=rosa), kind=WHY, message=words, by=rosa)

    assert people_told(REASON, by=rosa, besides=idea) == (2, 2)
    assert people_told(REASON, by=maya, besides=idea) == (0, 2)


def test_a_draft_that_was_published_meanwhile_is_passed_over(maya: User, rosa: User) -> None:
    draft = kept(make_idea(proposed_by=maya, owner=rosa), rosa)
    assert (draft.idea.title, draft.written_by.name) == ("A warmer lamp", "Rosa Pereira")
    # Somebody else's hand, of which this session knows nothing.
    session().execute(text("DELETE FROM answer_draft"))

    assert publish_drafts([draft], by=rosa) == ([], [])
    assert session().scalars(select(Response)).all() == []


def test_a_draft_waits_for_its_writer_where_somebody_answered_after_it(maya: User, rosa: User, sam: User) -> None:
    read, asked = (make_idea(proposed_by=maya, owner=rosa, title=title) for title in ("Read", "Asked back"))
    drafts = [kept(read, rosa), kept(asked, rosa, "The frame would bend, as it did in the first ten.")]
    with pretend(now() + timedelta(minutes=1)):
        respond(read, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=sam)
        respond(asked, kind=ResponseKind.QUESTION, message="Which one?", by=sam)

    given, left = publish_drafts(drafts, by=rosa)

    # That it was read changes nothing of what is to be said; a question may.
    assert [(answer.idea_id, answer.message) for answer in given] == [(read.id, REASON)]
    assert [(draft.idea_id, draft.problem[:49]) for draft in left] == [
        (asked.id, "Sam Okafor answered after this was written. Open ")
    ]
    with pretend(now() + timedelta(minutes=2)):
        again = kept(asked, rosa, left[0].message)
    assert [answer.message for answer in publish_drafts([again], by=rosa)[0]] == [left[0].message]


def test_an_answer_that_is_given_takes_its_writers_draft_along(maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    kept(idea, rosa, "What I thought first.")
    kept(idea, sam, "Another one.")

    give(idea, Typed(kind=WHY, message=REASON), by=rosa)

    assert [draft.written_by_id for draft in answer_drafts(sam, reach_of(sam))] == [sam.id]


def test_words_given_before_are_pointed_out_and_given_again_on_purpose(maya: User, omar: User, rosa: User) -> None:
    give(make_idea(proposed_by=omar, owner=rosa), Typed(kind=WHY, message=REASON), by=rosa)
    idea = make_idea(proposed_by=maya, owner=rosa)

    with pytest.raises(RepeatedWords, match="to 1 person"):
        give(idea, Typed(kind=WHY, message=REASON), by=rosa)
    assert give(idea, Typed(kind=WHY, message=REASON, repeats=True), by=rosa).message == REASON


def test_the_words_of_the_list_are_no_explanation_by_themselves(maya: User, rosa: User) -> None:
    add_reason(title="Frost", words="It would not be safe outdoors,\nand we sell nothing that is not.", by=rosa)
    idea = make_idea(proposed_by=maya, owner=rosa)
    start = "It would not be safe outdoors, and we sell nothing that is not."

    for words in (start, f"{start} So no.", f"{start} {start}"):
        with pytest.raises(NoReason, match="of your own"):
            respond(idea, kind=WHY, message=words, by=rosa)

    assert respond(idea, kind=WHY, message=f"{start} {REASON}", by=rosa).kind is WHY
