"""The words that the staff sorts suggestions by."""

from datetime import UTC
from typing import Any

import pytest
from markupsafe import escape
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.ledger.models import IdeaTag
from portal.ledger.queries import LedgerFilter, ledger_page, tags_within
from portal.ledger.services import (
    NotYours,
    NoWords,
    TooLong,
    add_tag,
    remove_tag,
)
from portal.ledger.visibility import reach_of
from tests.factories import make_circle, make_idea


def test_staff_sort_by_tags(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    first, again = (add_tag(idea, name, by=rosa) for name in ("  Crème ", "CREME"))

    assert (first.id, first.name) == (again.id, "Crème")
    assert session().scalar(select(func.count()).select_from(IdeaTag)) == 1
    assert tags_within(reach_of(omar)) == ((first.id, "Crème"),)
    (row,) = ledger_page(LedgerFilter(tag_id=first.id), zone=UTC, reach=reach_of(omar)).rows
    assert (row.id, row.tags) == (idea.id, ((first.id, "Crème"),))
    assert ledger_page(LedgerFilter(tag_id=first.id), zone=UTC, public=True).rows[0].tags == ()
    inside = add_tag(make_idea(proposed_by=maya, circle_id=make_circle(maya, rosa).id), "SECRET", by=rosa)
    assert [name for _, name in tags_within(reach_of(rosa))] == ["Crème", "SECRET"]
    assert inside.id not in dict(tags_within(reach_of(omar)))
    for name, by, refusal in ((" ", rosa, NoWords), ("x" * 41, rosa, TooLong), ("x", maya, NotYours)):
        with pytest.raises(refusal):
            add_tag(idea, name, by=by)
    # What else it stands under stays, and so does what else stands under the word.
    brass, beside = add_tag(idea, "Brass", by=rosa), make_idea(proposed_by=omar, owner=rosa)
    add_tag(beside, "Crème", by=rosa)
    remove_tag(idea, first, by=rosa)
    remove_tag(idea, first, by=rosa)
    left = session().execute(select(IdeaTag.idea_id, IdeaTag.tag_id)).all()
    assert {tuple(row) for row in left} >= {(idea.id, brass.id), (beside.id, first.id)}
    assert len(left) == 3
    for one, tag in ((idea, brass), (beside, first)):
        remove_tag(one, tag, by=rosa)
    assert tags_within(reach_of(omar)) == ()
    assert session().scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.verb.like("idea.%tag%"))) == 7


def test_a_tag_that_is_refused_is_told_where_it_was_typed(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser, address, inside = sign_in(rosa), f"/ideas/{idea.id}/tags", {"HX-Request": "true"}
    empty = "Write a word to sort it by."

    for typed, why in ((" ", empty), ("\u0301", empty), ("<" * 41, "A tag has at most 40 characters.")):
        told = browser.post(address, data={"name": typed}, headers=inside)
        assert (told.status_code, why in told.text) == (422, True)
        assert f'value="{escape(typed.strip())}"' in told.text
        # Not once more on a later page.
        assert why not in browser.get("/asks").text
        assert why in browser.post(address, data={"name": typed}, follow_redirects=True).text
    kept = browser.post(address, data={"name": "Brass"}, headers=inside)
    assert (kept.status_code, "Brass" in kept.text, "aria-invalid" in kept.text) == (200, True, False)
