"""The chain: each answer carries the hash of the one before it, so that a changed record shows itself."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ScalarResult, select, text
from sqlalchemy.orm import lazyload

from portal.foundation.database import session
from portal.foundation.storage import read_file
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.derived import wrong_beside
from portal.ledger.models import Idea, Progress, Response

Link = Response | Progress
Row = TypeVar("Row", Response, Progress)

FIRST = "0" * 64

# One lock for both chains and for new ideas: an answer that names an action and a progress entry of
# that action must not pass each other, or the standing would be derived from half of the truth; and
# ids that commit in order make the newest id a true mark of what the ledger holds.
_LOCK = 0x4845415244


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chains found.

    Attributes:
        answers: how many answers were read.
        entries: how many progress entries were read.
        broken: the first broken link in a sentence; None when all is as it was written.
    """

    answers: int
    entries: int
    broken: str | None = None

    def __str__(self) -> str:
        """The finding as a sentence."""
        if self.broken:
            return self.broken
        answers = ngettext("%(num)s answer", "%(num)s answers", self.answers)
        entries = ngettext("%(num)s progress entry", "%(num)s progress entries", self.entries)
        return _("%(answers)s and %(entries)s, unbroken.", answers=answers, entries=entries)


def hold_ledger() -> None:
    """Write to the ledger alone until the transaction ends; SQLite has one writer at a time anyway."""
    if session().get_bind().dialect.name == "postgresql":
        session().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def append_to_chain(row: Row) -> Row:
    """Seal a new row to the last one of its chain and store it; standings follow by the triggers."""
    current = session()
    with current.no_autoflush:
        hold_ledger()
        row.previous_hash = head(type(row))
        row.hash = link_hash(row.previous_hash, row.hashed_part())
    current.add(row)
    current.flush()
    for known in list(current.identity_map.values()):
        if isinstance(known, Idea):
            current.expire(known, ["standing"])
    return row


def head(kind: type[Response] | type[Progress]) -> str:
    """The hash of the newest link of a chain, or 64 zeros before the first."""
    return session().scalar(select(kind.hash).order_by(kind.id.desc()).limit(1)) or FIRST


def link_hash(previous: str, part: Mapping[str, object]) -> str:
    """SHA-256 over the previous hash and the row as canonical JSON (sorted keys, no spaces, UTF-8)."""
    words = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}{words}".encode()).hexdigest()


def export(*, sealed: Mapping[str, AbstractSet[int]] | None = None) -> Iterator[dict[str, object]]:
    """Every link of both chains in order, as `docs/verify_ledger.py` reads them.

    Args:
        sealed: for each chain the ids whose words are not for the reader; they come without their part, so
            that the order still shows while the words do not.
    """
    for kind in (Response, Progress):
        for row in _links(kind):
            yield {
                "chain": kind.chain,
                "id": row.id,
                "previous": row.previous_hash,
                "hash": row.hash,
                "part": None if row.id in (sealed or {}).get(kind.chain, ()) else row.hashed_part(),
            }


def heads() -> dict[str, str]:
    """The newest hash of each chain, by its name; whoever writes them down can later show what was cut off."""
    return {kind.chain: head(kind) for kind in (Response, Progress)}


def verify(*, known_heads: Sequence[str] = ()) -> Verdict:
    """Walk both chains from their first link, then compare what is derived from them with what it is derived from.

    That is the standing of each idea and what its figures are counted from; and what the database keeps both chains by
    must be there. Rows are read as they come, so that memory stays flat however long the ledger is.

    Args:
        known_heads: hashes written down earlier; each must still be there, or links were cut off the end.
    """
    counts = {}
    for kind in (Response, Progress):
        count, broken = _walk(kind)
        counts[kind] = count
        if broken:
            return Verdict(counts[Response], counts.get(Progress, 0), broken)
    lost = next((known for known in known_heads if known != FIRST and not _is_there(known)), None)
    if lost:
        return Verdict(
            counts[Response],
            counts[Progress],
            _("The head %(head)s is gone: links were cut off the end, or written anew.", head=lost),
        )
    return Verdict(counts[Response], counts[Progress], next(wrong_beside(), None))


def wrong_files() -> Iterator[str]:
    """Each file of an entry that is gone, or is not what was put on the record, in a sentence."""
    shown = select(Progress).where(Progress.files.is_not(None)).options(lazyload("*")).order_by(Progress.id)
    for row in session().scalars(shown.execution_options(yield_per=1000, populate_existing=True)):
        for file in row.proof_files:
            content = read_file(file.stored.path)
            if content is None:
                yield _("%(row)s: its file “%(name)s” is gone.", row=_name(row), name=file.name)
            elif hashlib.sha256(content).hexdigest() != file.stored.digest:
                yield _("%(row)s: its file “%(name)s” was changed.", row=_name(row), name=file.name)


def _is_there(known: str) -> bool:
    return any(session().scalar(select(kind.id).where(kind.hash == known)) for kind in (Response, Progress))


def _links(kind: type[Response] | type[Progress]) -> ScalarResult[Any]:
    return session().scalars(
        select(kind).options(lazyload("*")).order_by(kind.id).execution_options(yield_per=1000, populate_existing=True)
    )


def _walk(kind: type[Response] | type[Progress]) -> tuple[int, str | None]:
    rows = _links(kind)
    expected, count = FIRST, 0
    last: Link | None = None
    for row in rows:
        broken = _fault(row, expected, last)
        if broken:
            rows.close()
            return count, broken
        expected, last, count = row.hash, row, count + 1
    return count, None


def _fault(row: Link, expected: str, last: Link | None) -> str | None:
    name = _name(row)
    if link_hash(row.previous_hash, row.hashed_part()) != row.hash:
        return _("%(row)s was changed or put in by hand: its content is not what its hash was made from.", row=name)
    if row.previous_hash == expected:
        return None
    if last is None:
        return _("A link is missing before %(row)s: the chain does not start there.", row=name)
    if session().scalar(select(type(row).id).where(type(row).hash == row.previous_hash)):
        return _("The order is broken at %(row)s: it does not follow %(last)s.", row=name, last=_name(last))
    return _("A link is missing between %(last)s and %(row)s.", last=_name(last), row=name)


def _name(row: Link) -> str:
    if isinstance(row, Response):
        return _("Answer %(id)s (to suggestion %(idea)s)", id=row.id, idea=row.idea_id)
    return _("Progress entry %(id)s (of action %(action)s)", id=row.id, action=row.action_id)
