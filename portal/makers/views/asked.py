"""What an address asks of the list of people."""

from typing import Any

from werkzeug.datastructures import MultiDict

from portal.foundation.text import gettext as _
from portal.foundation.text import language_words
from portal.listening.channels import channel_name
from portal.makers.queries.people import Rank, Rhythmic, Tab, Wanted
from portal.makers.views import words


def wanted_of(given: MultiDict[str, str]) -> Wanted:
    """What of the list is asked for; what cannot be is left out."""
    return Wanted(
        # Lists that were kept before critics had one of their own say it like this.
        tab=Tab.CRITICS if given.get("critics") == "yes" else choice_of(Tab, given.get("tab", ""), Tab.LIKELY),
        channel=given.get("channel", "")[:40] or None,
        made=given.get("made", "")[:16] or None,
        lang=given.get("lang", "")[:12] or None,
        rank=choice_of(Rank, given.get("rank", ""), Rank.SCORE),
        rhythm=choice_of(Rhythmic, given.get("rhythm", ""), None),
    )


def list_arguments(given: MultiDict[str, str]) -> dict[str, Any]:
    """What names this page of the list, for its links and for the way back to it."""
    place = {"after": given.get("after") or None, "kept": number_of(given.get("kept"))}
    return arguments_of(wanted_of(given)) | place


def arguments_of(wanted: Wanted) -> dict[str, Any]:
    """What an address says to ask for this."""
    return {
        "tab": wanted.tab.value,
        "channel": wanted.channel,
        "made": wanted.made,
        "lang": wanted.lang,
        "rank": wanted.rank.value if wanted.rank is not Rank.SCORE else None,
        "rhythm": wanted.rhythm.value if wanted.rhythm else None,
    }


def question_of(wanted: Wanted) -> list[str]:
    """What is asked of the list, in words: the part of it, then each thing it is narrowed to."""
    found = [words.tab_labels()[wanted.tab]]
    if wanted.channel:
        found.append(_("on %(channel)s", channel=channel_name(wanted.channel)))
    if wanted.made:
        found.append(_("with a %(kind)s", kind=words.kind_labels().get(wanted.made, wanted.made)))
    if wanted.lang:
        found.append(_("in %(language)s", language=language_words(wanted.lang)))
    if wanted.rhythm:
        found.append(words.rhythm_labels()[wanted.rhythm])
    ranked = {Rank.SCORE: _("by score"), Rank.RISE: _("by rise within a month"), Rank.NEW: _("new this week")}
    return [*found, ranked[wanted.rank]]


def number_of(given: str | None) -> int | None:
    """An id out of an address, if it can be one."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 19 else None


def choice_of(kind: Any, value: str, default: Any) -> Any:
    """One of an enum's members by its value."""
    return kind(value) if value in set(kind) else default


def place_of(given: str) -> tuple[float, int] | None:
    """A place in a list by score out of an address: the points and the id, if it can be one."""
    points, _underscore, last = given.partition("_")
    number = number_of(last)
    try:
        return (float(points), number) if number else None
    except ValueError:
        return None
