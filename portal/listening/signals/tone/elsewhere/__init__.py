"""Words of praise and blame in other languages than English, weighed by hand, with the words that change others."""

from portal.listening.signals.tone.elsewhere import germanic, romance, slavic, turkish
from portal.listening.signals.tone.elsewhere.shapes import Words
from portal.listening.signals.tone.elsewhere.unspaced import NEGATED, PARTS

__all__ = ["LANGUAGES", "NEGATED", "PARTS", "Words"]

LANGUAGES = {
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
    "cs": slavic.CS,
    "tr": turkish.TR,
}
