"""Which of several versions of a text somebody is shown."""

import pytest

from portal.accounts.languages import LANGUAGES, language_name, wishes, words_for

GIVEN = {"de": "Hallo", "fr": "Bonjour"}


def test_languages_are_called_by_their_own_name() -> None:
    assert [language_name(code) for code in ("en", "de", "fr", "xx")] == ["English", "Deutsch", "Français", "xx"]
    assert all(language_name(code) != code for code in LANGUAGES)


def test_only_what_is_offered_counts_and_only_the_first_few() -> None:
    assert wishes(["tlh", "de-AT", "DE", "pt_BR", "*", "en", "fr", "es"]) == ("de", "pt", "en")


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["de"], ("Hallo", "de")),
        (["es", "fr", "de"], ("Bonjour", "fr")),
        (["en", "de"], ("Hello", "en")),
        (["es"], ("Hello", "en")),
        ([], ("Hello", "en")),
        ([""], ("Hello", "en")),
    ],
)
def test_the_most_wanted_version_is_shown_and_else_the_one_first_written(
    wanted: list[str], shown: tuple[str, str]
) -> None:
    assert words_for(wanted, "Hello", "en", GIVEN) == shown
    assert words_for(wanted, "Hello", None, None) == ("Hello", None)
