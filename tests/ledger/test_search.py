"""Finding words over the whole ledger, marked, by page, and only what the reader sees."""

from typing import Any

import pytest
from sqlalchemy import select, text

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.search import SearchDue, SearchEntry
from portal.ledger.models import ActionStage, AuthorWord, Idea, ResponseKind, Standing
from portal.ledger.queries import SearchFilter, search_page
from portal.ledger.queries.search import PAGE
from portal.ledger.services import (
    answer_question,
    comment,
    respond,
    say_whether_it_helped,
    start_action,
    suggest,
)
from portal.ledger.services.indexing import index_due
from portal.ledger.visibility import reach_of
from tests.factories import make_circle

REASON = "The shades would crack in the first hard frost."


@pytest.fixture
def shades(maya: User, omar: User, rosa: User) -> Idea:
    """One suggestion of whose shade four people speak."""
    idea = suggest(title="A washable shade", body="Mine is *grey* by now.", by=maya)
    suggest(title="Longer cable", body="So that the lamp with the shade reaches.", by=maya)
    comment(idea, body="The shade of ours as well.", by=omar)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    action = start_action(title="Shade repair days", owner=rosa, stage=ActionStage.PLANNED, by=rosa, words="In May.")
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    session().commit()
    return idea


def found(words: str, reader: User, **more: Any) -> list[tuple[str, str]]:
    page = search_page(SearchFilter(words=words, **more), reach_of(reader))
    return [(hit.kind, "".join(text for text, _ in hit.title)) for hit in page.hits]


def test_every_kind_of_word_is_found_titles_first(shades: Idea, omar: User) -> None:
    kinds = [kind for kind, _ in found("shades", omar)]

    assert set(kinds[:2]) == {"idea", "action"}
    assert sorted(kinds) == ["action", "comment", "idea", "idea", "response"]
    assert found("SHADE wash", omar) == [("idea", "A washable shade")]
    assert found("shade", omar, kind="comment") == [("comment", "A washable shade")]
    planned = {("idea", "A washable shade"), ("comment", "A washable shade"), ("action", "Shade repair days")}
    assert planned < set(found("shade", omar, standing=Standing.PLANNED))
    assert found("shade", omar, standing=Standing.WAITING) == [("idea", "Longer cable")]
    assert found("shade tractor", omar) == found("", omar) == found("?!", omar) == []


def test_what_was_looked_for_is_marked(shades: Idea, omar: User) -> None:
    (hit,) = search_page(SearchFilter(words="frost shade"), reach_of(omar)).hits

    assert hit.excerpt == [("The ", False), ("shades", True), (" would crack in the first hard ", False),
                           ("frost", True), (".", False)]  # fmt: skip
    assert (hit.said_by, hit.idea_id) == ("Rosa Pereira", shades.id)


def test_what_was_said_on_behalf_of_somebody_stands_under_their_name(sam: User, rosa: User, omar: User) -> None:
    suggest(title="Larger letters", body="In the booklet.", by=sam, on_behalf_of="Ruth Aldana")
    session().commit()

    assert [hit.said_by for hit in search_page(SearchFilter(words="letters"), reach_of(omar)).hits] == ["Ruth Aldana"]


@pytest.fixture
def replied(maya: User, rosa: User) -> AuthorWord:
    """What an author said to a question of the company."""
    idea = suggest(title="A quieter switch", body="Mine clicks.", by=maya)
    respond(idea, kind=ResponseKind.QUESTION, message="In which room?", by=rosa)
    word = answer_question(idea, words="In the *nursery*, beside two cradles.", by=maya)
    session().commit()
    return word


def test_what_an_author_replies_is_found_and_leads_to_its_place(sign_in: Any, replied: AuthorWord, omar: User) -> None:
    (hit,) = search_page(SearchFilter(words="nurseries cradle"), reach_of(omar)).hits

    assert (hit.kind, hit.subject_id, hit.idea_id) == ("word", replied.id, replied.idea_id)
    assert (hit.said_by, hit.at, hit.standing) == ("Maya Lindqvist", replied.said_at, Standing.HEARD)
    assert [piece for piece, is_marked in hit.excerpt if is_marked] == ["nursery", "cradles"]
    assert found("cradle", omar, kind="word") == [("word", "A quieter switch")]
    assert found("cradle", omar, kind="comment") == found("cradle", omar, standing=Standing.DONE) == []
    page = sign_in(omar).get("/search?q=cradle&kind=word").text
    assert f'href="/ideas/{replied.idea_id}#word-{replied.id}"' in page
    assert "Reply to an answer" in page
    assert f'id="word-{replied.id}"' in sign_in(omar).get(f"/ideas/{replied.idea_id}").text


def test_whether_it_helped_is_found_by_its_words(shades: Idea, maya: User, rosa: User, omar: User) -> None:
    told = suggest(title="Say the weight", body="", by=maya)
    respond(told, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    say_whether_it_helped(told, helped=True, words="", by=maya)
    respond(shades, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    say_whether_it_helped(shades, helped=False, words="A sheet of veneer would not crack.", by=maya)
    session().commit()

    assert found("veneer", omar) == [("word", "A washable shade")]
    # Without words there is nothing to find.
    assert len(session().scalars(select(SearchEntry).where(SearchEntry.kind == "word")).all()) == 1


def test_a_reply_is_found_by_whoever_reads_it(maya: User, omar: User, rosa: User, replied: AuthorWord) -> None:
    secret = suggest(title="Samples", body="", by=maya, circle=make_circle(maya, rosa))
    respond(secret, kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    answer_question(secret, words="The CANARY cradle.", by=maya)
    session().commit()

    assert found("canary", maya) == found("canary", rosa) == [("word", "Samples")]
    assert found("canary", omar) == found("canary", omar, kind="word") == []
    for column in ("held_at", "removed_at"):
        setattr(replied, column, now())
        session().commit()
        assert found("nursery", omar) == found("nursery", maya) == found("nursery", rosa) == []
        setattr(replied, column, None)
    replied.idea.is_private = True
    session().commit()
    assert found("nursery", omar) == []
    assert found("nursery", rosa) == [("word", "A quieter switch")]


def test_a_reply_that_nobody_read_again_is_due_by_the_database(replied: AuthorWord, omar: User) -> None:
    session().execute(text("UPDATE author_word SET words = ''"))
    due = session().execute(select(SearchDue.kind, SearchDue.subject_id)).all()

    assert [tuple(row) for row in due] == [("word", replied.id)]
    assert index_due() == 1
    session().expire_all()
    assert found("nursery", omar) == []
    assert session().scalars(select(SearchEntry).where(SearchEntry.kind == "word")).all() == []


def test_words_in_quotes_stand_one_after_another(shades: Idea, omar: User) -> None:
    assert found('"first hard frost"', omar) == found("“hard frosts”", omar) == [("response", "A washable shade")]
    assert found('"frost hard"', omar) == []
    # The end of a title and the beginning of its text are not one after another.
    assert found('"cable so"', omar) == []
    assert found('"longer cable"', omar) == [("idea", "Longer cable")]
    assert found('"longer cab"', omar) == []
    (hit,) = search_page(SearchFilter(words='"hard frost"'), reach_of(omar)).hits
    assert ("hard frost", True) in hit.excerpt


def test_what_holds_a_word_after_a_minus_is_left_out(shades: Idea, omar: User) -> None:
    assert ("idea", "Longer cable") in found("shade -frost", omar)
    assert {kind for kind, _ in found("shade -frost", omar)} == {"idea", "action", "comment"}
    assert found("shade -washable -frost -repair -ours", omar) == [("idea", "Longer cable")]
    assert found('shade -"the lamp" -washable -crack -repair -"of ours"', omar) == []
    assert found("-shade", omar) == []


@pytest.mark.parametrize(
    "words", ['"', '""', '"shade', 'shade"', '-"', "--shade", '"-"', "- shade", "' OR 1=1", "a:b*", "“shade"]
)
def test_no_mark_is_an_error(shades: Idea, omar: User, words: str) -> None:
    assert isinstance(found(words, omar), list)
    assert isinstance(found(f'{words} -frost "the lamp', omar, by_time=True), list)


def test_what_a_reader_does_not_see_is_not_found(shades: Idea, maya: User, omar: User) -> None:
    shades.is_private = True
    session().commit()

    assert found("shade", omar) == [("idea", "Longer cable")]
    assert found("repair", omar) == []


def test_no_filter_shows_what_a_reader_does_not_see(shades: Idea, maya: User, omar: User, rosa: User) -> None:
    circle = make_circle(maya, rosa)
    for number in range(3):
        # Actions that everyone sees, with the numbers of what only some do.
        days = start_action(title=f"Open days {number}", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
        respond(shades, kind=ResponseKind.ACTION, message="", by=rosa, action=days)
    secret = suggest(title="CANARY shade", body="", by=maya, circle=circle)
    comment(secret, body="CANARY shade, said beside it.", by=maya)
    action = start_action(title="CANARY shade days", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(secret, kind=ResponseKind.ACTION, message="CANARY shade, answered.", by=rosa, action=action)
    top = comment(shades, body="Held shade.", by=omar)
    comment(shades, body="Held shade, replied to.", by=maya, reply_to=top)
    top.held_at = now()
    session().commit()
    kinds, standings = ("idea", "response", "comment", "action"), tuple(Standing)

    assert {kind for kind, _ in found("canary", maya)} == set(kinds)
    for filters in ({}, *({"kind": kind} for kind in kinds), *({"standing": standing} for standing in standings)):
        assert found("canary", omar, **filters) == found("canary", omar, by_time=True, **filters) == []
        assert found("held", omar, **filters) == []
        wanted = filters.get("kind")
        assert {kind for kind, _ in found("shade", omar, **filters)} <= ({wanted} if wanted else set(kinds))
    # A number says something only beside its kind: each of what everyone sees is still found.
    assert sorted(kind for kind, _ in found("shades", omar)) == ["action", "comment", "idea", "idea", "response"]
    assert found("shades", omar, standing=Standing.PLANNED) != []


def test_all_that_was_found_can_be_walked_through(maya: User, omar: User, rosa: User, queries: list[str]) -> None:
    for number in range(PAGE + 5):
        suggest(title=f"Lamp {number}", body="", by=maya)
    session().commit()
    best = search_page(SearchFilter(words="lamp"), reach_of(omar))
    queries.clear()

    first = search_page(SearchFilter(words="lamp", by_time=True), reach_of(omar))
    assert len(queries) <= 4
    second = search_page(SearchFilter(words="lamp", by_time=True, before=first.older), reach_of(omar))

    assert (len(best.hits), best.has_more) == (PAGE, True)
    numbers = [hit.subject_id for hit in (*first.hits, *second.hits)]
    assert (len(numbers), numbers, second.older) == (PAGE + 5, sorted(numbers, reverse=True), None)


def test_the_page_shows_what_was_found(sign_in: Any, shades: Idea, omar: User, queries: list[str]) -> None:
    browser = sign_in(omar)
    queries.clear()

    page = browser.get("/search?q=shade&standing=nothing&kind=nothing&before=x")

    assert len(queries) <= 8
    for fact in ("<mark>shade</mark>", "</mark> repair days", f"/ideas/{shades.id}#answer-", "Show all, newest first"):
        assert fact in page.text
    assert "Nothing holds all of these words" in browser.get("/search?q=tractor&order=newest").text
    assert "a minus leaves a word out" in browser.get("/search").text
    assert "There is no word here to look for" in browser.get("/search?q=-shade").text
    assert 'href="/search?q=shade+washable"' in browser.get("/search?q=%22shade+washable%22").text
    assert "&lt;b&gt;" in browser.get("/search?q=<b>shade").text
