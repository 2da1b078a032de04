"""What was found: its words, marked, from where they stand."""

from typing import Any

import pytest

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, ResponseKind, Standing
from portal.ledger.queries import Hit, SearchFilter, search_page
from portal.ledger.services import record_progress, respond, start_action, suggest
from portal.ledger.visibility import reach_of


def hits(words: str, reader: User, **more: Any) -> list[Hit]:
    return search_page(SearchFilter(words=words, **more), reach_of(reader)).hits


def marks(hit: Hit) -> list[str]:
    return [text for text, is_marked in hit.excerpt if is_marked]


@pytest.fixture
def action(maya: User, rosa: User) -> Action:
    """One that has come some way, told in two entries."""
    idea = suggest(title="Softer clips", body="", by=maya)
    known = start_action(
        title="Clips for the cold", owner=rosa, stage=ActionStage.PLANNED, by=rosa, words="Three *materials* in frost."
    )
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=known)
    record_progress(known, stage=ActionStage.UNDER_WAY, words="Frost is over, the second won.", by=rosa)
    session().commit()
    return known


def test_an_answer_is_shown_in_the_language_that_holds_the_words(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    idea = suggest(title="Name its maker", body="", by=maya)
    kind, english = ResponseKind.EXPLANATION, "The printed run named nobody, and we corrected it."
    german = {"de": "Die *gedruckte* Auflage von Ruth."}
    respond(idea, kind=kind, message=english, by=rosa, language="en", in_languages=german)
    session().commit()

    (hit,) = hits("gedruckte auflage", omar)
    assert (marks(hit), hit.language) == (["gedruckte", "Auflage"], "de")
    (hit,) = hits("printed", omar)
    assert (hit.excerpt[0], hit.language) == (("The ", False), "en")
    assert '<p lang="de">' in sign_in(omar).get("/search?q=auflage").text


def test_an_action_is_shown_by_the_entry_that_holds_most_of_the_words(action: Action, omar: User) -> None:
    (older,) = hits("materials frost", omar)
    (newest,) = hits("frost", omar)
    (named,) = hits("clips cold", omar)

    assert older.excerpt == [
        ("Three ", False), ("materials", True), (" in ", False), ("frost", True), (".", False)
    ]  # fmt: skip
    assert newest.excerpt[0] == ("Frost", True)
    assert "".join(text for text, _ in named.excerpt) == "Frost is over, the second won."
    assert {hit.stage for hit in (older, newest, named)} == {ActionStage.UNDER_WAY}
    assert (older.said_by, older.at, older.standing) == ("Rosa Pereira", action.created_at, None)


def test_an_action_stands_where_its_newest_entry_says(sign_in: Any, action: Action, omar: User) -> None:
    for standing in Standing:
        found = hits("materials", omar, standing=standing)
        assert [hit.kind for hit in found] == (["action"] if standing is Standing.UNDER_WAY else [])

    page = sign_in(omar).get("/search?q=materials&kind=action").text
    assert "Under way" in page.split('class="hits"')[1].split("</ol>")[0]


@pytest.mark.usefixtures("rosa")
def test_words_are_marked_as_far_as_a_text_is_read(maya: User, omar: User) -> None:
    suggest(title="A long story", body=f"{'It goes on. ' * 500}And a zeppelin comes.", by=maya)
    session().commit()

    (hit,) = hits("zeppelins", omar)

    assert marks(hit) == ["zeppelin"]
