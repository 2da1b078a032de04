"""The words that are looked for, put together as a channel wants to be asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Context, PollResult


def lines_of(setting: str) -> tuple[str, ...]:
    """The filled lines of a setting, each once."""
    return tuple(dict.fromkeys(line.strip() for line in setting.splitlines() if line.strip()))


def words_for(ctx: Context) -> tuple[str, ...]:
    """What to look for: the source's own words, else the terms of all trackers; a dash stands for none."""
    return () if ctx.setting("words") == "-" else ctx.words


def nothing_to_ask(ctx: Context, state: Mapping[str, Any]) -> PollResult:
    """What a poll brings that has no question yet; it goes on by itself once there is a tracker."""
    sentence = _("There is nothing to look for yet: give this source words, or add a tracker.")
    return PollResult(state=state, warnings=(sentence,), not_before=ctx.now + timedelta(minutes=15))


def quoted(word: str) -> str:
    """A word as it is, a phrase in straight quotes; quotes inside are dropped, for no channel can escape them."""
    plain = " ".join(word.replace('"', " ").split())
    return f'"{plain}"' if " " in plain else plain


def joined(
    words: Iterable[str],
    *,
    limit: int,
    between: str = " OR ",
    write: Callable[[str], str] = quoted,
) -> list[str]:
    """As few questions of at most `limit` characters as hold all words; a word that is too long alone is left out."""
    found: list[str] = []
    for word in dict.fromkeys(words):
        written = write(word)
        if not written or len(written) > limit:
            continue
        longer = f"{found[-1]}{between}{written}" if found else written
        if found and len(longer) <= limit:
            found[-1] = longer
        else:
            found.append(written)
    return found


def tags_of(words: Sequence[str]) -> tuple[str, ...]:
    """The words as tags: without `#`, and one-word only."""
    tags = (word.removeprefix("#").strip() for word in words)
    return tuple(dict.fromkeys(tag for tag in tags if tag and " " not in tag and not tag.startswith("@")))
