"""The words that are looked for, put together as a channel wants to be asked."""

from collections.abc import Callable, Iterable, Sequence

from portal.listening.connectors.asking import quoted
from portal.listening.connectors.contract import Context


def lines_of(setting: str) -> tuple[str, ...]:
    """The filled lines of a setting, each once."""
    return tuple(dict.fromkeys(line.strip() for line in setting.splitlines() if line.strip()))


def words_for(ctx: Context) -> tuple[str, ...]:
    """What to look for: the source's own words, else the terms of all trackers; a dash stands for none."""
    return () if ctx.setting("words") == "-" else ctx.words


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
