"""What the verbs of moderation refuse by themselves, whichever page calls them."""

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.ledger.models import ResponseKind
from portal.ledger.services import comment, respond, say_whether_it_helped, take_out
from portal.moderation.models import Concern
from portal.moderation.services import (
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
from tests.factories import make_circle, make_idea
from tests.refused import refused

REASON = "The resin would crack in the first hard frost."


def test_nobody_decides_about_what_is_not_theirs_or_stands_as_it_should(
    maya: User, omar: User, rosa: User, sam: User, ada: User
) -> None:
    idea, inside = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    inside.circle = make_circle(maya, rosa)
    theirs = make_idea(proposed_by=sam, owner=rosa)
    said = comment(idea, body="Me too.", by=omar)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    word = say_whether_it_helped(idea, helped=False, words="It cracked.", by=maya)
    told = {"reason": "It hurts somebody."}

    for words, author in ((idea, maya), (said, omar), (word, maya), (inside, omar), (inside, sam)):
        refused(NotYours, report, words, concern=Concern.HURTFUL, by=author)
    assert report(said, concern=Concern.HURTFUL, by=maya)
    assert not report(said, concern=Concern.OTHER, by=maya)
    for words, who in ((idea, rosa), (idea, maya), (inside, sam), (theirs, sam)):
        refused(NotYours, approve, words, by=who)
        refused(NotYours, ask_for_change, words, by=who, **told)
        refused(NotYours, remove, words, by=who, **told)
    for words in (idea, said, word):
        refused(NothingToDecide, ask_for_change, words, by=sam, **told)
        refused(NoReason, remove, words, reason=" ", by=sam)
        refused(ChangedSince, remove, words, by=sam, seen="something else", **told)
        words.held_at = now()
    refused(NoReason, ask_for_change, idea, reason=" ", by=sam)
    # An author cannot change what they said to an answer.
    refused(NothingToDecide, ask_for_change, word, by=sam, **told)
    take_out(said, by=sam)
    for verb, more in ((approve, {}), (remove, told), (ask_for_change, told)):
        refused(NothingToDecide, verb, said, by=sam, **more)


def test_another_look_is_asked_for_once_and_given_by_somebody_who_reads_it(
    maya: User, omar: User, rosa: User, sam: User, ada: User
) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa, sam))
    out = remove(idea, reason="It hurts somebody.", by=sam)

    refused(NotYours, appeal, out, words="It does not.", by=omar)
    refused(NoReason, appeal, out, words=" ", by=maya)
    asked = appeal(out, words="It does not.", by=maya)
    assert appeal(out, words="It does not. ", by=maya) is asked
    refused(NotYours, appeal, out, words="It does not at all.", by=maya)
    # The same words of somebody else are not the author's sent twice.
    refused(NotYours, appeal, out, words="It does not.", by=omar)
    for outside in (rosa, ada, maya):
        refused(NotYours, settle_appeal, asked, is_upheld=True, answer="", by=outside)
    refused(NoReason, settle_appeal, asked, is_upheld=False, answer=" ", by=sam)
    settle_appeal(asked, is_upheld=True, answer="", by=sam)
    refused(NotYours, settle_appeal, asked, is_upheld=True, answer="", by=sam)
    assert idea.removed_at is None


def test_a_person_is_shut_out_once_with_a_reason_and_let_in_once(maya: User, rosa: User, sam: User, ada: User) -> None:
    told = {"reason": "It hurts somebody."}
    for person, who in ((maya, rosa), (rosa, sam), (sam, sam), (ada, ada)):
        refused(NotYours, suspend, person, by=who, **told)
        refused(NotYours, readmit, person, by=who)
    refused(NoReason, suspend, maya, reason=" ", by=sam)
    refused(NothingToDecide, readmit, maya, by=sam)
    suspend(maya, by=sam, **told)
    refused(NothingToDecide, suspend, maya, by=sam, **told)
    readmit(maya, by=sam)
    assert maya.is_active
