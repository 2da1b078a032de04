"""Asks: put, opened and ended on time, voted in, and closed with what came of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Ask, AskChoice, AskVote, Circle
from portal.community.policies import may_answer_ask
from portal.community.services.holders import check_holder, check_open
from portal.community.services.once import already_made, key_of
from portal.community.services.refusals import (
    AlreadyChosen,
    BadTimes,
    NoName,
    NoSummary,
    NotAChoice,
    NotOpen,
)
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, insert_into, session
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy

QUESTION_LIMIT = 160
CHOICES = 8
_A_MOMENT = timedelta(seconds=1)


def put_ask(
    *,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    owner: User,
    by: User,
    background: str = "",
    circle: Circle | None = None,
    shows_others: bool = True,
    choices: Sequence[str] = (),
    form_key: str | None = None,
) -> Ask:
    """Put a question to members; it opens by itself at its time, at once if that has come.

    Args:
        background: Markdown.
        circle: who may answer; None is every member.
        shows_others: whether members read each other before they have given their own.
        choices: those of a short poll, two to eight, or none.
        form_key: the random key that the form carried; sent twice, it is one ask.

    Raises:
        NoName: the question is empty or too long.
        BadTimes: it would close before it opens, or has closed already.
        NotStaff: the owner is no staff, or not inside the circle.
        NotAChoice: one choice alone, or too many.
        NotOpen: the circle was closed.
    """
    key = key_of(form_key, by, question, background, circle.id if circle else None, opens_at, closes_at, *choices)
    repeated = already_made(Ask, key, by=by)
    if repeated is not None:
        return repeated
    check_open(circle)
    ask = Ask(circle=circle, circle_id=circle.id if circle else None, form_key=key)
    _fill(ask, question=question, background=background, opens_at=opens_at, closes_at=closes_at, owner=owner)
    ask.shows_others = shows_others
    lines = _poll(choices)
    session().add(ask)
    session().flush()
    _offer(ask, lines)
    record("ask.put", ask, by=by, after={"owner": owner.id, "circle": ask.circle_id})
    if ask.opens_at <= now():
        open_ask(ask)
    return ask


def change_ask(
    ask: Ask,
    *,
    question: str,
    background: str,
    opens_at: datetime,
    closes_at: datetime,
    owner: User,
    by: User,
    shows_others: bool | None = None,
    choices: Sequence[str] | None = None,
) -> None:
    """Mend an ask: all but its circle before it opens, and afterwards its words, its end and its owner.

    Args:
        shows_others: None leaves it, as it is left once the ask is open; the same for `choices`.

    Raises:
        NoName, BadTimes, NotStaff, NotAChoice: nothing was changed.
        NotOpen: it has ended.
    """
    # It neither opens nor ends while it is mended.
    hold(ask)
    if ask.ended_at is not None:
        raise NotOpen(_("This question has ended; what was asked stays as it was."))
    lines = _poll(choices) if choices is not None and ask.opened_at is None else None
    opens = opens_at if ask.opened_at is None else ask.opens_at
    _fill(ask, question=question, background=background, opens_at=opens, closes_at=closes_at, owner=owner)
    if ask.opened_at is None and shows_others is not None:
        ask.shows_others = shows_others
    if lines is not None and lines != [choice.words for choice in ask.choices]:
        session().execute(delete(AskChoice).where(AskChoice.ask_id == ask.id))
        _offer(ask, lines)
        session().expire(ask, ["choices"])
    session().flush()
    record("ask.changed", ask, by=by, after={"owner": owner.id, "closes_at": closes_at.isoformat()})
    if ask.opens_at <= now():
        open_ask(ask)


def open_ask(ask: Ask) -> bool:
    """Let members answer; False when they can already, or not while their circle is closed.

    They hear of it when `updates` next looks.
    """
    hold(ask)
    if ask.opened_at is not None or (ask.circle is not None and not ask.circle.is_open):
        return False
    ask.opened_at = now()
    session().flush()
    record("ask.opened", ask, by=None)
    return True


def end_ask(ask: Ask, *, by: User | None = None) -> bool:
    """Take no more answers; from now on everyone sees them all, and the summary is owed.

    Args:
        by: who ends it; None where its time is over, of which its owner is told.
    """
    hold(ask)
    if ask.opened_at is None or ask.ended_at is not None:
        return False
    moment = now()
    ask.ended_at, ask.closes_at = moment, max(min(ask.closes_at, moment), ask.opens_at + _A_MOMENT)
    session().flush()
    record("ask.ended", ask, by=by)
    # Whoever ends it themselves knows what they owe.
    if by is None:
        queue_mail(mail.ask_ended(ask))
    return True


def choose(ask: Ask, choice: AskChoice, *, by: User) -> None:
    """Take one choice of the poll, once.

    Raises:
        NotOpen: the ask takes no answers, or none of this person's.
        NotAChoice: the choice stands in another poll.
        AlreadyChosen: they have chosen.
    """
    if not may_answer_ask(by, ask):
        raise NotOpen(_("This question takes no answers from you now."))
    if choice.ask_id != ask.id:
        raise NotAChoice(_("That is none of the choices."))
    statement = insert_into(AskVote).values(ask_id=ask.id, user_id=by.id, choice_id=choice.id, created_at=now())
    # One statement: of two presses at once, one counts.
    if session().scalar(statement.on_conflict_do_nothing().returning(AskVote.ask_id)) is None:
        raise AlreadyChosen(_("You have chosen already; each voice counts once."))
    record("ask.voted", ask, by=by)


def close_ask(ask: Ask, *, heard: str, will_do: str, by: User) -> None:
    """Say what the company heard and what it will do; everyone who took part is told once.

    Ends the ask if it still runs.

    Raises:
        NotOpen: it never opened, or is closed already.
        NoSummary: one of the two is empty.
    """
    # Of two who close it at once, the second finds it closed.
    hold(ask)
    if ask.opened_at is None:
        raise NotOpen(_("This question has not opened yet."))
    if ask.closed_at is not None:
        raise NotOpen(_("This question is closed already; its summary stands."))
    words, plan = tidy(heard), tidy(will_do)
    if not words or not plan:
        raise NoSummary(_("Say what you heard and what you will do; everyone who took part reads both."))
    end_ask(ask, by=by)
    ask.heard, ask.will_do, ask.closed_at, ask.closed_by = words, plan, now(), by
    session().flush()
    record("ask.closed", ask, by=by)


def choice_of(ask: Ask, number: int | None) -> AskChoice:
    """The choice with this id, if it is one of this ask's.

    Raises:
        NotAChoice: it is not.
    """
    found = session().scalars(
        select(AskChoice).where(AskChoice.id == number, AskChoice.ask_id == ask.id)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise NotAChoice(_("Choose one of them."))
    return found


def _poll(choices: Sequence[str]) -> list[str]:
    written = (" ".join(tidy(line).split())[:QUESTION_LIMIT] for line in choices if tidy(line))
    # The same words in capitals would share their voices out between two.
    known: dict[str, str] = {}
    for line in written:
        known.setdefault(line.casefold(), line)
    lines = list(known.values())
    if len(lines) == 1 or len(lines) > CHOICES:
        raise NotAChoice(
            _("A poll has two to %(limit)s choices; leave them all empty for none.", limit=CHOICES), about="choices"
        )
    return lines


def _offer(ask: Ask, lines: Sequence[str]) -> None:
    for line in lines:
        # One by one, so that their ids keep the order in which they were written.
        session().add(AskChoice(ask_id=ask.id, words=line))
        session().flush()


def _fill(ask: Ask, *, question: str, background: str, opens_at: datetime, closes_at: datetime, owner: User) -> None:
    line = " ".join(tidy(question).split())
    if not 0 < len(line) <= QUESTION_LIMIT:
        raise NoName(_("Write the question in one line of at most %(limit)s characters.", limit=QUESTION_LIMIT))
    if closes_at <= opens_at or closes_at <= now():
        raise BadTimes(_("It must close after it opens, and not in the past."))
    check_holder(owner, ask.circle_id)
    ask.question, ask.background = line, tidy(background)
    ask.opens_at, ask.closes_at = opens_at, closes_at
    ask.owner, ask.owner_id = owner, owner.id
