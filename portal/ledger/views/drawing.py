"""Parts of pages as HTML, drawn once for as long as they say the same."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup

from portal.foundation.clock import now
from portal.ledger.forms import HandOverForm, ResponseForm
from portal.ledger.models import ResponseKind
from portal.ledger.queries import ActionChoice, DeskRow, LedgerRow


def draw(macro: str, rows: Sequence[LedgerRow] | Sequence[DeskRow], zone: tzinfo) -> Markup:
    """The rows by a macro of `ledger/parts.html`; the same rows in the same minute are drawn once.

    The rows themselves are the key, read anew for each page, so that nothing old can ever show.
    """
    return _draw(macro, tuple(rows), zone, now().replace(second=0, microsecond=0))


@lru_cache(maxsize=256)
def _draw(macro: str, rows: tuple[LedgerRow | DeskRow, ...], _zone: tzinfo, _minute: datetime) -> Markup:
    drawn: Markup = get_template_attribute("ledger/parts.html", macro)(rows)
    return drawn


def draw_answer(form: ResponseForm) -> Markup:
    """The fields of an answer as they were typed."""
    drawn: Markup = get_template_attribute("ledger/parts.html", "answer_fields")(form)
    return drawn


@lru_cache(maxsize=64)
def draw_fresh_answer(kind: ResponseKind | None, actions: tuple[ActionChoice, ...]) -> Markup:
    """The fields of an answer that nobody has begun; the same for each suggestion and each of the staff."""
    form = ResponseForm(formdata=None, prefix="answer", meta={"csrf": False}).offer(actions)
    form.kind.data = kind
    return draw_answer(form)


def draw_hand_over(form: HandOverForm) -> Markup:
    """The fields of handing over as they were typed."""
    drawn: Markup = get_template_attribute("ledger/parts.html", "hand_over_fields")(form)
    return drawn


@lru_cache(maxsize=64)
def draw_fresh_hand_over(others: tuple[tuple[int, str], ...]) -> Markup:
    """The fields of handing over to one of these people, by id and name."""
    return draw_hand_over(HandOverForm(formdata=None, prefix="hand-over", meta={"csrf": False}).offer(others))
