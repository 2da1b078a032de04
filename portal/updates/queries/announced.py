"""What of the community, the ledger and its words has been told to everyone whom it is for."""

from typing import Any

from sqlalchemy import ColumnElement, select

from portal.foundation.mail.outbox import subject_key
from portal.updates.models import Announcement


def was_announced(*key: Any) -> ColumnElement[bool]:
    """The condition that this was told.

    Args:
        key: the parts of its key; see `subject_key`.
    """
    return select(Announcement.id).where(Announcement.subject_key == subject_key(*key)).exists()
