"""What members do: suggest and stand behind; and who answers for it."""

import hashlib
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam, delete, or_, select, update

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import UtcDateTime, database, hold, insert_into, session, write_one
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger import mail
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Idea, Vote
from portal.ledger.policies import may_hand_over, may_respond, may_vote
from portal.ledger.promises import acknowledge_by, decide_by
from portal.ledger.queries import idea_of_form, next_owner
from portal.ledger.services.away import answering_today
from portal.ledger.services.holding import hold_if_due
from portal.ledger.services.indexing import index_now
from portal.ledger.services.naming import keep_names
from portal.ledger.services.refusals import (
    NobodyToAnswer,
    NoReason,
    NotHere,
    NothingNew,
    NotYours,
    check_length,
    check_title,
)
from portal.ledger.visibility import Seen, reach_of
from portal.listening.models import Mention


def suggest(
    *,
    title: str,
    body: str,
    by: User,
    form_key: str | None = None,
    mention: Mention | None = None,
    circle: Circle | None = None,
    ask: Ask | None = None,
    is_private: bool = False,
    on_behalf_of: str = "",
    came_by: str = "",
) -> Idea:
    """Put a suggestion on the ledger, name its owner and start both promises.

    The same form sent twice is one idea: the second call returns the first one's. The owner hears of it
    by mail.

    Args:
        title: one line, at most 160 characters.
        body: Markdown, at most 20,000 characters; may be empty.
        form_key: the random key that the form carried.
        mention: what they said in public that this came from.
        circle: the circle that it is for; None is everyone's room.
        ask: the question that it answers; it stands where the ask stands.
        is_private: for the company's eyes alone.
        on_behalf_of: whose words they are, when staff write down what came by phone or mail.
        came_by: how it came, in a few words; goes with `on_behalf_of`.

    Raises:
        NotHere: the circle or the ask is closed, or not the author's.
        NotYours: a member tried to write for somebody else.
        NoTitle: the title is empty or too long.
        TooLong: the body is too long.
        NobodyToAnswer: there is no active staff but the author.
    """
    line, words = check_title(title), tidy(body)
    check_length(words)
    behalf, way = " ".join(tidy(on_behalf_of).split())[:120], " ".join(tidy(came_by).split())[:200]
    if behalf and not by.is_staff:
        raise NotYours(_("Only the company's own people write down what others said."))
    circle = _place(by, circle, ask)
    hold_ledger()
    key = _key(form_key, by, line, words) if form_key else None
    repeated = idea_of_form(key) if key else None
    if repeated is not None:
        return repeated
    owner = next_owner(by, circle=circle, ask=ask)
    if owner is None:
        raise NobodyToAnswer(
            _("You are the only one here who answers, and nobody answers their own suggestion. Bring in a colleague.")
            if by.is_staff
            else _("Nobody of the company is inside this circle now who could answer. Tell them so, please.")
            if circle
            else _("Nobody is here to answer yet. Ask the company to add its staff first.")
        )

    moment = now()
    idea = Idea(
        title=line,
        body=words,
        proposed_by=by,
        owner=owner,
        mention_id=mention.id if mention else None,
        circle=circle,
        ask=ask,
        is_private=is_private,
        on_behalf_of=behalf,
        came_by=way if behalf else "",
        form_key=key,
        created_at=moment,
        acknowledge_by=acknowledge_by(moment, circle.id if circle else None),
        decide_by=decide_by(moment, circle.id if circle else None),
    )
    session().add(idea)
    session().flush()
    record("idea.suggested", idea, by=by, after={"owner": owner.id})
    # What is held is announced to nobody, its owner included, until someone has looked at it.
    if not hold_if_due(idea, by):
        queue_mail(mail.idea_assigned(idea, to=owner))
    keep_names(idea, by=by)
    index_now("idea", idea.id)
    return idea


def vote(idea: Idea | Seen, by: User) -> bool:
    """Stand behind an idea; returns False when this member stood there already.

    The author's voice counts already and staff answer instead, so neither votes.

    Raises:
        NotYours: the author or staff tried.
    """
    if not may_vote(by, idea):
        raise NotYours(_("Your own suggestion has your voice already; staff answer instead of voting."))
    # One statement: however many come at once, each member counts once.
    statement = _adding_a_voice(database.engine.dialect.name)
    added = write_one(statement, {"idea": idea.id, "voter": by.id, "at": now()}) is not None
    if added:
        record("vote.given", idea, by=by)
        return True
    # A voice that another suggestion brought along is their own from now on.
    mine = (Vote.idea_id == idea.id, Vote.user_id == by.id)
    session().execute(update(Vote).where(*mine).values(via_id=None))
    _check_apart(idea)
    return False


@lru_cache(maxsize=2)
def _adding_a_voice(_kind: str) -> Any:
    """The statement in the words of this kind of database; it returns a row if the voice is new.

    While somebody joins the suggestion with another it waits, and then adds nothing: the voice belongs there.
    """
    known: Any = select(Idea.id, bindparam("voter", type_=Integer()), bindparam("at", type_=UtcDateTime())).where(
        Idea.id == bindparam("idea"), Idea.merged_into_id.is_(None)
    )
    known = known.with_for_update(read=True, key_share=True)
    given = insert_into(Vote).from_select(["idea_id", "user_id", "created_at"], known)
    return given.on_conflict_do_nothing().returning(Vote.idea_id)


def take_back_vote(idea: Idea | Seen, by: User) -> bool:
    """Stand behind an idea no longer; returns False when this member did not.

    A voice that something joined with it brings is taken back there too, or it would come back with that one.

    Raises:
        NotYours: it was joined with another meanwhile.
    """
    _check_apart(idea)
    joined = select(Idea.id).where(Idea.merged_into_id == idea.id)
    here = or_(Vote.idea_id == idea.id, Vote.idea_id.in_(joined))
    removed = session().execute(delete(Vote).where(here, Vote.user_id == by.id))
    if not removed.rowcount:  # type: ignore[attr-defined]
        return False
    brings = (Idea.merged_into_id == idea.id, Idea.proposed_by_id == by.id)
    session().execute(update(Idea).where(*brings).values(is_author_silent=True))
    record("vote.taken_back", idea, by=by)
    return True


def _check_apart(idea: Idea | Seen) -> None:
    held = select(Idea.merged_into_id).where(Idea.id == idea.id).with_for_update(read=True, key_share=True)
    if session().scalar(held) is not None:
        raise NotYours(_("It was joined with another meanwhile; the voices count there."))


def hand_over(idea: Idea, *, to: User, word: str, by: User) -> list[User]:
    """Give an idea another named owner, with a word; the clock runs on and the new owner hears by mail.

    Whoever takes it over themselves gets no mail about it.

    Returns:
        Who answers now: the new owner, and where they are away whoever stands in.

    Raises:
        NotYours: `by` is not staff, or the new owner may not answer this idea.
        NothingNew: it is theirs already.
        NoReason: no word goes with it.
    """
    words = tidy(word)
    if not may_hand_over(by, idea):
        raise NotYours(_("Only the company's own people hand suggestions over."))
    if not may_respond(to, idea):
        raise NotYours(_("%(name)s cannot answer this suggestion. Choose someone else.", name=to.name))
    # Of two who hand it over at once, the second sees with whom it is.
    hold(idea)
    if idea.owner_id == to.id:
        raise NothingNew(_("It is with %(name)s already.", name=to.name))
    if not words:
        raise NoReason(_("Add a word for %(name)s: why them, and what you know already.", name=to.name))
    check_length(words)
    before, moment = idea.owner_id, now()
    idea.owner = to
    session().flush()
    record("idea.handed_over", idea, by=by, before={"owner": before}, after={"owner": to.id, "word": words[:500]})
    answering = answering_today(idea)
    for person in answering:
        if person.id != by.id:
            queue_mail(mail.idea_handed_over(idea, word=words, by=by, at=moment, to=person))
    return answering


def _place(by: User, circle: Circle | None, ask: Ask | None) -> Circle | None:
    """The circle in which a suggestion may stand, if it is the author's."""
    if ask is not None:
        circle = ask.circle
        if not ask.is_open:
            raise NotHere(
                _(
                    "This question takes no answers any more. Your words are still here: send them again, and they "
                    "stand as a suggestion of their own."
                )
            )
    if circle is not None and (not circle.is_open or circle.id not in reach_of(by).circles):
        raise NotHere(_("You cannot suggest anything there."))
    return circle


def _key(form_key: str, by: User, line: str, words: str) -> str:
    """The same form, author and words; whoever goes back and writes something else makes a new suggestion."""
    return hashlib.sha256(f"{by.id}\n{form_key}\n{line}\n{words}".encode()).hexdigest()
