"""A title from the words of a suggestion, for whoever did not give it one. Pure."""

import re

from portal.foundation.text import excerpt, markdown_excerpt

LENGTH = 90
_READ = 600
_SENTENCE_END = re.compile(r"(?<=[^\W\d])[.!?…](?=\s|$)|[。！？]|\s[–—]\s")
# A dot after these ends no sentence.
_SHORT_WORD = re.compile(r"(?:^|\W)(?:mr|mrs|ms|dr|prof|nr|vs|approx|incl|e\.g|i\.e|ca|z\.b|d\.h|bzw)$", re.I)
# How people begin before they say what they mean: a greeting of few words, by itself or before the rest,
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|day|afternoon|evening)|hallo|liebe[rs]?|bonjour|hola|ciao)(?![\w-])"
    r"(?:\s+(?!(?:i|we|my|our|it|the|please)\b)[\w'’-]+){0,3}\s*(?:[,.!:]+\s*|$)",
    re.I,
)
# and a politeness.
_OPENER = re.compile(
    r"^(?:please,?\s+|(?:it|this) (?:would|will|could) be (?:really |very |so )?"
    r"(?:great|nice|good|helpful|useful|lovely|cool) (?:if you (?:could|would)|if|to)\s+"
    r"|i(?: would|'d|’d) (?:really )?(?:like|love)(?: it if)?(?: to)?\s+|i (?:really )?(?:wish|want)(?: that| to)?\s+"
    r"|(?:could|can|would) you (?:please )?\s*)",
    re.I,
)
_ITEM = re.compile(r"^(?:·|\d{1,2}[.)])\s+")
_ADDRESS = re.compile(r"https?://|www\.", re.I)


def propose_title(body: str) -> str:
    """The first sentence in one line of at most 90 characters; empty for empty words.

    A greeting and somebody else's words, quoted, are passed over where more is said.
    """
    lines = [line for line in body[:_READ].splitlines() if line.strip(" \t#>*-_`")]
    own = [line for line in lines if not line.lstrip().startswith(">")]
    first = ""
    for line in own or lines:
        words = _ITEM.sub("", markdown_excerpt(line, _READ))
        rest = _GREETING.sub("", words, count=1)
        if rest:
            return _titled(_sentence(rest))
        first = first or words
    return _titled(first)


def _sentence(words: str) -> str:
    """What stands before the first end of a sentence."""
    for end in _SENTENCE_END.finditer(words):
        if end[0] != "." or not _SHORT_WORD.search(words[: end.start()]):
            return words[: end.start()].strip()
    return words


def _titled(sentence: str) -> str:
    shorter = _OPENER.sub("", sentence, count=1).strip()
    title = (shorter if len(shorter) >= 8 else sentence).rstrip(" .,;:")
    if len(title) > LENGTH:
        # A part that stands by itself says more than a sentence without its end.
        part = title[:LENGTH].rpartition(";")[0].rstrip()
        title = part if len(part) >= LENGTH // 3 else excerpt(title, LENGTH - 1)
    return title if _ADDRESS.match(title) else title[:1].upper() + title[1:]
