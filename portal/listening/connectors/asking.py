"""What all searches share: words for the query, and the sentences of a check."""

from collections.abc import Callable, Sequence

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import CheckResult, ConnectorError, Context, PollResult, Raw

# Stands before an address that is looked for.
LINK = "url:"
NO_WORDS = "There is nothing to search for yet: write words here, or add a tracker."


def words_field_help() -> str:
    """What the field "words" says of itself."""
    return "With commas. Left empty, it is what your trackers look for."


def checked(ctx: Context, ask: Callable[[], Sequence[Raw]], sentence: Callable[[int], str]) -> CheckResult:
    """Make the one call of a check and put its outcome into a sentence."""
    try:
        found = ask()
    except ConnectorError as error:
        return CheckResult(ok=False, sentence=str(error))
    return CheckResult(ok=True, sentence=sentence(len(found)), config=dict(ctx.config))


def nothing_to_ask(state: object) -> PollResult:
    """A turn without a question."""
    return PollResult(state=dict(state) if isinstance(state, dict) else {}, warnings=(_(NO_WORDS),))


def quoted(word: str) -> str:
    """A phrase in quotation marks, a single word as it is."""
    plain = word.replace('"', " ").strip()
    return f'"{plain}"' if " " in plain else plain


def with_links(word: str) -> str:
    """The same, with an address behind `url:` in quotation marks, as channels with operators want it."""
    return f'{LINK}"{word.removeprefix(LINK).replace(chr(34), "")}"' if word.startswith(LINK) else quoted(word)
