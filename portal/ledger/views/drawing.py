"""Rows of the ledger and the desk as HTML, drawn once for as long as they say the same."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup

from portal.foundation.clock import now
from portal.ledger.queries import DeskRow, LedgerRow


def draw(macro: str, rows: Sequence[LedgerRow] | Sequence[DeskRow], zone: tzinfo) -> Markup:
    """The rows by a macro of `ledger/parts.html`; the same rows in the same minute are drawn once.

    The rows themselves are the key, read anew for each page, so that nothing old can ever show.
    """
    return _draw(macro, tuple(rows), zone, now().replace(second=0, microsecond=0))


@lru_cache(maxsize=256)
def _draw(macro: str, rows: tuple[LedgerRow | DeskRow, ...], _zone: tzinfo, _minute: datetime) -> Markup:
    drawn: Markup = get_template_attribute("ledger/parts.html", macro)(rows)
    return drawn
