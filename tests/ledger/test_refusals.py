"""What the verbs of the ledger refuse by themselves, whichever page, command or job calls them."""

from datetime import timedelta
from io import BytesIO

import pytest

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.storage import StoredPicture
from portal.ledger.models import ActionStage, Attachment, OwnerRule, Reason, ResponseKind
from portal.ledger.services import (
    AlreadyAnswered,
    AnsweredMeanwhile,
    BadAbsence,
    NoAction,
    NobodyToAnswer,
    NothingNew,
    NoTitle,
    NotYours,
    NoWords,
    TooLong,
    TooMany,
    Typed,
    UnknownLanguage,
    add_more_pictures,
    add_pictures,
    add_reason,
    add_tag,
    answer_question,
    bring_over,
    change_reason,
    comment,
    drop_owner_rule,
    end_absence,
    give,
    give_new_date,
    hand_over,
    hand_over_action,
    merge_ideas,
    name_fall_back,
    name_owner_of_tag,
    plan_absence,
    record_progress,
    remove_attachment,
    remove_reason,
    remove_tag,
    respond,
    reword,
    reword_comment,
    say_whether_it_helped,
    split_idea,
    start_action,
    suggest,
    take_back_vote,
    take_out,
)
from tests.factories import make_circle, make_idea, make_user
from tests.refused import refused

REASON = "The resin would crack in the first hard frost."
PLANNED, WHY = ActionStage.PLANNED, ResponseKind.EXPLANATION


def test_whoever_is_not_of_the_company_answers_and_arranges_nothing(
    maya: User, omar: User, sam: User, rosa: User
) -> None:
    idea, other = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="A zip", owner=rosa, stage=PLANNED, by=rosa)
    tag, rule = add_tag(idea, "Wiring", by=rosa), OwnerRule(tag="shade", owner_id=rosa.id)
    reason = add_reason(title="Frost", words="It would not be safe outdoors.", by=rosa)
    session().add(rule)
    gone = make_user("ines@example.com", "Ines Moreau", Role.MANAGER)
    gone.suspended_at = now()
    session().commit()

    for outside in (omar, gone):
        refused(NotYours, respond, idea, kind=WHY, message=REASON, by=outside)
        refused(NotYours, hand_over, idea, to=sam, word="You know.", by=outside)
        refused(NotYours, hand_over, idea, to=outside, word="You know.", by=rosa)
        refused(NotYours, give_new_date, idea, until=now(), words="Frost.", by=outside)
        refused(NotYours, merge_ideas, idea, into=other, by=outside)
        refused(NotYours, split_idea, idea, by=outside)
        refused(NotYours, add_tag, idea, "Shade", by=outside)
        refused(NotYours, remove_tag, idea, tag, by=outside)
        refused(NotYours, start_action, title="A zip", owner=rosa, stage=PLANNED, by=outside)
        refused(NotYours, start_action, title="A zip", owner=outside, stage=PLANNED, by=rosa)
        refused(NotYours, record_progress, action, stage=PLANNED, words="Soon.", by=outside)
        refused(NotYours, add_reason, title="Cost", words="It would cost more.", by=outside)
        refused(NotYours, change_reason, reason, title="Cost", words="It would cost more.", by=outside)
        refused(NotYours, remove_reason, reason, by=outside)
        refused(NotYours, name_fall_back, outside, by=sam)
        refused(NotYours, name_owner_of_tag, "Wiring", outside, by=sam)
    # These are for managers; Rosa is none.
    for no_manager in (omar, gone, rosa):
        refused(NotYours, name_fall_back, sam, by=no_manager)
        refused(NotYours, name_owner_of_tag, "Wiring", sam, by=no_manager)
        refused(NotYours, drop_owner_rule, rule, by=no_manager)
    refused(NotYours, suggest, title="By phone", body="", by=omar, on_behalf_of="Lena")


def test_somebody_elses_words_and_pictures_are_theirs(maya: User, omar: User, rosa: User) -> None:
    idea, joined = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    picture = Attachment(idea=idea, key="k", width=1, height=1, size=1, added_by_id=maya.id)
    session().add(picture)
    respond(idea, kind=ResponseKind.QUESTION, message="Which one?", by=rosa)
    session().commit()

    for other in (omar, rosa):
        refused(NotYours, answer_question, idea, words="This one.", by=other)
        refused(NotYours, say_whether_it_helped, idea, helped=True, words="", by=other)
        refused(NotYours, add_pictures, idea, [BytesIO(b"x")], by=other)
        refused(NotYours, add_more_pictures, idea, [("x.png", BytesIO(b"x"))], by=other)
        refused(NotYours, remove_attachment, picture, by=other)
    waited = [StoredPicture(f"k{number}", 1, 1, 1, "") for number in range(6)]
    refused(TooMany, add_pictures, joined, [BytesIO(b"x")], by=maya, kept=waited)
    refused(NothingNew, merge_ideas, idea, into=idea, by=rosa)
    merge_ideas(joined, into=idea, by=rosa)
    refused(NothingNew, merge_ideas, joined, into=idea, by=rosa)
    refused(NotYours, take_back_vote, joined, by=omar)
    refused(NothingNew, merge_ideas, make_idea(proposed_by=maya, owner=rosa), into=joined, by=rosa)
    assert (take_out(idea, by=rosa), take_out(idea, by=rosa)) == (True, False)
    assert joined.merged_into_id is None
    refused(NotYours, remove_attachment, picture, by=maya)


def test_an_absence_has_days_in_order_and_somebody_else_in_it(maya: User, sam: User, rosa: User) -> None:
    ben = make_user("ben@example.com", "Ben Ito", Role.RESPONDER)
    gone = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    gone.suspended_at = now()
    day = config.today()
    days = {"from_day": day, "until_day": day}

    refused(NotYours, plan_absence, rosa, **days, stand_in=sam, by=ben)
    refused(NotYours, plan_absence, rosa, **days, stand_in=sam, by=maya)
    refused(NotYours, plan_absence, maya, **days, stand_in=sam, by=sam)
    refused(NotYours, plan_absence, gone, **days, stand_in=sam, by=gone)
    for nobody in (rosa, maya, gone):
        refused(BadAbsence, plan_absence, rosa, **days, stand_in=nobody, by=rosa)
    for first, last in ((0, -1), (-2, -1), (2, 1)):
        begins, ends = (day + timedelta(days=number) for number in (first, last))
        refused(BadAbsence, plan_absence, rosa, from_day=begins, until_day=ends, stand_in=sam, by=rosa)
    planned = plan_absence(rosa, **days, stand_in=ben, by=sam)
    for other in (ben, maya, gone):
        refused(NotYours, end_absence, planned, by=other)
    end_absence(planned, by=sam)


def test_an_answer_that_is_none_is_refused(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    secret = start_action(title="SECRET shade", owner=rosa, stage=PLANNED, by=rosa)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    respond(inside, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=secret)
    read, said = ResponseKind.ACKNOWLEDGEMENT, "We read it."
    six = dict.fromkeys(("de", "fr", "es", "it", "nl", "pt"), said)

    refused(NoAction, give, idea, Typed(kind=None, message=said), by=rosa)
    refused(NoAction, respond, idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=secret)
    refused(NoAction, respond, idea, kind=ResponseKind.ACTION, message="We will.", by=rosa)
    refused(NoAction, respond, idea, kind=read, message=said, by=rosa, action=secret)
    for language, others in (
        (None, {"de": said}), ("en", {"en": said}), ("en", {"xx": said}), ("xx", {"de": said}), ("en", six),
    ):  # fmt: skip
        refused(
            UnknownLanguage, respond, idea, kind=read, message=said, by=rosa, language=language, in_languages=others
        )
    del six["pt"]
    refused(UnknownLanguage, respond, idea, kind=read, message="", by=rosa, language="en", in_languages=six)
    assert respond(idea, kind=read, message=said, by=rosa, language="en", in_languages=six).in_languages == six


def test_the_same_answer_stands_once_and_none_goes_past_another_unread(maya: User, sam: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    zip_, hem, again = (
        start_action(title=title, owner=rosa, stage=PLANNED, by=rosa) for title in ("Zip", "Hem", "Hem")
    )
    yes = {"kind": ResponseKind.ACTION, "message": "Yes."}

    first = respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=sam, seen=0)
    for by in (rosa, sam):
        refused(AnsweredMeanwhile, respond, idea, **yes, action=zip_, by=by, seen=0)
    for by, words in ((rosa, "^Sam Okafor answered"), (sam, "^You gave another answer")):
        with pytest.raises(AnsweredMeanwhile, match=words):
            respond(idea, **yes, action=zip_, by=by, seen=0)
    second = respond(idea, **yes, action=zip_, by=rosa, seen=first.id)
    refused(NothingNew, respond, idea, **yes, action=zip_, by=rosa)
    respond(idea, **yes, action=hem, by=rosa, seen=second.id)
    # A form sent twice would open a second action of the same name.
    refused(NothingNew, respond, idea, **yes, action=again, by=rosa)
    refused(AlreadyAnswered, respond, idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)
    opened = make_idea(proposed_by=maya, owner=rosa)
    refused(NoAction, respond, opened, kind=ResponseKind.OUTCOME, message="It hangs in every shop now.", by=rosa)


def test_the_list_of_reasons_has_room_for_so_many_words(rosa: User) -> None:
    refused(NoTitle, add_reason, title=" ", words="It would cost more.", by=rosa)
    refused(NoTitle, add_reason, title="x" * 81, words="It would cost more.", by=rosa)
    refused(NoWords, add_reason, title="Cost", words=" \n", by=rosa)
    refused(TooLong, add_reason, title="Cost", words="x" * 2001, by=rosa)
    reason = add_reason(title="x" * 80, words="x" * 2000, by=rosa)
    session().add_all(Reason(title=f"{number}", words="No.", changed_by_id=rosa.id) for number in range(39))
    refused(TooMany, add_reason, title="One more", words="It would cost more.", by=rosa)
    change_reason(reason, title="Cost", words="It would cost more.", by=rosa)


def test_words_that_no_page_could_show_are_refused_wherever_they_are_written(
    maya: User, omar: User, sam: User, rosa: User
) -> None:
    full, long, due = "x" * 20_000, "x" * 20_001, now() - timedelta(days=1)
    idea = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=due)
    settled, asked = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="A zip", owner=rosa, stage=PLANNED, by=rosa)
    said = comment(idea, body=full, by=omar)
    respond(settled, kind=WHY, message=REASON, by=rosa)
    respond(asked, kind=ResponseKind.QUESTION, message=full, by=rosa)
    read = {"kind": ResponseKind.ACKNOWLEDGEMENT, "by": rosa}

    refused(TooLong, hand_over, idea, to=sam, word=long, by=rosa)
    refused(TooLong, hand_over_action, action, to=sam, word=long, by=rosa)
    refused(TooLong, give_new_date, idea, until=now() + timedelta(days=1), words=long, by=rosa)
    refused(TooLong, respond, idea, message=long, **read)
    refused(TooLong, respond, idea, message="Read.", language="en", in_languages={"de": long}, **read)
    refused(TooLong, record_progress, action, stage=PLANNED, words=long, by=rosa)
    refused(TooLong, comment, idea, body=long, by=omar)
    refused(TooLong, reword_comment, said, body=long, by=omar)
    refused(TooLong, reword, idea, title="A lamp", body=long, by=maya)
    refused(TooLong, answer_question, asked, words=long, by=maya)
    refused(TooLong, say_whether_it_helped, settled, helped=False, words=long, by=maya)
    refused(NoWords, answer_question, asked, words=" ", by=maya)
    refused(NoWords, say_whether_it_helped, settled, helped=False, words=" ", by=maya)
    for verb, row, words in ((reword_comment, said, {"body": full}), (reword, idea, {"title": idea.title, "body": ""})):
        refused(NothingNew, verb, row, **words, by=row.author if row is said else maya)
    for title in (" ", "x" * 161):
        refused(NoTitle, reword, idea, title=title, body="", by=maya)
        refused(NoTitle, start_action, title=title, owner=rosa, stage=PLANNED, by=rosa)
    reword(idea, title="x" * 160, body=full, by=maya)


def test_nothing_is_brought_over_to_a_place_where_nobody_answers(db: str) -> None:
    line = b'{"id": 1, "title": "A lamp", "text": "", "author": "Ben", "created_at": "2024-03-01T10:00:00Z"}'
    refused(NobodyToAnswer, bring_over, [line], source="elsewhere")
