"""The page of one suggestion, for whoever reads it and after whatever they sent."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.models import User
from portal.accounts.queries import staff
from portal.foundation.access import actor, drawn_page, fresh_key, reader_zone
from portal.foundation.database import session
from portal.ledger.forms import CommentForm, HandOverForm, NewDateForm, ResponseForm, WordForm
from portal.ledger.models import Comment, Idea, ResponseKind, Standing
from portal.ledger.policies import may_hand_over, may_respond, may_reword, may_vote
from portal.ledger.promises import first_name, is_overdue, promise_words
from portal.ledger.queries import IdeaPage, comments_of, idea_page, part_in, recent_actions, staff_inside
from portal.ledger.services.words import SETTLED
from portal.ledger.views.drawing import draw_answer, draw_fresh_answer, draw_fresh_hand_over, draw_hand_over
from portal.ledger.visibility import TOPIC


@dataclass(frozen=True)
class Stance:
    """What a reader may do with a suggestion and what they did; its page is the same for everyone in the same one.

    Attributes:
        me: the reader's number, if the page shows something of theirs: they wrote it, or spoke beside it; else 0.
    """

    me: int
    has_voted: bool
    may_vote: bool
    may_respond: bool
    may_hand_over: bool
    may_reword: bool
    may_merge: bool


def _stance(idea: Idea, reader: User) -> Stance:
    has_voted, has_spoken = part_in(idea, reader)
    return Stance(
        me=reader.id if has_spoken or idea.proposed_by_id == reader.id else 0,
        has_voted=has_voted,
        may_vote=may_vote(reader, idea),
        may_respond=may_respond(reader, idea),
        may_hand_over=may_hand_over(reader, idea),
        may_reword=may_reword(reader, idea),
        may_merge=reader.is_staff and idea.is_shown,
    )


def show_record(idea: Idea) -> str:
    """The page, drawn once for everyone in the same stance."""
    before, reply_to = (request.args.get(name, type=row_key) for name in ("comments-before", "reply-to"))
    return _drawn_record(idea.id, _stance(idea, actor()), before, reply_to)


@drawn_page(TOPIC)
def _drawn_record(idea_id: int, stance: Stance, before: int | None, reply_to: int | None) -> str:
    return _record(session().get_one(Idea, idea_id), stance, before=before, comment=fresh_comment(reply_to))


def show_refused(idea: Idea, **typed: Any) -> ResponseReturnValue:
    """The page with a form that was refused, as it was typed; under the form's name among those of `_record`."""
    given = {"comment": fresh_comment(), **typed}
    return _record(idea, _stance(idea, actor()), **given), 422


def _record(
    idea: Idea,
    stance: Stance,
    *,
    comment: CommentForm,
    before: int | None = None,
    answer: ResponseForm | None = None,
    hand_over: HandOverForm | None = None,
    word: WordForm | None = None,
    new_date: NewDateForm | None = None,
) -> str:
    record, is_late = idea_page(idea), is_overdue(idea.standing, idea.acknowledge_by, idea.decide_by)
    fresh_date = NewDateForm(formdata=None, prefix="new-date", meta={"csrf": False})
    return render_template(
        "ledger/show_idea.html",
        idea=idea,
        my=stance,
        owner_first=first_name(idea.owner.name),
        record=record,
        promise=promise_words(
            idea.standing, idea.owner.name, idea.acknowledge_by, idea.decide_by, reader_zone(), idea.new_date
        ),
        is_overdue=is_late,
        word_asked=_word_asked(idea, record, stance),
        word_form=word or WordForm(formdata=None, prefix="word", meta={"csrf": False}),
        new_date_form=(new_date or fresh_date) if is_late and stance.may_hand_over else None,
        new_date_refused=new_date is not None,
        answer=draw_answer(answer) if answer else _fresh_answer(idea, stance),
        hand_over=draw_hand_over(hand_over) if hand_over else _fresh_hand_over(idea, stance),
        comments=comments_of(idea, before_id=before),
        comment_form=comment,
        replying_to=_replying_to(comment, idea),
        hand_over_refused=hand_over is not None,
    )


def _word_asked(idea: Idea, record: IdeaPage, stance: Stance) -> str:
    """What the author can say to the newest answer: a reply, or a verdict; empty for nothing."""
    answer = record.standing_answer
    if answer is None or answer.word is not None or idea.proposed_by_id != stance.me:
        return ""
    if idea.standing is Standing.ASKED_BACK:
        return "reply"
    return "verdict" if idea.standing in SETTLED else ""


def fresh_comment(reply_to: int | None = None) -> CommentForm:
    """The form of a comment that nobody has begun, under the one with this number."""
    form = CommentForm(formdata=None, prefix="comment", meta={"csrf": False})
    form.reply_to.data, form.form_key.data = reply_to, str(fresh_key())
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


def _fresh_answer(idea: Idea, stance: Stance) -> Markup | None:
    if not stance.may_respond:
        return None
    # A first word is what the first promise asks for.
    kind = ResponseKind.ACKNOWLEDGEMENT if idea.standing is Standing.WAITING else None
    return draw_fresh_answer(kind, tuple(recent_actions(idea)))


def _fresh_hand_over(idea: Idea, stance: Stance) -> Markup | None:
    others = _others(idea) if stance.may_hand_over else ()
    return draw_fresh_hand_over(others) if others else None


def _others(idea: Idea) -> tuple[tuple[int, str], ...]:
    """Everyone of the staff who could answer instead: id and name."""
    inside = None if idea.circle_id is None else staff_inside(idea.circle_id)
    return tuple(
        (person.id, person.name)
        for person in staff()
        if person.id not in {idea.owner_id, idea.proposed_by_id} and (inside is None or person.id in inside)
    )
