"""Everybody whom a rule can meet, as rows that no database has seen."""

from collections.abc import Callable
from typing import Any

from portal.accounts.models import Role, User
from portal.foundation.clock import now

AUTHOR, SPEAKER, WRITER = 1, 2, 3


def person(role: Role, number: int, *, suspended: bool = False) -> User:
    """Somebody of this role and number."""
    return User(id=number, role=role, email="x@example.org", name="X", suspended_at=now() if suspended else None)


PEOPLE = {
    "author": person(Role.MEMBER, AUTHOR),
    "speaker": person(Role.MEMBER, SPEAKER),
    "member": person(Role.MEMBER, 9),
    "own": person(Role.RESPONDER, AUTHOR),
    "writer": person(Role.RESPONDER, WRITER),
    "responder": person(Role.RESPONDER, 8),
    "manager": person(Role.MANAGER, 7),
    "admin": person(Role.ADMIN, 6),
    "gone author": person(Role.MEMBER, AUTHOR, suspended=True),
    "gone speaker": person(Role.MEMBER, SPEAKER, suspended=True),
    "gone writer": person(Role.RESPONDER, WRITER, suspended=True),
    "gone manager": person(Role.MANAGER, 7, suspended=True),
    "gone admin": person(Role.ADMIN, 6, suspended=True),
}
AUTHORS, MEMBERS, MANAGERS = {"author", "own"}, {"speaker", "member"}, {"manager", "admin"}
# Everybody of the company but the author.
OTHERS = {"writer", "responder"} | MANAGERS
STAFF = OTHERS | {"own"}
ALL = STAFF | MEMBERS | {"author"}


def whom(rule: Callable[..., bool], *rows: Any) -> set[str]:
    """To whom of all these a rule says yes."""
    return {name for name, someone in PEOPLE.items() if rule(someone, *rows)}
