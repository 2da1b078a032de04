"""What is shown beside a mention: the signals that were read, each with the words that made it, and its counts."""

import re
from dataclasses import dataclass

from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.drafts import MentionDraft
from portal.listening.models import Mention
from portal.listening.queries.stream import STRONG_TONE


@dataclass(frozen=True, slots=True)
class Sign:
    """A small word with its colour, and the evidence on hover."""

    label: str
    tone: str
    words: str


def signs_of(mention: Mention) -> list[Sign]:
    """The signals of a mention, as far as there are any."""
    marks = mention.marks or {}
    signs = []
    if mention.is_question:
        signs.append(Sign(_("question"), "wait", _evidence(marks.get("question"))))
    if mention.is_suggestion:
        signs.append(Sign(_("suggestion"), "wait", _evidence(marks.get("suggestion"))))
    if mention.is_creation:
        signs.append(Sign(_("creation"), "accent", _evidence(marks.get("creation"))))
    if mention.tone is not None and abs(mention.tone) >= STRONG_TONE:
        words = ", ".join(f"{word} {weight:+.1f}" for word, weight in marks.get("tone", ()))
        if mention.tone > 0:
            signs.append(Sign(_("positive"), "good", words))
        else:
            signs.append(Sign(_("negative"), "bad", words))
    return signs


def counts_of(mention: Mention | MentionDraft) -> list[str]:
    """What the channel counts, where it counts something, in words."""
    counted = []
    if mention.likes:
        counted.append(ngettext("%(num)s like", "%(num)s likes", mention.likes))
    if mention.replies:
        counted.append(ngettext("%(num)s reply", "%(num)s replies", mention.replies))
    if mention.shares:
        counted.append(ngettext("%(num)s share", "%(num)s shares", mention.shares))
    if mention.views:
        counted.append(ngettext("%(num)s view", "%(num)s views", mention.views))
    if mention.rating is not None:
        counted.append(_("rated %(rating)s", rating=f"{mention.rating:g}"))
    return counted


def mutable_words(mention: Mention) -> list[str]:
    """What of a mention is muted by one press: its tags, and the hosts it points to; at most three."""
    said = f"{mention.title or ''} {mention.text}"
    tags = re.findall(r"(?<!\w)#\w{3,40}", said)
    hosts = re.findall(r"https?://(?:www\.)?([\w.-]{4,60}\w)", said)
    unique = dict.fromkeys([*(tag.lower() for tag in tags), *(host.lower() for host in hosts)])
    return list(unique)[:3]


def _evidence(words: object) -> str:
    return ", ".join(map(str, words)) if isinstance(words, list | tuple) else ""
