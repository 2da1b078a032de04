"""The page of one suggestion, for whoever reads it and after whatever they sent."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.models import User
from portal.accounts.queries import staff
from portal.foundation.access import actor, reader_zone
from portal.foundation.database import session
from portal.ledger.forms import CommentForm, HandOverForm, NewDateForm, ResponseForm, WordForm
from portal.ledger.models import Comment, Idea, ResponseKind, Standing
from portal.ledger.policies import may_hand_over, may_respond, may_reword, may_vote
from portal.ledger.promises import first_name, is_overdue, promise_words
from portal.ledger.queries import IdeaPage, comments_of, idea_page, recent_actions, staff_inside
from portal.ledger.services.words import SETTLED
from portal.ledger.views.drawing import draw_answer, draw_fresh_answer, draw_fresh_hand_over, draw_hand_over


def show_record(
    idea: Idea,
    *,
    answer: ResponseForm | None = None,
    hand_over: HandOverForm | None = None,
    comment: CommentForm | None = None,
    word: WordForm | None = None,
    new_date: NewDateForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Render the page; a form that was refused comes back as it was typed."""
    reader = actor()
    comments = comments_of(idea, before_id=request.args.get("comments-before", type=row_key))
    form = comment or fresh_comment()
    record, is_late = idea_page(idea, reader), is_overdue(idea.standing, idea.acknowledge_by, idea.decide_by)
    page = render_template(
        "ledger/show_idea.html",
        idea=idea,
        owner_first=first_name(idea.owner.name),
        record=record,
        promise=promise_words(
            idea.standing, idea.owner.name, idea.acknowledge_by, idea.decide_by, reader_zone(), idea.new_date
        ),
        is_overdue=is_late,
        word_asked=_word_asked(idea, record, reader),
        word_form=word or WordForm(formdata=None, prefix="word"),
        new_date_form=(new_date or NewDateForm(formdata=None, prefix="new-date"))
        if is_late and may_hand_over(reader, idea)
        else None,
        new_date_refused=new_date is not None,
        may_vote=may_vote(reader, idea),
        answer=draw_answer(answer) if answer else _fresh_answer(idea, reader),
        hand_over=draw_hand_over(hand_over) if hand_over else _fresh_hand_over(idea, reader),
        comments=comments,
        comment_form=form,
        replying_to=_replying_to(form, idea),
        may_reword=may_reword(reader, idea),
        may_merge=reader.is_staff and idea.is_shown,
        hand_over_refused=hand_over is not None,
    )
    return page, status


def _word_asked(idea: Idea, record: IdeaPage, reader: User) -> str:
    """What the author can say to the newest answer: a reply, or a verdict; empty for nothing."""
    answer = record.standing_answer
    if answer is None or answer.word is not None or idea.proposed_by_id != reader.id:
        return ""
    if idea.standing is Standing.ASKED_BACK:
        return "reply"
    return "verdict" if idea.standing in SETTLED else ""


def fresh_comment() -> CommentForm:
    """The form of a comment that nobody has begun; `?reply-to=` in the address says under which one."""
    form = CommentForm(formdata=None, prefix="comment")
    form.reply_to.data = request.args.get("reply-to", type=row_key)
    return form


def _replying_to(form: CommentForm, idea: Idea) -> str:
    """The name of the one whose comment the form answers; empty for none, and for one that stands elsewhere."""
    number = form.reply_to.data
    above = session().get(Comment, number) if number else None
    if above is None or above.idea_id != idea.id:
        form.reply_to.data = None
        return ""
    return above.said_by


def row_key(words: str) -> int:
    """A row's number as the database can hold it.

    Raises:
        ValueError: it is none.
    """
    number = int(words)
    if not 0 < number < 2**31:
        raise ValueError(words)
    return number


def answer_form(idea: Idea) -> ResponseForm:
    """The answer form with the actions that it can name."""
    return ResponseForm(prefix="answer").offer(recent_actions(idea))


def hand_over_form(idea: Idea) -> HandOverForm:
    """The hand-over form with everyone it can go to."""
    return HandOverForm(prefix="hand-over").offer(_others(idea))


def _fresh_answer(idea: Idea, reader: User) -> Markup | None:
    if not may_respond(reader, idea):
        return None
    # A first word is what the first promise asks for.
    kind = ResponseKind.ACKNOWLEDGEMENT if idea.standing is Standing.WAITING else None
    return draw_fresh_answer(kind, tuple(recent_actions(idea)))


def _fresh_hand_over(idea: Idea, reader: User) -> Markup | None:
    others = _others(idea) if may_hand_over(reader, idea) else ()
    return draw_fresh_hand_over(others) if others else None


def _others(idea: Idea) -> tuple[tuple[int, str], ...]:
    """Everyone of the staff who could answer instead: id and name."""
    inside = None if idea.circle_id is None else staff_inside(idea.circle_id)
    return tuple(
        (person.id, person.name)
        for person in staff()
        if person.id not in {idea.owner_id, idea.proposed_by_id} and (inside is None or person.id in inside)
    )
