"""A ledger in bulk: suggestions in words of natural frequency, answers in a whole chain, voices, comments."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert

from benchmarks.bulk import Bulk, bulk
from benchmarks.rows import _insert, _user
from portal.accounts.models import Session, User
from portal.accounts.services import hash_secret
from portal.app import create_app
from portal.commands import bring_up_to_date
from portal.foundation.database import transaction
from portal.foundation.search import SearchEntry, grams_of, stems
from portal.ledger.chain import FIRST, link_hash
from portal.ledger.models import DECISIONS, Comment, Idea, Response, ResponseKind, Standing, Vote
from portal.updates.models import Telling

USERS = 2_000
WRITERS = 16
NOW = datetime.now(UTC).replace(microsecond=0)
# What was said so long ago has been told, and what is still open has a promise that is far off: the worker beside the
# portal has nothing left to do but what is done while it is measured.
NEWEST = NOW - timedelta(days=30)
FAR_OFF = NOW + timedelta(days=60)
BATCH = 5_000
TABLES = ("idea", "vote", "comment", "response", "telling", "search_entry")
ANSWERED = {ResponseKind.ACKNOWLEDGEMENT: Standing.HEARD, ResponseKind.EXPLANATION: Standing.EXPLAINED}


class Speech:
    """Invented words, the common ones as common as in any language (Zipf).

    Half a million words are spoken once; what is said later is some stretch of them, which is as quick as cutting.
    """

    SPOKEN = 500_000

    def __init__(self) -> None:
        self.chance = random.Random(5)
        parts = "ba ko ri ten lu sha mo vel ga pin do ras fe tol ni mar cu sel ha bro".split()  # noqa: SIM905 - easier to read
        known = {"".join(self.chance.choices(parts, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(60_000)}
        self.words = sorted(known)
        self.chance.shuffle(self.words)
        self.weights = list(accumulate(1 / (place + 3) for place in range(len(self.words))))
        self.spoken = self.say_anew(self.SPOKEN)
        stem = {word: " ".join(stems(word)) for word in self.words}
        self.stems = [stem[word] for word in self.spoken]
        pieces = {word: grams_of(word) for word in self.words}
        self.pieces = [pieces[word] for word in self.spoken]

    def cut(self, count: int) -> slice:
        at = self.chance.randrange(self.SPOKEN - count)
        return slice(at, at + count)

    def say_anew(self, count: int) -> list[str]:
        """Some words, as common as ever, in an order in which nobody said them."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def typed(self, count: int, title: int) -> Iterator[str]:
        """The forms that are sent while somebody writes so many words, the title first: one at every second word."""
        said = self.say_anew(count)
        for far in range(2, count + 1, 2):
            yield urlencode({"title": " ".join(said[: min(far, title)]), "body": " ".join(said[title:far])})

    def both(self, count: int) -> tuple[str, str]:
        """Some words, and their stems."""
        part = self.cut(count)
        return " ".join(self.spoken[part]), " ".join(self.stems[part])


@dataclass
class Rows:
    """What is loaded together."""

    ideas: list[tuple[Any, ...]] = field(default_factory=list)
    votes: list[tuple[Any, ...]] = field(default_factory=list)
    comments: list[tuple[Any, ...]] = field(default_factory=list)
    answers: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)

    def load(self, work: Bulk) -> None:
        given = ("title", "body", "proposed_by_id", "owner_id", "created_at", "acknowledge_by", "decide_by", "standing")
        work.load(Idea, ("id", *given, "is_private", "decided_minutes"), self.ideas)
        work.load(Vote, ("idea_id", "user_id", "created_at"), self.votes)
        said = ("idea_id", "author_id", "body", "is_case", "created_at")
        work.load(Comment, ("id", *said), self.comments)
        work.load(Response, Answers.COLUMNS, self.answers)
        # Its own number, that of its answer, how many were told, and when.
        work.load(
            Telling, ("id", "response_id", "people", "told_at"), [(row[0], row[0], 0, row[5]) for row in self.answers]
        )
        found = ("kind", "subject_id", "group_id", "title", "body", "grams")
        work.load(SearchEntry, ("id", *found), self.entries)


class Answers:
    """Answers as `respond` would seal them: each carries the hash of the one before."""

    COLUMNS = ("id", "idea_id", "kind", "message", "answered_by_id", "answered_at", "after_minutes",
               "acknowledge_by", "decide_by", "previous_hash", "hash")  # fmt: skip

    def __init__(self) -> None:
        self.count, self.head = 0, FIRST

    def add(self, idea: int, kind: ResponseKind, words: str, by: int, at: datetime, minutes: int) -> tuple[Any, ...]:
        self.count += 1
        row = Response(idea_id=idea, kind=kind, message=words, answered_by_id=by, answered_at=at, after_minutes=minutes)
        before, self.head = self.head, link_hash(self.head, row.hashed_part())
        return (self.count, idea, kind, words, by, at, minutes, None, None, before, self.head)


def fill_ledger(ideas: int, votes: int, comments: int) -> tuple[list[str], Speech]:
    """Fill a fresh portal; returns the cookies of 16 members, and the speech that everything was said in."""
    app = create_app()
    bring_up_to_date()
    speech, tokens = Speech(), [secrets.token_urlsafe(32) for _ in range(WRITERS)]
    with transaction() as current:
        _insert(current, User, [_user(number) for number in range(1, USERS + 1)])
        ends = {"created_at": NOW, "expires_at": NOW + timedelta(days=1)}
        signed_in = [{"user_id": 10 + at, "token_hash": hash_secret(token)} | ends for at, token in enumerate(tokens)]
        current.execute(insert(Session), signed_in)
    with bulk(TABLES) as work:
        for rows in _rows(ideas, votes // ideas, comments // ideas, speech):
            rows.load(work)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return [f"heard={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens], speech


def _rows(count: int, votes: int, comments: int, speech: Speech) -> Iterator[Rows]:
    """Batch by batch, the oldest first; an answer to about seven of ten."""
    chance, answers, said, entry = speech.chance, Answers(), 0, 0
    rows = Rows()
    for number in range(1, count + 1):
        made = NEWEST - timedelta(minutes=5 * (count - number))
        title, in_title = speech.cut(6), speech.both(40)
        owner, standing, decided = chance.randint(2, 5), Standing.WAITING, None
        entry += 1
        rows.entries.append(
            (entry, "idea", number, number, " ".join(speech.stems[title]), in_title[1], " ".join(speech.pieces[title]))
        )
        for kind in list(ANSWERED)[: chance.choice((0, 1, 2))]:
            words, standing, entry = speech.both(30), ANSWERED[kind], entry + 1
            at = made + timedelta(hours=3)
            minutes = chance.randint(5, 2_000)
            decided = minutes if kind in DECISIONS else None
            rows.answers.append(answers.add(number, kind, words[0], owner, at, minutes))
            rows.entries.append((entry, "response", answers.count, number, "", words[1], ""))
        promises = (made + timedelta(hours=8), made + timedelta(days=14)) if decided else (FAR_OFF, FAR_OFF)
        author = chance.randint(100, USERS)
        line = " ".join(speech.spoken[title]).capitalize()
        rows.ideas.append((number, line, in_title[0], author, owner, made, *promises, standing, False, decided))
        rows.votes += [(number, person, made) for person in chance.sample(range(100, USERS), votes)]
        for place in range(comments):
            words, said, entry = speech.both(25), said + 1, entry + 1
            rows.comments.append((said, number, 100 + place, words[0], False, made))
            rows.entries.append((entry, "comment", said, number, "", words[1], ""))
        if number % BATCH == 0 or number == count:
            yield rows
            rows = Rows()
