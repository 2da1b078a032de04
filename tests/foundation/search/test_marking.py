"""An excerpt with what was looked for marked in it."""

from portal.foundation.search import marked, read_asked


def test_a_run_is_marked_where_it_stands_and_nowhere_else() -> None:
    pieces = marked("Warm paper. The light is a Warmer Light, warm.", read_asked('"warm light"'))

    assert [text for text, is_marked in pieces if is_marked] == []
    pieces = marked("Light is not warm. A warm light, so warm.", read_asked('"warm light"'))
    assert pieces == [("Light is not warm. A ", False), ("warm light", True), (", so warm.", False)]


def test_the_excerpt_begins_near_the_run() -> None:
    pieces = marked("light " * 200 + "warm lights here", read_asked('"warm light"'), length=60)

    assert pieces[0] == ("…", False)
    assert ("warm lights", True) in pieces


def test_a_half_written_word_is_marked_only_while_it_is_open() -> None:
    assert ("lampshades", True) in marked("Our lampshades", read_asked("lampsh"))
    assert ("lampshades", True) not in marked("Our lampshades", read_asked('"lampsh"'))


def test_one_letter_begins_no_word() -> None:
    pieces = marked("Lamp s of several", read_asked("lamp s"))

    assert [text for text, is_marked in pieces if is_marked] == ["Lamp", "s"]


def test_signs_without_spaces_are_marked_as_a_run() -> None:
    assert ("明るい夜", True) in marked("今は 明るい夜 です", read_asked("“明るい夜”"))
