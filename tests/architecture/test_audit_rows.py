"""Each change of state writes one row: every verb of the ledger and the community, walked through one by one."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

import portal
from portal.accounts.models import User
from portal.community import services as community
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger import services as ledger
from portal.ledger.models import ActionStage, ResponseKind
from portal.moderation import services as moderation
from portal.moderation.models import Concern
from portal.updates import services as updates
from portal.updates.models import Level
from tests.conftest import settings_for_tests
from tests.factories import make_idea
from tests.pictures import photo

STAGES = ("ledger", "community", "moderation", "updates")
# These have their rows looked at where they are tested: what passes things on, a letter that is accepted, an outbox.
ELSEWHERE = {"ask.passed_on", "circle.passed_on", "event.passed_on", "member.admitted", "mail.tried_again"}
REASON = "The resin would crack in the first hard frost."
DAY, ITSELF = timedelta(days=1), " by itself"
walked: set[str] = set()


@contextmanager
def writes(by: User | None, *verbs: str) -> Iterator[None]:
    """What happens inside writes exactly these rows, in order, under this name; or under none, where they say so."""
    last = session().scalar(select(func.max(AuditEntry.id))) or 0
    yield
    session().flush()
    rows = session().execute(
        select(AuditEntry.verb, AuditEntry.by_id).where(AuditEntry.id > last).order_by(AuditEntry.id)
    )
    own = [(verb.removesuffix(ITSELF), by.id if by and not verb.endswith(ITSELF) else None) for verb in verbs]
    assert [tuple(row) for row in rows] == own
    walked.update(verb for verb, _by in own)


def members_on_the_ledger(maya: User, omar: User, rosa: User, sam: User) -> None:
    with writes(maya, "idea.suggested"):
        idea = ledger.suggest(title="A warmer lamp", body="", by=maya, form_key="k")
    with writes(maya):
        ledger.suggest(title="A warmer lamp", body="", by=maya, form_key="k")
    with writes(maya, "idea.reworded"):
        ledger.reword(idea, title="A warm lamp", body="", by=maya)
    with writes(omar, "vote.given"):
        assert (ledger.vote(idea, omar), ledger.vote(idea, omar)) == (True, False)
    with writes(omar, "vote.taken_back"):
        assert (ledger.take_back_vote(idea, omar), ledger.take_back_vote(idea, omar)) == (True, False)
    with writes(omar, "comment.added", "vote.given"):
        said = ledger.comment(idea, body="Mine too.", by=omar, is_case=True)
    with writes(omar, "comment.reworded"):
        ledger.reword_comment(said, body="Mine as well.", by=omar)
    with writes(maya, "idea.pictures_added"):
        (picture,) = ledger.add_pictures(idea, [BytesIO(photo())], by=maya)
    with writes(maya, "idea.picture_removed"):
        ledger.remove_attachment(picture, by=maya)
    with writes(omar, "subscription.changed"):
        updates.follow(idea, level=Level.EVERYTHING, by=omar)
        updates.follow(idea, level=Level.EVERYTHING, by=omar)
    with writes(omar, "preference.changed", "preference.changed"):
        updates.set_preferences(omar, answers_by_mail=False)
        updates.set_preferences(omar, answers_by_mail=False)
        updates.change_news(omar, by_mail=False)
        updates.change_news(omar, by_mail=False)


def the_company_on_the_ledger(maya: User, omar: User, rosa: User, sam: User) -> None:
    idea, other = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    draft = ledger.Typed(kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.")

    with writes(rosa, "idea.tagged"):
        tag = ledger.add_tag(idea, "Shade", by=rosa)
        ledger.add_tag(idea, "shade", by=rosa)
    with writes(rosa, "idea.untagged"):
        ledger.remove_tag(idea, tag, by=rosa)
        ledger.remove_tag(idea, tag, by=rosa)
    with writes(rosa, "idea.handed_over"):
        ledger.hand_over(idea, to=sam, word="You know.", by=rosa)
    with pretend(now() + 2 * DAY), writes(rosa, "idea.new_date"):
        ledger.give_new_date(other, until=now() + DAY, words="Frost.", by=rosa)
    with writes(rosa, "answer_draft.kept", "answer_draft.dropped", "answer_draft.kept"):
        kept = ledger.keep_answer_draft(idea, draft, by=rosa)
        assert kept is not None
        ledger.drop_answer_draft(kept, by=rosa)
        kept = ledger.keep_answer_draft(idea, draft, by=rosa)
    assert kept is not None
    with writes(rosa, "idea.answered", "answer_draft.published"):
        ledger.publish_drafts([kept], by=rosa)
    with writes(rosa, "idea.answered"):
        ledger.respond(idea, kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    with writes(maya, "author.spoke"):
        ledger.answer_question(idea, words="This one.", by=maya)
    with writes(rosa, "action.started", "action.moved"):
        action = ledger.start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    with writes(rosa, "action.moved"):
        ledger.record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)
    with writes(rosa, "action.handed_over"):
        ledger.hand_over_action(action, to=sam, word="You know.", by=rosa)
    with writes(rosa, "idea.merged", "idea.split"):
        ledger.merge_ideas(other, into=idea, by=rosa)
        ledger.split_idea(other, by=rosa)
    with writes(None, "user.imported", "user.imported", "idea.imported"):
        line = b'{"id": 1, "title": "A lamp", "author": "Ben", "decision": "Rejected", "reason": "It would crack."}'
        list_of = [line.replace(b'"author"', b'"created_at": "2024-03-01T10:00:00Z", "text": "", "author"')]
        ledger.bring_over(list_of, source="elsewhere")


def managers_on_the_ledger(maya: User, omar: User, rosa: User, sam: User) -> None:
    day = config.today()
    with writes(sam, "owner.fall_back", "owner.fall_back"):
        ledger.name_fall_back(rosa, by=sam)
        ledger.name_fall_back(None, by=sam)
    with writes(sam, "owner.of_tag", "owner.rule_dropped"):
        ledger.drop_owner_rule(ledger.name_owner_of_tag("Shade", rosa, by=sam), by=sam)
    with writes(sam, "absence.planned", "absence.ended"):
        ledger.end_absence(ledger.plan_absence(rosa, from_day=day, until_day=day, stand_in=sam, by=sam), by=sam)
    with writes(sam, "terms.set"):
        ledger.set_terms(circle=None, acknowledge_hours=2, decide_days=3, by=sam)
    with writes(None, "public_ledger.opened", "public_ledger.closed"):
        for is_open in (True, True, False, False):
            config.use(settings_for_tests(PUBLIC_LEDGER=is_open))
            ledger.note_opening()
    with writes(sam, "reason.added", "reason.changed", "reason.removed"):
        reason = ledger.add_reason(title="Frost", words="It would not be safe outdoors.", by=sam)
        ledger.change_reason(reason, title="Cold", words="It would not be safe outdoors.", by=sam)
        ledger.remove_reason(reason, by=sam)


def moderators(maya: User, omar: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    with writes(omar, "words.reported"):
        moderation.report(idea, concern=Concern.OTHER, by=omar)
        moderation.report(idea, concern=Concern.HURTFUL, by=omar)
    with writes(sam, "words.taken_out", "decision.made"):
        out = moderation.remove(idea, reason="It hurts somebody.", by=sam)
    with writes(maya, "decision.appealed"):
        asked = moderation.appeal(out, words="It does not.", by=maya)
    with writes(sam, "words.shown", "decision.made"):
        moderation.settle_appeal(asked, is_upheld=True, answer="", by=sam)
    with writes(sam, "decision.made", "decision.made"):
        moderation.suspend(maya, reason="Three warnings.", by=sam)
        moderation.readmit(maya, by=sam)
    member = Member(user_id=omar.id, founding_number=1)
    session().add(member)
    with writes(sam, "entry_rule.set", "member.trusted", "member.trust_ended"):
        community.set_entry_rule(first_held=0, holds_links=True, words="", by=sam)
        assert (community.trust(omar, by=sam), community.trust(omar, by=sam)) == (True, False)
        assert (community.end_trust(omar, by=sam), community.end_trust(omar, by=sam)) == (True, False)
    said = ledger.comment(idea, body="Mine.", by=omar)
    said.body = "Mine: https://example.com"
    with writes(None, "words.held"):
        assert ledger.hold_if_due(said, omar, before="Mine.")
    with writes(rosa, "member.thanked"):
        thanks = community.thank(member, words="Thank you.", by=rosa)
    with writes(omar, "thanks.shown", "thanks.hidden", "user.introduced"):
        for is_shown in (True, True, False):
            community.show_thanks(thanks, is_shown=is_shown, by=omar)
        community.introduce(omar, name="Omar Haddad", time_zone=None)


def people_of_a_circle_and_a_question(maya: User, omar: User, rosa: User, sam: User) -> None:
    with writes(rosa, "circle.made", "circle.seat_given", "circle.seat_given"):
        circle = community.make_circle(name="Shade", note="Between us.", by=rosa)
        assert (community.give_seat(circle, maya, by=rosa), community.give_seat(circle, maya, by=rosa)) == (True, False)
    with writes(maya, "circle.entered", "circle.listed", "circle.seat_ended"):
        community.confirm_note(circle, by=maya)
        community.confirm_note(circle, by=maya)
        for is_listed in (False, False):
            community.list_in_directory(circle, is_listed=is_listed, by=maya)
        community.take_seat(circle, maya, by=maya)
    with writes(rosa, "circle.changed", "circle.closed", "circle.reopened"):
        community.change_circle(circle, name="Shades", about="", note="", owner=rosa, by=rosa)
        for is_closed in (True, True, False):
            community.close_circle(circle, is_closed=is_closed, by=rosa)
    times = {"opens_at": now() + DAY, "closes_at": now() + 3 * DAY, "owner": rosa, "by": rosa}
    with writes(rosa, "ask.put", "ask.changed", "ask.pictures_added", "ask.picture_removed"):
        ask = community.put_ask(question="Which?", choices=["Tall", "Wide"], **times)
        community.change_ask(ask, question="Which one?", background="", **times)
        (picture,) = community.add_ask_pictures(ask, [BytesIO(photo())], by=rosa)
        community.remove_ask_picture(picture, by=rosa)
    with pretend(now() + 2 * DAY):
        with writes(None, "ask.opened"):
            assert (community.open_ask(ask), community.open_ask(ask)) == (True, False)
        with writes(omar, "ask.voted"):
            community.choose(ask, ask.choices[0], by=omar)
        with writes(rosa, "ask.ended", "ask.closed"):
            community.close_ask(ask, heard="The tall one.", will_do="We build it.", by=rosa)


def people_of_an_event(maya: User, omar: User, rosa: User, sam: User) -> None:
    given = {"title": "A day", "place": "Here", "time_zone": "Europe/Berlin", "host": rosa, "by": rosa, "places": 1}
    given |= {"starts_at": now() + DAY, "ends_at": now() + 2 * DAY}
    with writes(rosa, "event.planned", "event.changed", "event.planned", "event.cancelled"):
        event = community.plan_event(**given)
        community.change_event(event, **given | {"title": "A good day"})
        community.cancel_event(community.plan_event(**given), why="It rains.", by=rosa)
    with writes(maya, "event.place_taken"):
        community.take_place(event, by=maya)
        community.take_place(event, by=maya)
    with writes(omar, "event.waiting"):
        community.take_place(event, by=omar)
    # Who comes in was moved up by the portal itself.
    with writes(maya, "event.place_returned", "event.moved_up by itself"):
        community.give_back(event, maya, by=maya)
    with writes(None, "event.reminded"):
        community.remind(event)
        community.remind(event)
    with pretend(now() + 3 * DAY), writes(rosa, "event.came", "event.thanked"):
        community.mark_came(event, [omar.id], by=rosa)
        community.thank_people(event, words="Thank you.", by=rosa)


WALKS = (
    members_on_the_ledger, the_company_on_the_ledger, managers_on_the_ledger, people_of_a_circle_and_a_question,
    people_of_an_event, moderators,
)  # fmt: skip


def verbs_of(stage: str) -> Iterator[str]:
    """Every verb that the sources of a stage write down."""
    for file in Path(portal.__path__[0], stage).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "record":
                words = (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))
                yield from (word for word in words if isinstance(word, str))


# What a row says has nothing to do with the database.
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_each_change_writes_its_one_row_and_none_is_left_out(
    db: str, maya: User, omar: User, rosa: User, sam: User, tmp_path: Path
) -> None:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    for walk in WALKS:
        walk(maya, omar, rosa, sam)

    assert {verb for stage in STAGES for verb in verbs_of(stage)} - ELSEWHERE == walked
    assert len(walked) > 60
