"""Words from outside, made harmless before anything else sees them."""

import pytest

from portal.listening.drafts import clean_line, clean_text


def test_text_keeps_its_lines_and_loses_control_characters():
    assert clean_text("one\r\ntwo\x00\x07", 100) == "one\ntwo"


def test_the_same_letters_are_written_one_way():
    assert clean_text("Cafe\u0301", 100) == "Caf\u00e9"


def test_text_is_cut_at_its_limit():
    assert clean_text("x" * 50, 10) == "x" * 10


@pytest.mark.parametrize("value", [None, "", "  ", "\n"])
def test_an_empty_line_is_none(value):
    assert clean_line(value, 10) is None


def test_a_line_cannot_turn_the_direction_of_what_follows():
    assert clean_line("Maya\u202e evil", 100) == "Maya evil"


def test_a_number_is_a_line_too():
    assert clean_line(42, 10) == "42"
