"""What the invented manager says of the readings."""

from portal.demo import words
from portal.demo.verdicts import _tone
from portal.listening.models import Mention


def test_what_was_meant_is_known_whatever_the_lamp_and_the_ending() -> None:
    said = {
        "positive": f"{words.PRAISE[0].format(lamp='Nido')} My hands remember it.",
        "negative": f"{words.GRUMBLES[0].format(lamp='Alba Mini')} The cat approves, the neighbours are next.",
        "neutral": f"{words.ADVICE[0]} Now it hangs in the window and people wave.",
    }

    assert {tone: _tone(Mention(text=text, is_question=False)) for tone, text in said.items()} == {
        tone: tone for tone in said
    }
    assert _tone(Mention(text=said["positive"], is_question=True)) == "neutral"
