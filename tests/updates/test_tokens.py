"""The way out of a mail names one person and one suggestion, and nobody else can write it."""

import pytest

from portal.foundation import config
from portal.foundation.access.tokens import sign
from portal.updates.tokens import read_token, write_token
from tests.conftest import settings_for_tests

PURPOSE = "heard: stop mails about one suggestion"


@pytest.fixture(autouse=True)
def settings() -> None:
    config.use(settings_for_tests())


def test_a_token_names_the_person_and_the_suggestion() -> None:
    assert read_token(write_token(7, 42)) == (7, 42, "")
    assert read_token(write_token(7, 42, of="comments")) == (7, 42, "comments")


def test_a_changed_token_names_nobody() -> None:
    token = write_token(7, 42)

    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        # The last mark of base64 carries spare bits, which may decode to the same bytes.
        assert read_token(changed) in ({None, (7, 42, "")} if place == len(token) - 1 else {None})


@pytest.mark.parametrize("token", ["", ".", "a.b", "WzcsNDJd", "WzcsNDJd.", "\x00", "ü.ü", "W" * 5000])
def test_nonsense_names_nobody(token: str) -> None:
    assert read_token(token) is None


@pytest.mark.parametrize("words", [[7], [7, 42, 1], ["7", 42], {"user": 7}, None, "7,42"])
def test_a_signed_word_of_another_shape_names_nobody(words: object) -> None:
    assert read_token(sign(words, purpose=PURPOSE)) is None


def test_a_token_signed_for_another_purpose_names_nobody() -> None:
    assert read_token(sign([7, 42], purpose=PURPOSE)) == (7, 42, "")
    assert read_token(sign([7, 42], purpose="accounts: sign in")) is None


def test_a_token_of_another_house_names_nobody() -> None:
    token = write_token(7, 42)

    config.use(settings_for_tests(SECRET_KEY="another-secret-of-at-least-32-characters"))

    assert read_token(token) is None
