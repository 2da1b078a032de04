"""A title from the words of a suggestion, for whoever did not give it one. Pure."""

import re

from portal.foundation.text import markdown_excerpt

LENGTH = 90
_READ = 600
_SENTENCE_END = re.compile(r"(?<=[^\W\d])[.!?…](?=\s|$)|[。！？]|\s[–—]\s")
# How people begin before they say what they mean.
_OPENER = re.compile(
    r"^(?:(?:hi|hello|hey|dear)\b[^,.!]*[,.!]\s*)?"
    r"(?:please,?\s+|(?:it|this) (?:would|will|could) be (?:really |very |so )?"
    r"(?:great|nice|good|helpful|useful|lovely|cool) (?:if|to)\s+"
    r"|i(?: would|'d|’d) (?:really )?(?:like|love)(?: it if)?(?: to)?\s+|i (?:really )?(?:wish|want)(?: that| to)?\s+"
    r"|(?:could|can|would) you (?:please )?\s*)",
    re.I,
)


def propose_title(body: str) -> str:
    """The first sentence in one line of at most 90 characters; empty for empty words."""
    line = next((line for line in body[:_READ].splitlines() if line.strip(" \t#>*-_`")), "")
    words = markdown_excerpt(line, _READ)
    sentence = _SENTENCE_END.split(words, maxsplit=1)[0].strip()
    shorter = _OPENER.sub("", sentence, count=1).strip()
    title = (shorter if len(shorter) >= 8 else sentence).rstrip(" .,;:")
    if len(title) > LENGTH:
        title = title[:LENGTH].rsplit(" ", 1)[0].rstrip(" .,;:")
    return title[:1].upper() + title[1:]
