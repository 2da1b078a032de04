"""Asking for what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.foundation.errors import Refusal


def refused(refusal: type[Refusal], verb: Callable[..., Any], *given: Any, **named: Any) -> None:
    """It says no, in a sentence, and nothing is written down; what it changed until then is taken back, as ever."""
    count = select(func.count()).select_from(AuditEntry)
    before = session().scalar(count)
    with session().begin_nested() as step:
        with pytest.raises(refusal, match=r"^[A-Z0-9“].+\.$"):
            verb(*given, **named)
        assert session().scalar(count) == before, verb.__name__
        step.rollback()
