"""Tracker queries: what can be written, and errors that point at the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.matching import QueryError, parse_query


def shown(terms):
    return [term.shown for term in terms]


def test_bare_words_phrases_tags_handles_and_addresses_are_any():
    query = parse_query('lamp "desk light" #lumen @lumen url:lumen.example/shop any:(glow)')

    assert shown(query.any) == ["lamp", '"desk light"', "#lumen", "@lumen", "url:lumen.example/shop", "glow"]
    assert [term.kind for term in query.any] == ["literal", "phrase", "literal", "literal", "url", "literal"]


def test_lists_and_filters_are_read():
    query = parse_query(
        'all:(desk lamp) none:("for sale" hiring) lang:(en de) lang:fr from:@Maya not_from:"Lumen Lamps" '
        "channel:x min_followers:100"
    )

    assert shown(query.all) == ["desk", "lamp"]
    assert shown(query.none) == ['"for sale"', "hiring"]
    assert query.languages == {"en", "de", "fr"}
    assert (query.from_handles, query.not_from_handles) == ({"maya"}, {"lumen lamps"})
    assert (query.channels, query.min_followers) == ({"x"}, 100)


def test_a_list_of_one_needs_no_brackets_and_names_may_be_large():
    assert shown(parse_query("ANY:lamp None:hiring").none) == ["hiring"]


def test_a_repeated_word_counts_once():
    assert len(parse_query("lamp lamp").any) == 1


def test_who_or_where_alone_is_enough():
    assert parse_query("from:maya")
    assert parse_query("channel:feed")


def test_a_phrase_of_one_word_is_that_word():
    assert parse_query('"Lamp"').any == (parse_query("Lamp").any[0],)


@pytest.mark.parametrize(
    ("words", "position", "sentence"),
    [
        ("", 0, "at least one word"),
        ("   ", 0, "at least one word"),
        ("none:(hiring)", 0, "at least one word"),
        ("lang:en", 0, "at least one word"),
        ('lamp "desk light', 5, "quote is never closed"),
        ("lamp any:(desk", 9, "bracket is never closed"),
        ("lamp all:()", 9, "nothing in these brackets"),
        ("lamp)", 4, "word was expected"),
        ("lamp (desk)", 5, "word was expected"),
        ("any:((lamp))", 5, "word was expected"),
        ("lamp colour:red", 5, "“colour:” is not known"),
        ("any:(lamp lang:en)", 10, "cannot stand inside brackets"),
        ("lamp https://lumen.example", 5, "Write url:"),
        ("lamp lang:", 10, "missing after the colon"),
        ("lamp lang:english-or-so-they-say", 10, "cannot stand after “lang:”"),
        ("lamp min_followers:many", 19, "cannot stand after"),
        ("lamp channel:(x Not!)", 16, "cannot stand after"),
        ("lamp url:lumen", 5, "is not a web address"),
        ("lamp -sale", 5, "Write none:(sale)"),
        ("lamp OR desk", 5, "Leave “OR” out"),
        ("lam*", 3, "There is no “*”"),
        ("lamp @", 5, "A word is missing"),
        ('""', 0, "A word is missing"),
        ("a" * 101, 0, "longer than 100"),
        ("a " * 2500, 4000, "longer than 4000"),
        (" ".join(f"a{number}" for number in range(201)), 0, "more than 200"),
    ],
)
def test_an_error_points_at_its_place(words, position, sentence):
    with pytest.raises(QueryError, match=sentence.replace("*", r"\*").replace("(", r"\(").replace(")", r"\)")) as error:
        parse_query(words)

    assert error.value.position == position or "more than 200" in sentence


PIECES = st.sampled_from(
    ['"', "(", ")", ":", "any:", "none:(", "url:", "lang:", "#", "@", "-", "*", " ", "lamp", "é", "x.y/"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
def test_no_words_raise_anything_but_a_query_error(words):
    try:
        parse_query(words)
    except QueryError as error:
        position = error.position
    else:
        position = 0

    assert 0 <= position <= len(words)
