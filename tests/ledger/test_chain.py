"""Nobody changes what was answered; and whoever does it by hand is named."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.ledger.chain import FIRST, head, link_hash, verify
from portal.ledger.models import Action, ActionStage, AppendOnly, Idea, Progress, Response, ResponseKind
from portal.ledger.services import record_progress, respond, start_action
from tests.factories import make_idea

REASON = "The resin would crack in the first hard frost."


@pytest.fixture
def ledger(maya: User, omar: User, rosa: User) -> list[Idea]:
    """Two suggestions, four answers, one action with three entries."""
    ideas = [make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=omar, owner=rosa)]
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    for idea in ideas:
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it today.", by=rosa)
    respond(ideas[0], kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    respond(ideas[1], kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)
    record_progress(action, stage=ActionStage.DONE, words="Out.", by=rosa, proof_url="https://lumen.example/warm")
    session().commit()
    return ideas


@pytest.fixture
def unlock(db: str) -> Callable[[], None]:
    """Take the triggers away, as someone with the keys of the database could."""

    def drop() -> None:
        for table in ("response", "progress"):
            names = ["no_update", "no_delete"] if db == "sqlite" else ["append_only"]
            for name in names:
                on = "" if db == "sqlite" else f" ON {table}"
                session().execute(text(f"DROP TRIGGER {table}_{name}{on}"))

    return drop


def by_hand(statement: str) -> None:
    session().execute(text(statement))
    session().commit()
    session().expire_all()


def id_of(kind: type[Response] | type[Progress], place: int) -> int:
    return sorted(session().query(kind.id).all())[place][0]


def test_an_untouched_ledger_is_unbroken(ledger: list[Idea]) -> None:
    assert str(verify()) == "4 answers and 3 progress entries, unbroken."


def test_an_empty_ledger_is_unbroken(db: str) -> None:
    assert str(verify()) == "0 answers and 0 progress entries, unbroken."


def test_each_link_carries_the_hash_of_the_one_before(ledger: list[Idea]) -> None:
    answers = session().query(Response).order_by(Response.id).all()

    assert answers[0].previous_hash == FIRST
    assert [answer.previous_hash for answer in answers[1:]] == [answer.hash for answer in answers[:-1]]
    assert head(Response) == answers[-1].hash == link_hash(answers[-2].hash, answers[-1].hashed_part())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE response SET message = 'We never said that, whatever you heard.' WHERE id = {answer}",
        "UPDATE response SET after_minutes = after_minutes + 1 WHERE id = {answer}",
        "UPDATE response SET hash = 'f' || substr(hash, 2, 62) || 'x' WHERE id = {answer}",
        "UPDATE response SET idea_id = {other} WHERE id = {answer}",
    ],
)
def test_a_changed_answer_is_named(ledger: list[Idea], unlock: Callable[[], None], change: str) -> None:
    unlock()
    answer, other = id_of(Response, 2), ledger[1].id

    by_hand(change.format(answer=answer, other=other))

    assert verify().broken is not None
    assert str(verify()).startswith(f"Answer {answer} (to suggestion ")
    assert "was changed" in str(verify())


def test_a_changed_progress_entry_is_named(ledger: list[Idea], unlock: Callable[[], None]) -> None:
    unlock()
    entry = id_of(Progress, 1)

    by_hand(f"UPDATE progress SET words = 'Half done.' WHERE id = {entry}")

    assert str(verify()).startswith(f"Progress entry {entry} (of action ")


def test_a_missing_answer_is_named_by_its_neighbours(ledger: list[Idea], unlock: Callable[[], None]) -> None:
    unlock()
    before, gone, after = (id_of(Response, place) for place in (0, 1, 2))

    by_hand(f"DELETE FROM response WHERE id = {gone}")

    assert str(verify()).startswith(f"A link is missing between Answer {before} (")
    assert f"Answer {after} (" in str(verify())


def test_a_missing_beginning_is_named(ledger: list[Idea], unlock: Callable[[], None]) -> None:
    unlock()
    by_hand(f"DELETE FROM response WHERE id = {id_of(Response, 0)}")

    assert "does not start there" in str(verify())


def test_a_changed_order_is_named(ledger: list[Idea], unlock: Callable[[], None]) -> None:
    unlock()
    first, second = id_of(Response, 1), id_of(Response, 2)

    for old, new in ((first, -1), (second, first), (-1, second)):
        by_hand(f"UPDATE response SET id = {new} WHERE id = {old}")

    assert str(verify()).startswith(f"The order is broken at Answer {first} ")


def test_the_orm_refuses_a_changed_answer(ledger: list[Idea]) -> None:
    answer = ledger[0].responses[0]

    answer.message = "We never said that."

    with pytest.raises(AppendOnly):
        session().flush()
    session().rollback()


def test_the_orm_refuses_to_delete_an_entry(ledger: list[Idea]) -> None:
    session().delete(session().query(Action).one().progress[0])

    with pytest.raises(AppendOnly):
        session().flush()
    session().rollback()


def test_bulk_statements_of_the_orm_are_refused(ledger: list[Idea]) -> None:
    for kind in (Response, Progress):
        for statement in (update(kind).values(hash="x"), delete(kind)):
            with pytest.raises(AppendOnly):
                session().execute(statement)
        # Many at once, by their keys: the last two the database itself refuses.
        changed = [{"id": id_of(kind, 0), "hash": "x"}]
        with pytest.raises(AppendOnly):
            session().execute(update(kind), changed)
        with pytest.raises(AppendOnly):
            session().query(kind).update({"hash": "x"})
        with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
            session().bulk_update_mappings(kind.__mapper__, changed)
        twin = {column.key: getattr(session().get(kind, id_of(kind, 0)), column.key) for column in kind.__table__.c}  # type: ignore[attr-defined]
        instead = insert_into(kind).values(twin).on_conflict_do_update(index_elements=["id"], set_={"hash": "x"})
        with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
            session().execute(instead)


def test_the_database_refuses_core_and_raw_statements(ledger: list[Idea]) -> None:
    for kind in (Response, Progress):
        core, name = kind.__table__, kind.__tablename__
        raw = (text(f"UPDATE {name} SET hash = 'x'"), text(f"DELETE FROM {name}"))
        for statement in (*raw, core.update().values(hash="x"), core.delete()):  # type: ignore[attr-defined]
            with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
                session().connection().execute(statement)

    assert verify().broken is None


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_a_session_in_the_part_of_a_replica_is_refused_too(db: str, ledger: list[Idea]) -> None:
    session().execute(text("SET LOCAL session_replication_role = replica"))
    for table in ("response", "progress", "audit_entry"):
        for statement in (f"UPDATE {table} SET id = id + 900", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
                session().execute(text(statement))


# PostgreSQL has no INSERT OR REPLACE, and its ON CONFLICT DO UPDATE is an update.
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_nothing_of_the_record_is_replaced_by_an_insert(db: str, ledger: list[Idea]) -> None:
    others = {"id": "9999", "hash": "'x'", "previous_hash": "'y'"}
    for table in ("response", "progress", "audit_entry"):
        run = session().connection().exec_driver_sql
        kept = run(f"SELECT * FROM {table} ORDER BY id").all()
        columns = [row[1] for row in run(f"PRAGMA table_info({table})")]
        for key in {"id", "hash", "previous_hash"} & set(columns):
            # Another row that has only this one thing in common with the first.
            new = ", ".join(name if name == key else others.get(name, name) for name in columns)
            first = f"SELECT {new} FROM {table} WHERE id = {kept[0][0]}"
            with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
                run(f"INSERT OR REPLACE INTO {table} {first}")
        assert run(f"SELECT * FROM {table} ORDER BY id").all() == kept


def test_the_database_holds_the_second_law(ledger: list[Idea], rosa: User) -> None:
    action = str(session().query(Action).one().id)
    answer = {"idea_id": str(ledger[0].id), "answered_by_id": str(rosa.id), "answered_at": "'2026-01-01'"}
    entry = {"action_id": action, "recorded_by_id": str(rosa.id), "recorded_at": "'2026-01-01'"}
    always = {"response": {**answer, "after_minutes": "1"}, "progress": entry}
    for table, values in (
        ("response", {"kind": "'explanation'", "message": "' '"}),
        ("response", {"kind": "'question'", "message": "''"}),
        ("response", {"kind": "'action'", "message": "'We will.'"}),
        ("response", {"kind": "'question'", "message": "'Why?'", "action_id": action}),
        ("progress", {"stage": "'done'", "words": "'Out.'", "proof_url": "' '"}),
        ("progress", {"stage": "'dropped'", "words": "''", "proof_url": "''"}),
    ):
        given = {**always[table], **values, "previous_hash": "'a'", "hash": "'b'"}
        row = f"INSERT INTO {table} ({', '.join(given)}) VALUES ({', '.join(given.values())})"
        with pytest.raises(DBAPIError, match="ck_"), session().begin_nested():
            session().execute(text(row))


def test_two_links_cannot_follow_the_same_one(ledger: list[Idea], rosa: User) -> None:
    twin = ledger[0].responses[0]
    session().add(
        Response(
            idea_id=ledger[0].id, kind=ResponseKind.ACKNOWLEDGEMENT, message="Forked.", answered_by_id=rosa.id,
            answered_at=now() + timedelta(hours=1), after_minutes=1, previous_hash=twin.previous_hash, hash="0" * 63,
        )
    )  # fmt: skip

    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        session().flush()
    session().rollback()
