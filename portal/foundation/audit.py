"""One audit row for each change of state, in the transaction of the change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, bindparam, insert
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, session, write_one


class AuditEntry(Base):
    """Who did what to which row, with what stood before and after in short."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_table", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    verb: Mapped[str] = mapped_column(String(60))
    subject_table: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)


_TABLE: Any = AuditEntry.__table__
_GIVEN = {column: bindparam(f"entry_{column.name}", type_=column.type) for column in _TABLE.c if column.name != "id"}
# Built once: every change writes one.
_ENTRY = insert(_TABLE).values(_GIVEN).inline()


def record(
    verb: str,
    subject: Any,
    *,
    by: Any | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down one change of state; `by` is None where the product itself acted.

    Raises:
        ReadOnly: this piece of work only reads.
    """
    if subject.id is None:
        session().flush()
    entry = _entry(verb, subject, by, before, after)
    write_one(_ENTRY, {f"entry_{name}": value for name, value in entry.items()})


def record_all(verb: str, changes: Iterable[tuple[Any, dict[str, Any], dict[str, Any]]], *, by: Any | None) -> None:
    """Write down the same change of many rows, each with what stood before and after, in one statement."""
    entries = [_entry(verb, subject, by, before, after) for subject, before, after in changes]
    if entries:
        session().execute(insert(_TABLE), entries)


def _entry(
    verb: str, subject: Any, by: Any | None, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "at": now(),
        "by_id": by.id if by is not None else None,
        "verb": verb,
        "subject_table": subject.__tablename__,
        "subject_id": subject.id,
        "before": before,
        "after": after,
    }
