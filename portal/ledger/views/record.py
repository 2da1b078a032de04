"""The page of one suggestion, for whoever reads it and after whatever they sent."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.queries import staff
from portal.foundation.access import actor, reader_zone
from portal.ledger.forms import HandOverForm, ResponseForm
from portal.ledger.models import Idea, ResponseKind, Standing
from portal.ledger.policies import may_hand_over, may_respond, may_vote
from portal.ledger.promises import first_name, is_overdue, promise_words
from portal.ledger.queries import idea_page, recent_actions


def show_record(
    idea: Idea, *, answer: ResponseForm | None = None, hand_over: HandOverForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """Render the page; a form that was refused comes back as it was typed."""
    reader = actor()
    page = render_template(
        "ledger/show_idea.html",
        idea=idea,
        owner_first=first_name(idea.owner.name),
        record=idea_page(idea, reader),
        promise=promise_words(idea.standing, idea.owner.name, idea.acknowledge_by, idea.decide_by, reader_zone()),
        is_overdue=is_overdue(idea.standing, idea.acknowledge_by, idea.decide_by),
        may_vote=may_vote(reader, idea),
        answer=answer or _fresh_answer(idea, reader),
        hand_over=hand_over or _hand_over_form(idea, reader),
    )
    return page, status


def answer_form() -> ResponseForm:
    """The answer form with the actions that it can name."""
    return ResponseForm(prefix="answer").offer(recent_actions())


def hand_over_form(idea: Idea) -> HandOverForm:
    """The hand-over form with everyone it can go to."""
    return HandOverForm(prefix="hand-over").offer(staff(), without={idea.owner_id, idea.proposed_by_id})


def _fresh_answer(idea: Idea, reader: User) -> ResponseForm | None:
    if not may_respond(reader, idea):
        return None
    form = answer_form()
    # A first word is what the first promise asks for.
    form.kind.data = ResponseKind.ACKNOWLEDGEMENT if idea.standing is Standing.WAITING else None
    return form


def _hand_over_form(idea: Idea, reader: User) -> HandOverForm | None:
    return hand_over_form(idea) if may_hand_over(reader, idea) else None
