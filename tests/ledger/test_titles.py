"""A title that stands in the words already."""

import pytest

from portal.ledger.models import beside_title, repeats
from portal.ledger.titles import LENGTH, propose_title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("The arm sinks. It does so every evening.", "The arm sinks"),
        ("It would be great if the dimmer remembered its step!", "The dimmer remembered its step"),
        ("It would be great if you could sell cables in red.", "Sell cables in red"),
        ("Hello all, please sell the shade alone", "Sell the shade alone"),
        ("\n## **Warm** light\n\nfor reading", "Warm light"),
        ("Firmware 3.2 drops the warm mode. Why?", "Firmware 3.2 drops the warm mode"),
        ("夜は明るい。次", "夜は明るい"),
        ("Please", "Please"),
        ("Hello!\n\nThe switch broke after two weeks. Why?", "The switch broke after two weeks"),
        ("Dear Lumen team,\nthe cable is too short.\nBest,\nAnna", "The cable is too short"),
        ("Hi there. Could you please sell the shade alone?", "Sell the shade alone"),
        ("Good morning everybody", "Good morning everybody"),
        ("Hi, I love the lamp, but it hums.", "I love the lamp, but it hums"),
        ("Hi-fi speakers hum, so does the lamp", "Hi-fi speakers hum, so does the lamp"),
        ("Hello I love the lamp", "Hello I love the lamp"),
        ("Mr. Smith has 2.5 m of cable, e.g. in blue. More?", "Mr. Smith has 2.5 m of cable, e.g. in blue"),
        ("- a warmer light\n- a longer cable", "A warmer light"),
        ("2. a longer cable", "A longer cable"),
        ("> You said it folds.\n\nIt does not fold.", "It does not fold"),
        ("> You said it folds.", "You said it folds"),
        ("https://lumen.example/page", "https://lumen.example/page"),
        (" \n", ""),
    ],
)
def test_the_first_sentence_makes_the_title(body: str, title: str) -> None:
    assert propose_title(body) == title


def test_a_long_sentence_is_cut_at_a_word() -> None:
    title = propose_title("word " * 60)

    assert len(title) <= LENGTH
    assert title.endswith("word…")
    assert len(propose_title("x" * 200)) == LENGTH
    clauses = "The driver in my Fjara buzzes and my neighbour complains; I would rather not have everybody read it"
    assert propose_title(clauses) == "The driver in my Fjara buzzes and my neighbour complains"


def test_words_that_say_no_more_than_their_title_are_known() -> None:
    said = "The foot of my lamp wobbles. "

    assert repeats(propose_title(said), said)
    assert not repeats(propose_title(said), said + "On wood.")
    assert not repeats("The foot", "")


@pytest.mark.parametrize(
    ("title", "words", "rest"),
    [
        ("The arm sinks", "The arm sinks. It does so every evening.", "It does so every evening."),
        ("The arm sinks", "The arm sinks! · at night · at dawn", "at night · at dawn"),
        ("The arm sinks", "The arm sinks.", ""),
        ("The arm sinks", "The arm sinks", ""),
        ("The arm sinks", "The arm sinks slowly.", "The arm sinks slowly."),
        ("The arm sinks", "It does so every evening.", "It does so every evening."),
        ("The arm sinks", "", ""),
    ],
)
def test_a_sentence_that_is_the_title_is_not_said_again_below_it(title: str, words: str, rest: str) -> None:
    assert beside_title(title, words) == rest
