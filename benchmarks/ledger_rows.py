"""A ledger in bulk: suggestions in words of natural frequency, voices, comments, and what finds them."""

import random
import secrets
from datetime import UTC, datetime, timedelta

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import delete, insert, text

from benchmarks.rows import _insert, _user
from portal.accounts.models import Session, User
from portal.accounts.services import hash_secret
from portal.app import create_app
from portal.commands import bring_up_to_date
from portal.foundation.database import database, transaction
from portal.foundation.search import SearchDue, SearchEntry, grams_of, stems
from portal.ledger.models import Comment, Idea, Vote

USERS = 2_000
WRITERS = 16
NOW = datetime.now(UTC).replace(microsecond=0)


class Speech:
    """Invented words, the common ones as common as in any language (Zipf)."""

    def __init__(self) -> None:
        self.chance = random.Random(5)
        parts = "ba ko ri ten lu sha mo vel ga pin do ras fe tol ni mar cu sel ha bro".split()  # noqa: SIM905 - easier to read
        known = {"".join(self.chance.choices(parts, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(60_000)}
        self.words = sorted(known)
        self.chance.shuffle(self.words)
        self.weights = [1 / (place + 3) for place in range(len(self.words))]
        total = 0.0
        self.upto = []
        for weight in self.weights:
            total += weight
            self.upto.append(total)

    def say(self, count: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.upto, k=count))


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
    for start in range(1, ideas + 1, 2_000):
        _add(range(start, min(start + 2_000, ideas + 1)), ideas, votes // ideas, comments // ideas, speech)
    with transaction() as current:
        current.execute(delete(SearchDue))
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            for table in ("idea", "comment"):
                connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))
    else:
        with transaction() as current:
            current.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))
            current.execute(text("ANALYZE"))
        raw = database.engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
        raw.close()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return [f"heard={signer.dumps({'_user_id': token, '_fresh': True})}" for token in tokens], speech


def _add(numbers: range, count: int, votes: int, comments: int, speech: Speech) -> None:
    ideas, voices, said, entries = [], [], [], []
    for number in numbers:
        made = NOW - timedelta(minutes=5 * (count - number))
        idea = {
            "id": number,
            "title": speech.say(6).capitalize(),
            "body": speech.say(40),
            "proposed_by_id": speech.chance.randint(100, USERS),
            "owner_id": speech.chance.randint(2, 5),
            "created_at": made,
            "acknowledge_by": made + timedelta(hours=8),
            "decide_by": made + timedelta(days=14),
        }
        ideas.append(idea)
        entries.append(_entry("idea", number, number, str(idea["title"]), str(idea["body"])))
        behind = speech.chance.sample(range(100, USERS), votes)
        voices += [{"idea_id": number, "user_id": person, "created_at": made} for person in behind]
        for place in range(comments):
            key, words = number * 100 + place, speech.say(25)
            said.append(
                {"id": key, "idea_id": number, "author_id": 100 + place, "body": words, "is_case": False,
                 "created_at": made}
            )  # fmt: skip
            entries.append(_entry("comment", key, number, "", words))
    with transaction() as current:
        _insert(current, Idea, ideas)
        _insert(current, Vote, voices)
        _insert(current, Comment, said)
        _insert(current, SearchEntry, entries)


def _entry(kind: str, number: int, idea: int, title: str, body: str) -> dict[str, object]:
    return {
        "kind": kind,
        "subject_id": number,
        "group_id": idea,
        "title": " ".join(stems(title)),
        "body": " ".join(stems(body)),
        "grams": grams_of(title) if kind == "idea" else "",
    }
