"""What typed words ask for: runs in quotes, words left out, and no mark that is an error."""

import pytest

from portal.foundation.search import read_asked


@pytest.mark.parametrize(
    ("words", "held", "left_out"),
    [
        ("lamp shade", ["lamp", "shade"], []),
        ('"warm light" lamp', ["warm light", "lamp"], []),
        ("“Warmer lights”", ["warmer light"], []),
        ("„warm light“ «lamp»", ["warm light", "lamp"], []),
        ('("warm light")', ["warm light"], []),
        ("lamp -cable", ["lamp"], ["cabl"]),
        ("lamp \u2212cable", ["lamp"], ["cabl"]),
        ('lamp -"long cable"', ["lamp"], ["long cabl"]),
        ("lamp -e-mail", ["lamp"], ["e mail"]),
        ("e-mail", ["e", "mail"], []),
        ("the maker's lamp’s", ["the", "maker", "lamp"], []),
        ('"the maker\'s lamp"', ["the maker s lamp"], []),
        ("lamp -maker's", ["lamp"], ["maker s"]),
        ("'s 24's s", ["24", "s"], []),
        ("lamp - cable", ["lamp", "cabl"], []),
        ("-cable", [], ["cabl"]),
        ("lamp lamp cable lamp", ["cabl", "lamp"], []),
        # A mark without its fellow, the mark of a measure, and marks around nothing are passed over.
        ('lamp "warm light', ["lamp", "warm", "light"], []),
        ('24" lamp and 30" cable', ["24", "lamp", "and", "30", "cabl"], []),
        ('"" lamp -"" "?!" -', ["lamp"], []),
        ('-"lamp', ["lamp"], []),
        ("", [], []),
    ],
)
def test_marks_are_read_as_they_are_meant(words: str, held: list[str], left_out: list[str]) -> None:
    asked = read_asked(words)

    assert ([" ".join(run) for run in asked.held], [" ".join(run) for run in asked.left_out]) == (held, left_out)


def test_only_a_loose_last_word_may_be_half_written() -> None:
    assert read_asked("warm la").is_open
    assert not any(read_asked(words).is_open for words in ('"warm la"', "lamp -ca", "", "-la"))


def test_what_is_looked_for_is_bounded() -> None:
    many = " ".join(f"w{number}" for number in range(40))

    assert len(read_asked(many).held) == 8
    assert not read_asked(many).is_open
    assert len(read_asked("lamp " + " ".join(f"-w{number}" for number in range(40))).left_out) == 8
    assert len(read_asked(f'"{many}"').held[0]) == 12


def test_the_plain_words_ask_for_no_more_than_words() -> None:
    asked = read_asked('"warm -light" lamp -cable 24"')

    assert asked.plain == "warm light lamp 24"
    assert not read_asked(asked.plain).left_out
