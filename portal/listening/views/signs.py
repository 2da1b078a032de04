"""What is shown beside a mention: what was read, the words that made it, how to say otherwise, and its counts."""

import re
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, current_app
from markupsafe import Markup

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


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands beside a mention.

    Attributes:
        toggles: the buttons of what it is read as.
        evidence: for each signal the words that fired.
        judged: the signals on which a person had the word, each with its judgement's id.
    """

    toggles: Markup
    evidence: list[tuple[str, str]]
    judged: list[tuple[str, int]]


def sign_of(mention: Mention) -> Sign:
    """What a mention is read as, why, and who said otherwise."""
    judged = (mention.marks or {}).get("judged", {})
    flags = (bool(mention.is_question), bool(mention.is_suggestion), bool(mention.is_creation))
    labels = tuple(class_labels().items())
    toggles = _toggles(current_app._get_current_object(), labels, tone_class(mention.tone), flags, frozenset(judged))  # type: ignore[attr-defined]
    return Sign(toggles, evidence_of(mention), judged_by(mention))


def words_beside() -> dict[str, str]:
    """What stands beside every mention, worked out once for a page."""
    return {
        "read_as": _("What this mention is read as"),
        "undo": _("Undo"),
        "why": _("Why"),
        "their_page": _("Their page among the people"),
        "near_copy": _("near-copy"),
        "original": _("See the original"),
        "suggestion": _("Make it a suggestion"),
        "all": _("All they say"),
        "mute": _("Mute"),
        "mute_account": _("Mute account"),
        "mute_words": _("Mute words"),
        "holds": _("Whatever holds these words"),
        "leave_out": _("Leave out"),
        "hear_again": _("Hear again"),
    }


# Few buttons differ between mentions, and each set is drawn once.
@lru_cache(maxsize=1024)
def _toggles(
    app: Flask, labels: tuple[tuple[str, str], ...], tone: str, flags: tuple[bool, ...], judged: frozenset[str]
) -> Markup:
    named = dict(labels)
    toggles = [
        Toggle(named[value], f"tone:{value}", key, colour, tone == value, "tone" in judged)
        for value, key, colour in (("negative", "1", "bad"), ("neutral", "2", "neutral"), ("positive", "3", "good"))
    ]
    keys = (("question", "q", "wait"), ("suggestion", "s", "wait"), ("creation", "c", "accent"))
    for (signal, key, colour), pressed in zip(keys, flags, strict=True):
        said = f"{signal}:{'no' if pressed else 'yes'}"
        toggles.append(Toggle(named[signal], said, key, colour, pressed, signal in judged))
    return Markup(app.jinja_env.get_template("listening/toggles.html").render(toggles=toggles))  # noqa: S704 - a template


def evidence_of(mention: Mention) -> list[tuple[str, str]]:
    """For each signal that was read the words that fired, as (signal, words)."""
    marks = mention.marks
    if not marks:
        return []
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
    judged = (mention.marks or {}).get("judged")
    labels = signal_labels() if judged else {}
    return [(labels[signal], number) for signal, number in (judged or {}).items()]


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
    if "#" not in said and "//" not in said:
        return []
    tags = re.findall(r"(?<!\w)#\w{3,40}", said)
    hosts = re.findall(r"https?://(?:www\.)?([\w.-]{4,60}\w)", said)
    unique = dict.fromkeys([*(tag.lower() for tag in tags), *(host.lower() for host in hosts)])
    return list(unique)[:3]
