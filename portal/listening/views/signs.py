"""What is shown beside a mention: what was read, the words that made it, how to say otherwise, and its counts."""

import re
from dataclasses import dataclass

from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.drafts import MentionDraft
from portal.listening.models import Mention
from portal.listening.signals import tone_class


@dataclass(frozen=True, slots=True)
class Toggle:
    """A button that says what a mention is; pressed where it is read so.

    Attributes:
        said: `signal:value`, as it is sent.
        key: the key that presses it.
        is_judged: whether a person had this word.
    """

    label: str
    said: str
    key: str
    tone: str
    is_pressed: bool
    is_judged: bool


def signal_labels() -> dict[str, str]:
    """What each signal is called."""
    return {"tone": _("Tone"), "question": _("Question"), "suggestion": _("Suggestion"), "creation": _("Creation")}


def class_labels() -> dict[str, str]:
    """What each class is called."""
    return {
        "negative": _("negative"),
        "neutral": _("neutral"),
        "positive": _("positive"),
        "yes": _("yes"),
        "no": _("no"),
        "question": _("question"),
        "suggestion": _("suggestion"),
        "creation": _("creation"),
    }


def reading_of(mention: Mention) -> list[Toggle]:
    """What a mention is read as, each as a button that says otherwise."""
    labels = class_labels()
    judged = (mention.marks or {}).get("judged", {})
    tone = tone_class(mention.tone)
    toggles = [
        Toggle(labels[value], f"tone:{value}", key, colour, tone == value, "tone" in judged)
        for value, key, colour in (("negative", "1", "bad"), ("neutral", "2", "neutral"), ("positive", "3", "good"))
    ]
    for signal, key, colour in (("question", "q", "wait"), ("suggestion", "s", "wait"), ("creation", "c", "accent")):
        pressed = bool(getattr(mention, f"is_{signal}"))
        said = f"{signal}:{'no' if pressed else 'yes'}"
        toggles.append(Toggle(labels[signal], said, key, colour, pressed, signal in judged))
    return toggles


def evidence_of(mention: Mention) -> list[tuple[str, str]]:
    """For each signal that was read the words that fired, as (signal, words)."""
    marks = mention.marks or {}
    found = []
    for signal, label in signal_labels().items():
        fired = marks.get(signal, ())
        words = (
            [f"{word} {weight:+.1f}" for word, weight in fired] if signal == "tone" else [str(word) for word in fired]
        )
        if words:
            found.append((label, ", ".join(words)))
    return found


def judged_by(mention: Mention) -> list[tuple[str, int]]:
    """The signals on which a person had the word, each with its judgement's id."""
    labels = signal_labels()
    return [(labels[signal], number) for signal, number in (mention.marks or {}).get("judged", {}).items()]


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
