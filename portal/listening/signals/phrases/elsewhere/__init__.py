"""The phrases of other languages than English; languages not named here know the question mark only."""

from portal.listening.signals.phrases.elsewhere import germanic, others, romance, slavic
from portal.listening.signals.phrases.shapes import QUESTION

PHRASES: dict[str, dict[str, str]] = {
    "de": germanic.DE,
    "nl": germanic.NL,
    "sv": germanic.SV,
    "da": germanic.DA,
    "no": germanic.NO,
    "fr": romance.FR,
    "es": romance.ES,
    "pt": romance.PT,
    "it": romance.IT,
    "pl": slavic.PL,
    "ru": slavic.RU,
    "uk": slavic.UK,
    "tr": others.TR,
    "ko": others.KO,
    "ja": others.JA,
    "zh": others.ZH,
    # Elsewhere a question is known by its mark only.
    "": {QUESTION: "?"},
}
