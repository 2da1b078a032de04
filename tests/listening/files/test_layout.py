"""Layouts: what a person says goes ahead of what was guessed, and what is missing is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.files.layout import LayoutRefused, cell_getter, plan

COLUMNS = ("id", "user", "body", "when", "topic", "post")


def test_a_map_goes_ahead_of_the_guess():
    layout = plan(("id", "author", "user", "text", "date"), maps=["author_handle=user"], sets=["channel=x"])

    assert layout.mapping["author_handle"] == "user"


def test_a_column_is_found_however_its_name_is_typed():
    layout = plan(("Tweet Id", "Author", "Body", "Date"), maps=["text=body"], sets=["channel=x"])

    assert layout.mapping["text"] == "Body"


def test_a_set_goes_ahead_of_a_column():
    layout = plan(("channel", "author_handle", "created_at", "text"), sets=["channel=x"])

    assert "channel" not in layout.mapping
    assert layout.constants == {"channel": "x"}


def test_a_map_goes_ahead_of_a_guessed_constant():
    layout = plan(("tweet", "user", "date", "network"), maps=["channel=network"])

    assert layout.constants == {}


def test_an_empty_map_leaves_a_column_out():
    layout = plan(("author", "text", "date", "views"), maps=["views="], sets=["channel=x"])

    assert "views" not in layout.mapping


def test_what_is_missing_is_named_with_what_the_file_has():
    with pytest.raises(LayoutRefused) as refusal:
        plan(("reference", "when_posted", "text"))

    words = str(refusal.value)
    assert "channel, author_handle, created_at." in words
    assert "reference, when_posted, text" in words
    assert "--map channel=COLUMN" in words
    assert "--set channel=VALUE" in words


def test_either_a_text_or_an_address_is_needed():
    with pytest.raises(LayoutRefused, match="text"):
        plan(("author", "date"), sets=["channel=x"])

    assert plan(("author", "date", "link"), sets=["channel=x"])


@pytest.mark.parametrize(
    ("maps", "sets", "words"),
    [
        (["text=boddy"], [], "no column “boddy”"),
        (["txt=body"], [], "OURS=THEIRS"),
        (["text"], [], "OURS=THEIRS"),
        (["external_id={topic}/{nothing}"], [], "no column “nothing”"),
        ([], ["colour=red"], "OURS=THEIRS"),
    ],
)
def test_a_wrong_name_is_told(maps, sets, words):
    with pytest.raises(LayoutRefused, match=words):
        plan(COLUMNS, maps=maps, sets=sets)


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(LayoutRefused, match="brandwatch"):
        plan(COLUMNS, format_name="sprinkle")


def test_a_pattern_joins_cells_and_is_nothing_without_one_of_them():
    get = cell_getter("t/{topic}/{post}", COLUMNS)

    assert get({"topic": "7", "post": 2}) == "t/7/2"
    assert get({"topic": "7", "post": ""}) is None
    assert get({"topic": "7"}) is None


def test_alternatives_give_the_first_that_is_filled():
    get = cell_getter("body|topic", COLUMNS)

    assert get({"body": "", "topic": "lamps"}) == "lamps"
    assert get({}) is None


def test_a_column_whose_name_looks_like_a_pattern_is_still_a_column():
    assert cell_getter("a|b", ("a|b",))({"a|b": "both"}) == "both"


@given(st.lists(st.text(), max_size=5), st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_no_words_raise_anything_but_a_refusal(columns, maps, sets):
    try:
        plan(columns, maps=[f"text={words}" for words in maps], sets=sets)
    except LayoutRefused:
        return


@pytest.mark.parametrize(
    "columns", [["idea url", "member email", "vote (1 or -1)"], ["user.id", "external_user.external_id"]]
)
def test_a_list_of_votes_or_people_is_refused_with_its_name(columns):
    with pytest.raises(LayoutRefused, match="nobody says anything"):
        plan(columns)


def test_addresses_of_people_are_left_where_they_are():
    layout = plan(["id", "title", "body", "author_email", "author_name", "board", "status", "vote_count", "created_at"])

    assert layout.mapping["author_handle"] == "author_name"
    assert "author_email" not in layout.mapping.values()
