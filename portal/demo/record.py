"""Writing the invented year into the portal, through the same services that people use, in its own time."""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from portal.accounts.models import Role, User
from portal.accounts.services import add_user
from portal.community.services import admit, trust
from portal.consent.models import Basis
from portal.demo.cast import MAKERS, STAFF, Maker, member_address
from portal.demo.drafts import desk
from portal.demo.mentions import a_year
from portal.demo.pictures import draw_pictures, sent_with
from portal.demo.rooms import rooms
from portal.demo.suggestions import DOINGS, SUGGESTIONS, Doing, Step, Suggestion
from portal.demo.talk import talk
from portal.demo.verdicts import judge_readings, person_by, verdicts
from portal.demo.visits import visits
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session, transaction
from portal.foundation.mail.outbox import PENDING, SENT, OutgoingMail
from portal.invitations.models import Invitation
from portal.invitations.services import invite
from portal.invitations.services.letters import settle
from portal.ledger.models import Action, ActionStage, Idea, ResponseKind
from portal.ledger.services import answer_question, proofs_kept, record_progress, respond, start_action, suggest, vote
from portal.listening.models import Author, Mention
from portal.listening.services import add_source, add_tracker, pause_source, take_in
from portal.makers.models import Person, Stage
from portal.makers.services import move_to_stage, notice_people, place_mentions, score_people, suggest_merges
from portal.updates.jobs import gather

TRACKERS = (
    ("The brand", '"lumen & loom" lumenloom'),
    ("Our lamps", "alba nido fjara"),
    ("Shade making", '"shade pattern" pattern felt knit'),
)
SOURCES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("feeds", "Weaving journals", {"url": "https://journal.example.org/feed.xml"}),
    ("feeds", "News about Lumen & Loom", {"url": "https://news.example.org/alerts/lumen-loom.xml"}),
    ("webmention", "Links to our shop", {"sites": "shop.example.org"}),
    ("mastodon", "Tags on Mastodon", {"url": "https://social.example.org", "how": "tags", "words": "lumenloom"}),
    ("youtube", "Films of our lamps", {"words": "alba lamp\nnido lamp", "channel": "UClumenandloom0000000000"}),
    ("x", "Posts about us", {"words": "lumenloom", "users": "yes", "names": "tweet", "cap": "20"}),
    ("app-store", "Reviews of the app", {"app": "100000000", "countries": "de\nse"}),
    ("mail", "Press alerts", {}),
)
# What they have used: searches of today, and money of this month in millionths.
USED = {"youtube": {"calls": 62}, "x": {"calls": 31, "micros": 4_310_000}}
# Open letters of the last days, by handle.
INVITED = (("gretaholm", 2.2), ("anil_d", 6.0))
DECLINED = (("martak", 19.0),)
LETTER = (
    "I keep coming back to what you make with our lamps. We have a small circle of people who tell us what to change, "
    "and who see what we did about it, each time. I would like you to be part of it."
)
BATCH = 500
# Days ago on which everyone was scored before, for the history of each score.
SCORED = (150, 120, 90, 60, 32, 7)


@dataclass
class _Record:
    """What the year has brought so far, by the names that the invented history uses."""

    start: datetime
    users: dict[str, int] = field(default_factory=dict)
    ideas: dict[str, int] = field(default_factory=dict)
    actions: dict[str, int] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311 - repeats on purpose

    def user(self, name: str) -> User:
        """Someone by their first name, in the session at hand."""
        return session().get_one(User, self.users[name])

    def at(self, days_ago: float, hours: float = 0) -> datetime:
        """A moment of the year, never in the future."""
        moment = self.start - timedelta(days=days_ago) + timedelta(hours=hours)
        return min(moment, self.start - timedelta(minutes=20))

    def at_work(self, days_ago: float, hours: float = 0) -> datetime:
        """A moment of the year at which the staff is at its desk, a while after the door opened."""
        business = config.current().hours
        moment = self.at(days_ago, hours)
        if not business.is_open(moment):
            moment = business.next_opening(moment) + timedelta(minutes=self.chance.randint(10, 170))
        return min(moment, self.start - timedelta(minutes=15))


def fill(say: Callable[[str], None]) -> None:
    """Fill an empty portal with the invented year; the newest thing happened this hour."""
    record = _Record(start=now())
    with transaction(), pretend(record.at(365)):
        for name, email, role in STAFF:
            user = add_user(email=email, name=name, role=Role(role), by=None)
            session().flush()
            record.users[name.split()[0]] = user.id
        for name, query in TRACKERS:
            add_tracker(name=name, query=query, by=record.user("Sam"))
        for channel, name, settings in SOURCES:
            source = add_source(connector=channel, settings=settings, name=name, keeps_all=True, by=record.user("Sam"))
            pause_source(source, by=record.user("Sam"))
            today = {"day": f"{record.start:%Y-%m-%d}", "month": f"{record.start:%Y-%m}"}
            source.usage = {**today, **USED[channel]} if channel in USED else {}
    say("A year of mentions …")
    _hear(record)
    with transaction():
        suggest_merges()
        notice_people()
        draw_pictures()
    say("Members, suggestions and answers …")
    numbered = itertools.count()
    events = sorted((moment, next(numbered), happen) for moment, happen in _events(record))
    for moment, _number, happen in events:
        with pretend(moment):
            with transaction():
                is_quiet = happen()
            if not is_quiet:
                gather()
    _mark_as_sent(record)


def _hear(record: _Record) -> None:
    """Take in what was said, and score everyone as the year goes on."""
    drafts = iter(sorted(a_year(record.start), key=lambda draft: draft.created_at))
    ahead = next(drafts, None)
    for moment in (*(record.at(days) for days in SCORED), record.start):
        heard = []
        while ahead is not None and (ahead.created_at <= moment or moment == record.start):
            heard.append(ahead)
            ahead = next(drafts, None)
        for start in range(0, len(heard), BATCH):
            with transaction():
                take_in(heard[start : start + BATCH])
        if moment == record.start:
            with transaction():
                judge_readings(record)
        with pretend(moment), transaction():
            place_mentions()
            score_people(at=moment)


def _events(record: _Record) -> Iterator[tuple[datetime, Callable[[], bool | None]]]:
    members = [maker for maker in MAKERS if maker.member_number]
    for maker in members:
        joined = 363 - 2 * maker.member_number
        yield record.at(joined), lambda maker=maker: _join(record, maker)  # type: ignore[misc]
    for doing in DOINGS:
        for step in doing.steps[1:]:
            yield record.at_work(step.days_ago), lambda doing=doing, step=step: _go_on(record, doing, step)  # type: ignore[misc]
    for suggestion in SUGGESTIONS:
        yield record.at(suggestion.days_ago), lambda s=suggestion: _suggest(record, s)  # type: ignore[misc]
        before = record.at(suggestion.days_ago)
        for index, answer in enumerate(suggestion.answers):
            moment = before = max(
                record.at_work(suggestion.days_ago, answer.after_hours), before + timedelta(minutes=25)
            )
            yield moment, lambda s=suggestion, i=index: _answer(record, s, i)  # type: ignore[misc]
            if answer.reply:
                before = moment + timedelta(hours=3)
                yield before, lambda s=suggestion, words=answer.reply: _reply(record, s, words)  # type: ignore[misc]
        for voter in _voters(record, suggestion, members):
            moment = record.at(suggestion.days_ago, record.chance.uniform(0.2, 90))
            yield moment, lambda s=suggestion, v=voter: _vote(record, s, v)  # type: ignore[misc]
    names = [maker.name.split()[0] for maker in members]
    yield from rooms(record, names)
    yield from talk(record)
    yield from visits(record, names)
    yield from desk(record)
    yield from verdicts(record)
    for handle, days in INVITED + DECLINED:
        yield record.at(days), lambda handle=handle: _write_to(record, handle)  # type: ignore[misc]


def _voters(record: _Record, suggestion: Suggestion, members: list[Maker]) -> list[str]:
    others = [maker.name.split()[0] for maker in members if maker.name.split()[0] != suggestion.by]
    return record.chance.sample(others, min(suggestion.votes, len(others)))


def _person(handle: str) -> tuple[Person, Mention | None]:
    """Someone by their handle, with the best of what they had said by then."""
    said = select(Mention).join(Author).where(Author.handle == handle, Mention.created_at < now())
    best = session().scalars(said.order_by(Mention.is_creation.desc(), Mention.likes.desc(), Mention.id))
    return person_by(handle), next(iter(best), None)


def _write_to(record: _Record, handle: str) -> None:
    maker = next(maker for maker in MAKERS if maker.handle == handle)
    person, best = _person(handle)
    letter = invite(
        person,
        email=member_address(maker),
        name=maker.name,
        basis=Basis.PUBLISHED_CONTACT,
        place=f"https://profiles.example.org/{handle}",
        obtained_on=now().date(),
        note=LETTER,
        quoted_mention=best,
        by=record.user("Sam"),
    )
    if handle in dict(DECLINED):
        settle(letter.token_hash, declined_at=now())
        move_to_stage(person, Stage.RESTING, by=None)


def _join(record: _Record, maker: Maker) -> None:
    _write_to(record, maker.handle)
    person, _best = _person(maker.handle)
    letter = session().scalars(select(Invitation).where(Invitation.person_id == person.id)).one()
    accepted = settle(letter.token_hash, accepted_at=now())
    member = admit(accepted or letter)
    member.about = maker.about
    member.is_named_publicly = maker.member_number % 3 != 0
    record.users[maker.name.split()[0]] = member.user.id
    # Sam has read so much of theirs before he wrote that he lets them speak at once.
    trust(member.user, by=record.user("Sam"))


def _suggest(record: _Record, suggestion: Suggestion) -> None:
    idea = suggest(title=suggestion.title, body=suggestion.body, by=record.user(suggestion.by))
    if suggestion.answers:
        # Whoever answered in the story is also its owner.
        idea.owner_id = record.user(suggestion.answers[-1].by).id
    record.ideas[suggestion.title] = idea.id


def _vote(record: _Record, suggestion: Suggestion, voter: str) -> bool:
    # True: of a voice nobody is told.
    vote(session().get_one(Idea, record.ideas[suggestion.title]), record.user(voter))
    return True


def _answer(record: _Record, suggestion: Suggestion, index: int) -> None:
    answer = suggestion.answers[index]
    by = record.user(answer.by)
    action = None
    if answer.action:
        action = _action(record, next(doing for doing in DOINGS if doing.key == answer.action))
    idea = session().get_one(Idea, record.ideas[suggestion.title])
    others = {"de": answer.german} if answer.german else None
    language = "en" if others else None
    kind = ResponseKind(answer.kind)
    respond(idea, kind=kind, message=answer.words, by=by, action=action, language=language, in_languages=others)


def _reply(record: _Record, suggestion: Suggestion, words: str) -> None:
    idea = session().get_one(Idea, record.ideas[suggestion.title])
    answer_question(idea, words=words, by=record.user(suggestion.by))


def _action(record: _Record, doing: Doing) -> Action:
    known = record.actions.get(doing.key)
    if known is not None:
        return session().get_one(Action, known)
    first, owner = doing.steps[0], record.user(doing.owner)
    due = (record.start + timedelta(days=doing.due_in_days)).date() if doing.due_in_days else None
    action = start_action(
        title=doing.title, owner=owner, stage=ActionStage(first.stage), words=first.words, target_date=due, by=owner
    )
    record.actions[doing.key] = action.id
    return action


def _go_on(record: _Record, doing: Doing, step: Step) -> None:
    action, by, stage = _action(record, doing), record.user(doing.owner), ActionStage(step.stage)
    with proofs_kept(sent_with(step)) as files:
        record_progress(action, stage=stage, words=step.words, proof_url=step.proof, by=by, files=files)


def _mark_as_sent(record: _Record) -> None:
    """What was written days ago has long been read; only the newest mails still wait."""
    with transaction() as current:
        old = (OutgoingMail.status == PENDING) & (OutgoingMail.created_at < record.start - timedelta(days=2))
        current.execute(update(OutgoingMail).where(old).values(status=SENT, sent_at=OutgoingMail.created_at, tries=1))
