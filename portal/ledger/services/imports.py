"""Bringing over an earlier record: each suggestion with its dates, its replies and what was decided."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session, transaction
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.chain import append_to_chain, hold_ledger
from portal.ledger.models import Action, ActionStage, Comment, Idea, Progress, Response, ResponseKind, Vote
from portal.ledger.parsing import BadLine, Decided, Entry, Reply, check_moments, read_line, steps_of
from portal.ledger.promises import acknowledge_by, decide_by, working_minutes
from portal.ledger.queries import next_owner
from portal.ledger.services.indexing import index_due
from portal.ledger.services.refusals import NobodyToAnswer

# Nobody's address, by RFC 2606: no mail can ever leave for it.
NOWHERE = "imported.invalid"
_BATCH = 50
# So many lines are held at once, and put in the order of their dates.
SORTED = 5_000


@dataclass
class Brought:
    """What came of an import: how many of each were added.

    Attributes:
        rejected: the lines set aside, as (number, reason).
        passed_over: fields that nobody reads, and on how many lines each stood.
    """

    ideas: int = 0
    known: int = 0
    answers: int = 0
    comments: int = 0
    voices: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


def bring_over(lines: Iterable[bytes], *, source: str) -> Brought:
    """Put an earlier record on the ledger, one suggestion a line, the oldest first, in transactions of fifty lines.

    What is here already, by the source and its id, is left as it is; so a stopped import goes on, and a second
    one adds nothing. Nobody is told: these answers were given long ago.

    Nothing is left out without a word: a line that cannot be brought over is among `rejected` with its reason, and so
    is a second line with the same id.

    Args:
        lines: JSON Lines, see docs/import-suggestions.md for the keys.
        source: the name of the record; ids are its own.

    Raises:
        NobodyToAnswer: there is no active staff to own what is still open.
    """
    brought = Brought()
    for batch in in_batches(read_entries(lines, brought)):
        with transaction():
            hold_ledger()
            for key, entry in new_ones(batch, source, brought):
                _Bringer(entry, source, brought).bring(key)
                brought.ideas += 1
            while index_due(500):
                continue
    brought.rejected.sort()
    return brought


def read_entries(lines: Iterable[bytes], brought: Brought) -> Iterator[tuple[int, Entry]]:
    """What can be read, each with the number of its line; what cannot be is among `brought.rejected`."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            entry = read_line(line)
            if entry.key in seen:
                raise BadLine(_("By its id or its words it stands on line %(line)s already.", line=seen[entry.key]))
        except BadLine as problem:
            brought.rejected.append((number, str(problem)))
            continue
        seen[entry.key] = number
        brought.passed_over.update(entry.passed_over)
        yield number, entry


def in_batches(entries: Iterable[tuple[int, Entry]]) -> Iterator[list[tuple[int, Entry]]]:
    """The same entries, fifty at a time, the oldest of each `SORTED` first; no more of them are read than are wanted.

    The ledger shows on top what went in last.
    """
    coming = iter(entries)
    while some := list(islice(coming, SORTED)):
        some.sort(key=_date_of)
        for start in range(0, len(some), _BATCH):
            yield some[start : start + _BATCH]


def _date_of(numbered: tuple[int, Entry]) -> datetime:
    """When it was suggested; what has no date goes in as if it were new."""
    return numbered[1].created_at or datetime.max.replace(tzinfo=UTC)


def new_ones(batch: Sequence[tuple[int, Entry]], source: str, brought: Brought) -> Iterator[tuple[str, Entry]]:
    """Those that are not here yet and can go in, each with the key by which it is known from then on."""
    keys = {f"{source}:{entry.key}" for _number, entry in batch}
    known = set(session().scalars(select(Idea.imported_key).where(Idea.imported_key.in_(keys))))
    for number, entry in batch:
        key = f"{source}:{entry.key}"
        if key in known:
            brought.known += 1
            continue
        try:
            check_moments(entry, now())
        except BadLine as problem:
            brought.rejected.append((number, str(problem)))
            continue
        yield key, entry


class _Bringer:
    """One entry on its way into the ledger."""

    def __init__(self, entry: Entry, source: str, brought: Brought) -> None:
        self._entry, self._source, self._brought = entry, source, brought
        self._now = now()
        self._created_at = entry.created_at or self._now

    def bring(self, key: str) -> None:
        """Write the suggestion, then its answers in the order in which they were given."""
        entry = self._entry
        author = self._person(entry.author, Role.MEMBER)
        idea = Idea(
            title=entry.title,
            body=entry.body,
            proposed_by=author,
            owner=self._owner(author),
            imported_key=key,
            imported_votes=entry.votes,
            created_at=self._created_at,
            # The company promises from the day on which it takes the suggestion over.
            acknowledge_by=acknowledge_by(self._now),
            decide_by=decide_by(self._now),
        )
        session().add(idea)
        session().flush()
        for voter in entry.voters:
            self._vote(idea, voter)
        self._answer(idea)
        record("idea.imported", idea, by=None, after={"key": key[:200], "owner": idea.owner_id})
        self._brought.voices += entry.votes + len(entry.voters)

    def _answer(self, idea: Idea) -> None:
        for step in steps_of(self._entry):
            if step.decides is not None:
                self._decide(idea, step.decides, words=step.reply.words if step.reply else "")
            elif step.reply is not None and step.reply.is_staff:
                self._reply(idea, step.reply, is_decided=step.follows_decision)
            elif step.reply is not None:
                self._comment(idea, step.reply)

    def _reply(self, idea: Idea, reply: Reply, *, is_decided: bool) -> None:
        # What was said after a decision does not take it back.
        kind = ResponseKind.OUTCOME if is_decided else reply.kind or ResponseKind.ACKNOWLEDGEMENT
        self._append(idea, kind=kind, words=reply.words, by=reply.author, at=reply.said_at, imported_as=_("Reply"))

    def _decide(self, idea: Idea, decided: Decided, words: str = "") -> None:
        action = None
        if isinstance(decided.what, ActionStage):
            action = self._act(idea, decided, decided.what)
        kind = decided.what if isinstance(decided.what, ResponseKind) else ResponseKind.ACTION
        self._append(
            idea,
            kind=kind,
            words=decided.reason or words,
            by=decided.by,
            at=decided.at,
            imported_as=decided.word,
            action=action,
        )

    def _act(self, idea: Idea, decided: Decided, stage: ActionStage) -> Action:
        by, at = self._person(decided.by, Role.RESPONDER), decided.at or self._latest(idea)
        # Whoever answers for the suggestion goes on with what is not done yet.
        action = Action(title=idea.title, owner=idea.owner, created_at=at)
        session().add(action)
        session().flush()
        is_done = stage is ActionStage.DONE
        append_to_chain(
            Progress(
                action=action,
                action_id=action.id,
                stage=stage,
                words="",
                proof_url=decided.proof_url,
                happened_on=decided.at.astimezone(config.current().zone).date() if is_done and decided.at else None,
                recorded_by=by,
                recorded_by_id=by.id,
                recorded_at=at,
                imported_as=decided.word,
            )
        )
        return action

    def _append(
        self,
        idea: Idea,
        *,
        kind: ResponseKind,
        words: str,
        by: str,
        at: datetime | None,
        imported_as: str,
        action: Action | None = None,
    ) -> None:
        person = self._person(by, Role.RESPONDER)
        knows_both = at is not None and self._entry.created_at is not None
        append_to_chain(
            Response(
                idea=idea,
                idea_id=idea.id,
                kind=kind,
                message=words,
                action=action,
                action_id=action.id if action else None,
                answered_by=person,
                answered_by_id=person.id,
                answered_at=at or self._latest(idea),
                after_minutes=working_minutes(idea.created_at, at) if at and knows_both else None,
                imported_as=imported_as,
            )
        )
        self._brought.answers += 1

    def _latest(self, idea: Idea) -> datetime:
        """The last moment of which the record speaks; what has no date was written down by then."""
        return max([idea.created_at, *(reply.said_at for reply in self._entry.replies if reply.said_at)])

    def _comment(self, idea: Idea, reply: Reply) -> None:
        author = self._person(reply.author, Role.MEMBER)
        said_at = reply.said_at or self._latest(idea)
        session().add(Comment(idea_id=idea.id, author_id=author.id, body=reply.words, created_at=said_at))
        self._brought.comments += 1

    def _vote(self, idea: Idea, voter: str) -> None:
        person = self._person(voter, Role.MEMBER)
        if person.id != idea.proposed_by_id:
            statement = insert_into(Vote).values(idea_id=idea.id, user_id=person.id, created_at=idea.created_at)
            session().execute(statement.on_conflict_do_nothing())

    def _owner(self, author: User) -> User:
        """Who decided, or for what is still open someone who is here."""
        decided = self._entry.decided
        if decided is not None and decided.what in {ActionStage.DONE, ResponseKind.EXPLANATION}:
            return self._person(decided.by, Role.RESPONDER)
        owner = next_owner(author)
        if owner is None:
            raise NobodyToAnswer(_("Nobody is here to answer yet. Add the company's staff first."))
        return owner

    def _person(self, name: str, role: Role) -> User:
        """Someone of the earlier record: known by name, without an address, and unable to sign in."""
        name = tidy(name)
        # One person however their name is capitalised; and whoever came by its very letters, as it once was.
        address, exact = self._address(name.casefold(), role), self._address(name, role)
        known = session().scalars(select(User).where(User.email.in_((address, exact))).order_by(User.id)).first()
        if known is not None:
            return known
        person = User(email=address, name=name or _nameless(role), role=role, suspended_at=self._now)
        session().add(person)
        session().flush()
        record("user.imported", person, by=None, after={"role": role.value})
        return person

    def _address(self, name: str, role: Role) -> str:
        mark = hashlib.sha256(f"{self._source}\n{role.value}\n{name}".encode()).hexdigest()[:24]
        return f"{mark}@{NOWHERE}"


def _nameless(role: Role) -> str:
    if role is Role.MEMBER:
        return _("A member, not named")
    return _("%(company)s, not named", company=config.current().COMPANY_NAME)[:120]
