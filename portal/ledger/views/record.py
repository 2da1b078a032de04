"""The page of one suggestion, for whoever reads it and after whatever they sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.languages import words_for
from portal.accounts.models import User
from portal.foundation.access import actor, drawn_page, fresh_key, reader_zone, row_key
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.ledger.forms import CommentForm, HandOverForm, NewDateForm, ResponseForm, WordForm
from portal.ledger.models import OPEN, AnswerDraft, Comment, Idea, ResponseKind, Standing
from portal.ledger.policies import may_hand_over, may_respond, may_reword, may_vote
from portal.ledger.promises import first_name, is_overdue, promise_words
from portal.ledger.queries import (
    Choices,
    IdeaPage,
    answer_draft_of,
    answer_drafts_on,
    choices_for,
    comments_of,
    idea_as_read,
    idea_page,
    links_to,
    names_found,
    part_in,
    people_told,
)
from portal.ledger.services import Typed, proofs_kept
from portal.ledger.services.words import SETTLED
from portal.ledger.views.drawing import (
    draw_answer,
    draw_fresh_answer,
    draw_fresh_hand_over,
    draw_hand_over,
    draw_known_tags,
    reading,
)
from portal.ledger.views.naming import name_links
from portal.ledger.visibility import TOPIC


@dataclass(frozen=True)
class Stance:
    """What a reader may do with a suggestion and what they did; its page is the same for everyone in the same one.

    Attributes:
        me: the reader's number, if the page shows something of theirs: they wrote it, or spoke beside it; else 0.
        reads_held: whether they read what the author says to an answer while it waits for a look.
        writer: their number, if they may answer and answers to it wait as drafts; else 0.
        languages: in which they read, where answers stand in several.
    """

    me: int
    has_voted: bool
    may_vote: bool
    may_respond: bool
    may_hand_over: bool
    may_reword: bool
    may_merge: bool
    reads_held: bool
    writer: int = 0
    languages: tuple[str, ...] = ()


def _stance(idea: Idea, reader: User, languages: tuple[str, ...]) -> Stance:
    part, answers = part_in(idea, reader), may_respond(reader, idea)
    return Stance(
        me=reader.id if part.has_spoken or idea.proposed_by_id == reader.id else 0,
        has_voted=part.has_voted,
        may_vote=may_vote(reader, idea),
        may_respond=answers,
        may_hand_over=may_hand_over(reader, idea),
        may_reword=may_reword(reader, idea),
        may_merge=reader.is_staff and idea.is_shown,
        reads_held=reader.is_staff or idea.proposed_by_id == reader.id,
        writer=reader.id if answers and part.has_drafts else 0,
        languages=languages,
    )


@kept(TOPIC)
def _kept_stance(idea_id: int, reader_id: int, languages: tuple[str, ...]) -> Stance:
    """Where a reader stands to a suggestion: all of it is said by rows of the topic, their own among them."""
    reader = session().get_one(User, reader_id)
    return _stance(idea_as_read(idea_id, reader) or session().get_one(Idea, idea_id), reader, languages)


def show_record(idea_id: int) -> bytes:
    """The page, drawn once for everyone in the same stance."""
    asked = request.args
    before = asked.get("comments-before", type=row_key) if asked else None
    reply_to = asked.get("reply-to", type=row_key) if asked else None
    return _drawn_record(idea_id, _kept_stance(idea_id, actor().id, reading()), before, reply_to)


@drawn_page(TOPIC)
def _drawn_record(idea_id: int, stance: Stance, before: int | None, reply_to: int | None) -> str:
    return _record(session().get_one(Idea, idea_id), stance, before=before, comment=fresh_comment(reply_to))


def show_refused(idea: Idea, *, status: int = 422, **typed: Any) -> ResponseReturnValue:
    """The page with a form that was refused, as it was typed; under the form's name among those of `_record`."""
    given = {"comment": fresh_comment(), **typed}
    return _record(idea, _stance(idea, actor(), reading()), **given), status


def show_preview(idea: Idea, answer: ResponseForm, *, as_it_stands: bool) -> str:
    """The page with an answer as it is typed so far, and below it as it will stand."""
    return _record(
        idea, _stance(idea, actor(), reading()), comment=fresh_comment(), answer=answer, preview=as_it_stands
    )


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
    preview: bool = False,
) -> str:
    offered = choices_for(idea) if stance.may_respond or stance.may_hand_over else None
    drafts = answer_drafts_on(idea) if stance.writer else []
    mine = next((draft for draft in drafts if draft.written_by_id == stance.writer), None)
    record, is_late = idea_page(idea), is_overdue(idea)
    word_asked = _word_asked(idea, record, stance)
    if word is not None and not word_asked:
        comment = _as_comment(word)
    # What was joined with another is answered there; what was typed here stays, with the word that says so.
    takes = idea.merged_into_id is None or answer is not None
    fresh_date = NewDateForm(formdata=None, prefix="new-date", meta={"csrf": False})
    return render_template(
        "ledger/show_idea.html",
        idea=idea,
        my=stance,
        owner_first=first_name(idea.owner.name),
        record=record,
        promise=promise_words(
            idea,
            idea.owner.name,
            reader_zone(),
            asked_by=record.standing_answer.answered_by.name if record.standing_answer else None,
        ),
        is_overdue=is_late,
        word_asked=word_asked,
        word_form=(word or WordForm(formdata=None, prefix="word", meta={"csrf": False})).asked(word_asked),
        new_date_form=new_date or (fresh_date if is_late and stance.may_hand_over else None),
        new_date_refused=new_date is not None,
        answer=_answer(idea, offered, mine, answer, preview) if offered and stance.may_respond and takes else None,
        answer_seen=_seen(answer, record),
        draft=mine,
        others_drafts=[draft for draft in drafts if draft is not mine],
        words_for=words_for,
        hand_over=_hand_over(idea, offered, hand_over) if offered and stance.may_hand_over else None,
        known_tags=draw_known_tags(offered.tags) if offered and stance.may_merge else "",
        names=name_links(record.beside.named),
        comments=comments_of(idea, before_id=before),
        comment_form=comment,
        replying_to=_replying_to(comment, idea),
        hand_over_refused=hand_over is not None,
    )


def _seen(answer: ResponseForm | None, record: IdeaPage) -> int:
    """The newest answer that its writer has read: of a form that came back for another reason, as it was sent."""
    if answer is not None and answer.seen.data is not None:
        return int(answer.seen.data)
    return record.answers[-1].id if record.answers else 0


def _word_asked(idea: Idea, record: IdeaPage, stance: Stance) -> str:
    """What the author can say to the newest answer: a reply, or a verdict; empty for nothing."""
    answer = record.standing_answer
    if answer is None or answer.word is not None or idea.proposed_by_id != stance.me or idea.merged_into_id is not None:
        return ""
    if idea.standing is Standing.ASKED_BACK:
        return "reply"
    return "verdict" if idea.standing in SETTLED else ""


def fresh_comment(reply_to: int | None = None) -> CommentForm:
    """The form of a comment that nobody has begun, under the one with this number."""
    form = CommentForm(formdata=None, prefix="comment", meta={"csrf": False})
    form.reply_to.data, form.form_key.data = reply_to, str(fresh_key())
    return form


def _as_comment(word: WordForm) -> CommentForm:
    """What an author said when nothing was asked any more: as a comment it can still stand, and nothing is lost."""
    form = fresh_comment()
    form.body.data = word.words.data
    form.form_errors = [*word.form_errors, *map(str, word.words.errors)]
    return form


def _replying_to(form: CommentForm, idea: Idea) -> str:
    """The name of the one whose comment the form answers; empty for none, and for one that does not stand here."""
    number = form.reply_to.data
    above = session().get(Comment, number) if number else None
    if above is None or above.idea_id != idea.id or not above.is_shown:
        # What was sent would be shown again, and refused again.
        form.reply_to.data = form.reply_to.raw_data = None
        return ""
    return above.said_by


def answer_form(idea: Idea) -> ResponseForm:
    """The answer form with the actions and the reasons that it can name, and the files of the writer's draft."""
    offered, draft = choices_for(idea), answer_draft_of(idea, actor())
    form = ResponseForm(prefix="answer").offer(offered.actions, offered.reasons, offered.people)
    form.kept = draft.proof_files if draft else ()
    return form


def names_in(form: ResponseForm, idea: Idea) -> tuple[tuple[str, str], ...]:
    """Who is named in an answer as it is typed so far, with where each name leads."""
    words = (form.message.data, *(version.form.words.data for version in form.versions))
    return links_to(names_found("\n".join(filter(None, words)), actor(), idea=idea))


@contextmanager
def typed_answer(form: ResponseForm, *, is_draft: bool = False) -> Iterator[Typed]:
    """What was typed, with the files that were sent; they are taken away again if it is refused.

    Args:
        is_draft: its kind may still change, so files are kept whatever it is.
    """
    uploads = form.uploads if is_draft or form.opens_action else []
    with proofs_kept(uploads, beside=len(form.files)) as sent:
        yield replace(form.typed, files=(*form.files, *sent))


def hand_over_form(idea: Idea) -> HandOverForm:
    """The hand-over form with everyone it can go to."""
    return HandOverForm(prefix="hand-over").offer(_others(idea, choices_for(idea)))


def _answer(
    idea: Idea, offered: Choices, draft: AnswerDraft | None, form: ResponseForm | None, preview: bool
) -> Markup:
    is_open = idea.standing in OPEN
    if form is not None:
        shown = form.leave_out(is_open=is_open)
        return draw_answer(shown, idea.id, shows_preview=preview, names=names_in(form, idea) if preview else ())
    if draft is not None:
        blank = ResponseForm(formdata=None, prefix="answer", meta={"csrf": False})
        kept = blank.offer(offered.actions, offered.reasons, offered.people).fill(draft)
        if draft.repeats or any(people_told(draft.message, by=draft.written_by, besides=idea)):
            kept.mark_repeats()
        return draw_answer(kept.leave_out(is_open=is_open), idea.id)
    # A first word is what the first promise asks for.
    kind = ResponseKind.ACKNOWLEDGEMENT if idea.standing is Standing.WAITING else None
    return draw_fresh_answer(idea.id, kind, offered, is_open=is_open)


def _hand_over(idea: Idea, offered: Choices, form: HandOverForm | None) -> Markup | None:
    others = _others(idea, offered)
    if form is not None:
        return draw_hand_over(form)
    return draw_fresh_hand_over(others) if others else None


def _others(idea: Idea, offered: Choices) -> tuple[tuple[int, str], ...]:
    """Everyone of the staff who could answer instead: id and name."""
    return tuple(person for person in offered.people if person[0] not in {idea.owner_id, idea.proposed_by_id})
