"""The outbox: a mail is a row in the transaction of the fact it tells, claimed by one sender at a time."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Index,
    ScalarSelect,
    String,
    Text,
    UniqueConstraint,
    cast,
    func,
    literal,
    select,
    text,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, insert_into, session
from portal.foundation.mail.message import Message, sender_host

LEASE = timedelta(minutes=3)
GIVE_UP_AFTER = timedelta(hours=72)

PENDING, SENDING, SENT, FAILED, SUPPRESSED = "pending", "sending", "sent", "failed", "suppressed"


class OutgoingMail(Base):
    """One mail to one person; its Message-ID stands before the first try and never changes."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("kind", "subject_key", "recipient"),
        CheckConstraint("status IN ('pending', 'sending', 'sent', 'failed', 'suppressed')", name="status"),
        Index("ix_outgoing_mail_due", "status", "next_try_at", "id"),
        Index(
            "ix_outgoing_mail_urgent",
            "status",
            "next_try_at",
            "id",
            sqlite_where=text("unsubscribe_url IS NULL"),
            postgresql_where=text("unsubscribe_url IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_key: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(320), index=True)
    recipient_name: Mapped[str] = mapped_column(String(200))
    from_name: Mapped[str | None] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(998))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    unsubscribe_url: Mapped[str | None] = mapped_column(String(500))
    # A small text file that goes with it: its name, its type and its text.
    attachment: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    status: Mapped[str] = mapped_column(String(12), default=PENDING)
    created_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    lease: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))
    sent_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Claimed:
    """A mail that this sender alone may send until its lease ends."""

    mail: OutgoingMail
    lease: str


def queue_mail(message: Message) -> None:
    """Write one mail to the outbox; telling the same fact to the same person again adds nothing."""
    queue_mails([message])


def queue_mails(messages: Iterable[Message]) -> int:
    """Write many mails, one statement for each few hundred; returns how many were offered."""
    rows = (_row(message) for message in messages)
    offered = 0
    # Taken in slices, so that a broadcast never stands in memory as a whole.
    while some := list(islice(rows, 250)):
        session().execute(insert_into(OutgoingMail).on_conflict_do_nothing(), some)
        offered += len(some)
    return offered


def was_queued(kind: str, *key: Any) -> ColumnElement[bool]:
    """The condition that a mail of this kind was queued to anybody before, whatever became of it.

    Args:
        key: the parts of its subject key; see `subject_key`.
    """
    known = select(OutgoingMail.id).where(OutgoingMail.kind == kind, OutgoingMail.subject_key == subject_key(*key))
    return known.exists()


def subject_key(*parts: Any) -> ColumnElement[str]:
    """The key of what is told, put together by the database: its parts, with colons between.

    Args:
        parts: each in words, or a column of what it is about.
    """
    words: list[ColumnElement[str]] = [literal(part) if isinstance(part, str) else cast(part, String) for part in parts]
    return reduce(lambda before, part: before + ":" + part, words)


def claim_next() -> Claimed | None:
    """Take the next mail that is due, by one conditional update; None when nothing is due.

    First what somebody waits for, then what a sender that died left behind, then the rest in order.
    """
    moment = now()
    waiting = (OutgoingMail.status == PENDING) & (OutgoingMail.next_try_at <= moment)
    left_behind = (OutgoingMail.status == SENDING) & (OutgoingMail.lease_until < moment)
    # Three looks at an index each; one condition with OR would sort everything that waits, for each mail.
    first = func.coalesce(
        _first(waiting & OutgoingMail.unsubscribe_url.is_(None), OutgoingMail.next_try_at, OutgoingMail.id),
        _first(left_behind, OutgoingMail.id),
        _first(waiting, OutgoingMail.next_try_at, OutgoingMail.id),
    )
    lease = secrets.token_hex(16)
    claimed = (
        session()
        .scalars(
            update(OutgoingMail)
            .where(OutgoingMail.id == first, waiting | left_behind)
            .values(status=SENDING, lease=lease, lease_until=moment + LEASE, tries=OutgoingMail.tries + 1)
            .returning(OutgoingMail)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        .one_or_none()
    )
    return Claimed(claimed, lease) if claimed else None


def _first(due: ColumnElement[bool], *order: InstrumentedAttribute[Any]) -> ScalarSelect[int]:
    query = select(OutgoingMail.id).where(due).order_by(*order).limit(1)
    if session().get_bind().dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    # Named apart from the row that is updated, which it must not be tied to.
    return query.correlate(None).scalar_subquery()


def settle(claimed: Claimed, status: str, *, error: str | None = None, retry_in: timedelta | None = None) -> bool:
    """Write down how it went; False when the lease was lost to another sender in the meantime."""
    values: dict[str, Any] = {"status": status, "last_error": error, "lease": None, "lease_until": None}
    if status == SENT:
        values["sent_at"] = now()
    if retry_in is not None:
        values["next_try_at"] = now() + retry_in
    settled = session().execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == claimed.mail.id, OutgoingMail.lease == claimed.lease)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(settled.rowcount == 1)  # type: ignore[attr-defined]


def _row(message: Message) -> dict[str, Any]:
    moment = now()
    return {
        "kind": message.kind,
        "subject_key": message.subject_key,
        "recipient": message.to_address,
        "recipient_name": message.to_name,
        "from_name": message.from_name,
        "subject": message.subject,
        "text": message.text,
        "html": message.html,
        "unsubscribe_url": message.unsubscribe_url,
        "attachment": asdict(message.attachment) if message.attachment else None,
        "message_id": f"<{secrets.token_hex(16)}@{sender_host()}>",
        "status": PENDING,
        "created_at": moment,
        "next_try_at": moment,
        "tries": 0,
    }
