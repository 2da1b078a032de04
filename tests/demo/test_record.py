"""The demonstration: the same each time, whole, and true to the house's own rules."""

import hashlib
from datetime import UTC, datetime
from itertools import chain

import pytest
from sqlalchemy import func, select

from portal.community.models import Ask, Event
from portal.demo.cast import MAKERS
from portal.demo.drafts import DRAFTS, LATE, REASONS
from portal.demo.mentions import a_year
from portal.demo.record import fill
from portal.demo.suggestions import DOINGS, SUGGESTIONS
from portal.demo.talk import GIVEN
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.chain import verify
from portal.ledger.models import (
    AnswerDraft,
    AuthorWord,
    Comment,
    Idea,
    IdeaTag,
    Naming,
    Reason,
    Response,
    Standing,
    WordKind,
)
from portal.ledger.queries import away_today
from portal.listening.models import Mention
from portal.makers.models import Person, Stage
from portal.moderation.models import Report

END = datetime(2026, 6, 15, 12, tzinfo=UTC)


def test_the_same_seed_gives_the_same_year():
    def print_of_year():
        words = "\n".join(f"{draft.external_id} {draft.text} {draft.created_at}" for draft in a_year(END))
        return hashlib.sha256(words.encode()).hexdigest()

    assert print_of_year() == print_of_year()


def test_nobody_speaks_from_the_future():
    assert max(draft.created_at for draft in a_year(END)) <= END


def test_every_answer_points_to_an_action_that_is_told():
    keys = {doing.key for doing in DOINGS}
    answers = [answer for suggestion in SUGGESTIONS for answer in suggestion.answers]

    assert {answer.action for answer in answers if answer.action} == keys
    assert {suggestion.by for suggestion in SUGGESTIONS} <= {
        maker.name.split()[0] for maker in MAKERS if maker.member_number
    }


@pytest.mark.parametrize("committing_db", ["sqlite", "postgresql"], indirect=True)
def test_a_filled_portal_has_something_on_every_page(committing_db):
    fill(lambda _words: None)

    count = {table: session().scalar(select(func.count()).select_from(table)) for table in (Idea, Response, Mention)}
    assert count[Idea] == len(SUGGESTIONS) + len(GIVEN) + 2
    assert count[Response] == sum(len(suggestion.answers) for suggestion in SUGGESTIONS) + len(GIVEN) + 1
    for table in (Comment, IdeaTag, Naming, Report):
        assert session().scalar(select(func.count()).select_from(table)), table
    assert session().scalar(select(func.count()).where(Idea.held_at.is_not(None))) == 1
    assert session().scalar(select(func.count()).select_from(Reason)) == len(REASONS)
    ready = list(session().scalars(select(AnswerDraft.problem == "").order_by(AnswerDraft.changed_at)))
    assert ready == [True] * (len(DRAFTS) - 1) + [False]
    assert set(session().scalars(select(Response.in_languages["de"].as_string()))) > {None}
    assert set(session().scalars(select(AuthorWord.kind))) == set(WordKind)
    assert session().scalars(select(Idea.title).where(Idea.new_date.is_not(None))).all() == [LATE]
    assert count[Mention] > 1000
    assert set(session().scalars(select(Idea.standing))) >= {Standing.WAITING, Standing.DONE, Standing.EXPLAINED}
    assert set(session().scalars(select(Person.stage))) >= {
        Stage.WATCHING,
        Stage.SHORTLISTED,
        Stage.INVITED,
        Stage.MEMBER,
    }
    assert session().scalar(select(func.count()).where(OutgoingMail.status == "pending")) < 8
    # One colleague is away, with something open that shows it.
    away = away_today()
    assert len(away) == 1
    assert session().scalar(select(func.count()).where(Idea.owner_id.in_(away), Idea.standing == Standing.WAITING))
    assert verify().broken is None
    # Whoever plans something means a full hour, and the company is there.
    asks = list(session().execute(select(Ask.opens_at, Ask.closes_at)))
    events = list(session().execute(select(Event.starts_at, Event.ends_at)))
    moments = [*chain(*asks, *events), *session().scalars(select(Idea.new_date).where(Idea.new_date.is_not(None)))]
    assert len(moments) == 9
    assert {(moment.minute, moment.second) for moment in moments} == {(0, 0)}
    assert all(config.current().hours.is_open(starts_at) for starts_at, _ends_at in events)
