"""Rows in bulk for the benchmarks: ideas with answers and votes, people with scores; the same every time."""

import random
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import insert, text

from portal.accounts.models import Role, Session, User
from portal.accounts.services import hash_secret
from portal.app import create_app
from portal.commands import bring_up_to_date
from portal.foundation.database import Base, database, transaction
from portal.ledger.models import Idea, Response, ResponseKind, Vote
from portal.listening.models import Author, Mention
from portal.makers.models import Person, PersonAuthor, Score
from portal.makers.services import place_mentions, score_people

WORDS = "lamp shade cable clip frame thread light warm switch drawing ring paper felt winter kitchen table glow".split()  # noqa: SIM905 - easier to read
NOW = datetime.now(UTC).replace(microsecond=0)

MANAGERS = (1, 2)
# Who asks for the pages: two managers, two responders, and members.
READERS = (*MANAGERS, 3, 4, 21, 22, 23, 24)


def fill_portal(*, ideas: int, people: int) -> tuple[list[str], dict[str, str]]:
    """Fill a fresh portal; returns the cookies of signed-in readers, managers first, and the pages to ask for."""
    app = create_app()
    bring_up_to_date()
    chance = random.Random(3)
    tokens = {number: secrets.token_urlsafe(32) for number in READERS}
    with transaction() as current:
        rows = [_user(number) for number in range(1, 301)]
        current.execute(insert(User), rows)
        current.execute(
            insert(Session),
            [
                {
                    "user_id": number,
                    "token_hash": hash_secret(token),
                    "created_at": NOW,
                    "expires_at": NOW + timedelta(days=1),
                }
                for number, token in tokens.items()
            ],
        )
    _add_ideas(ideas, chance)
    _add_people(people, chance)
    with transaction() as current:
        current.execute(text("ANALYZE"))
    if database.engine.dialect.name == "sqlite":
        raw = database.engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[attr-defined]
        raw.close()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    # As a browser holds it after its first page: with the key of its forms.
    held = [{"_user_id": token, "_fresh": True, "csrf_token": secrets.token_hex(20)} for token in tokens.values()]
    cookies = [f"heard={signer.dumps(each)}" for each in held]
    return cookies, {"ledger": "/ideas", "idea": f"/ideas/{ideas // 2}", "shortlist": "/people"}


def _user(number: int) -> dict[str, object]:
    role = Role.MANAGER if number in MANAGERS else Role.RESPONDER if number < 6 else Role.MEMBER
    return {
        "email": f"user{number}@example.org",
        "name": f"Person {number}",
        "role": role,
        "language": "en",
        "created_at": NOW,
    }


def _add_ideas(count: int, chance: random.Random) -> None:
    previous = "0" * 64
    for start in range(0, count, 5000):
        ideas, responses, votes = [], [], []
        for number in range(start + 1, min(start + 5000, count) + 1):
            made = NOW - timedelta(minutes=5 * (count - number))
            ideas.append(
                {
                    "id": number,
                    "title": " ".join(chance.sample(WORDS, 5)).capitalize(),
                    "body": " ".join(chance.choices(WORDS, k=60)),
                    "proposed_by_id": chance.randint(6, 300),
                    "owner_id": chance.randint(2, 5),
                    "created_at": made,
                    "acknowledge_by": made + timedelta(hours=8),
                    "decide_by": made + timedelta(days=14),
                }
            )
            kinds = [ResponseKind.ACKNOWLEDGEMENT, ResponseKind.EXPLANATION][: chance.choice((0, 1, 2, 2))]
            for kind in kinds:
                digest = f"{number:032x}{kind.value.encode().hex():0>32}"[:64]
                responses.append(
                    {
                        "idea_id": number,
                        "kind": kind,
                        "message": " ".join(chance.choices(WORDS, k=30)),
                        "answered_by_id": chance.randint(2, 5),
                        "answered_at": made + timedelta(hours=3),
                        "after_minutes": chance.randint(5, 2000),
                        "previous_hash": previous,
                        "hash": digest,
                    }
                )
                previous = digest
            votes += [
                {"idea_id": number, "user_id": user, "created_at": made} for user in chance.sample(range(6, 300), 4)
            ]
        with transaction() as current:
            _insert(current, Idea, ideas)
            _insert(current, Response, responses)
            _insert(current, Vote, votes)
    if database.engine.dialect.name == "postgresql":
        with transaction() as current:
            current.execute(text("SELECT setval('idea_id_seq', (SELECT max(id) FROM idea))"))


def _add_people(count: int, chance: random.Random) -> None:
    for start in range(0, count, 5000):
        authors, mentions = [], []
        for number in range(start + 1, min(start + 5000, count) + 1):
            authors.append(
                {
                    "id": number,
                    "channel": "mastodon",
                    "origin_host": "",
                    "handle": f"maker{number}",
                    "handle_key": f"maker{number}",
                    "name": f"Maker {number}",
                    "is_bot": False,
                    "is_brand": False,
                    "first_seen_at": NOW,
                    "revision": 1,
                }
            )
            for index in range(chance.choice((1, 1, 1, 2, 3, 8))):
                made = NOW - timedelta(days=chance.uniform(0, 360))
                mentions.append(
                    {
                        "channel": "mastodon",
                        "origin_host": "",
                        "external_id": f"{number}-{index}",
                        "author_id": number,
                        "kind": chance.choice(("post", "post", "reply", "video")),
                        "text": " ".join(chance.choices(WORDS, k=24)),
                        "created_at": made,
                        "first_seen_at": made,
                        "tone": chance.uniform(-1, 1),
                        "is_copy": False,
                        "is_question": False,
                        "is_suggestion": False,
                        "is_creation": chance.random() < 0.3,
                    }
                )
        with transaction() as current:
            _insert(current, Author, authors)
            _insert(current, Mention, mentions)
    for work in (place_mentions, score_people):
        while _in_transaction(work):
            continue
    with transaction() as current:
        assert current.query(Person).count() == count
        assert current.query(Score).count() == count == current.query(PersonAuthor).count()


def _in_transaction(work: Callable[[], int]) -> int:
    with transaction():
        return work()


def _insert(current: object, table: type[Base], rows: list[dict[str, object]]) -> None:
    if rows:
        current.execute(insert(table), rows)  # type: ignore[attr-defined]
