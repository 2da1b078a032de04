"""A title that stands in the words already."""

import pytest

from portal.ledger.models import repeats
from portal.ledger.titles import LENGTH, propose_title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("The arm sinks. It does so every evening.", "The arm sinks"),
        ("It would be great if the dimmer remembered its step!", "The dimmer remembered its step"),
        ("Hello all, please sell the shade alone", "Sell the shade alone"),
        ("\n## **Warm** light\n\nfor reading", "Warm light"),
        ("Firmware 3.2 drops the warm mode. Why?", "Firmware 3.2 drops the warm mode"),
        ("夜は明るい。次", "夜は明るい"),
        ("Please", "Please"),
        (" \n", ""),
    ],
)
def test_the_first_sentence_makes_the_title(body: str, title: str) -> None:
    assert propose_title(body) == title


def test_a_long_sentence_is_cut_at_a_word() -> None:
    title = propose_title("word " * 60)

    assert len(title) <= LENGTH
    assert title.endswith("word")


def test_words_that_say_no_more_than_their_title_are_known() -> None:
    said = "The foot of my lamp wobbles. "

    assert repeats(propose_title(said), said)
    assert not repeats(propose_title(said), said + "On wood.")
    assert not repeats("The foot", "")
