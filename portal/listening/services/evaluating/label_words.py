"""The words that people label texts with, and what each of them means to us."""

from collections.abc import Iterable, Mapping

TONE = "tone"
QUESTION = "question"
SUGGESTION = "suggestion"
SIGNALS = (TONE, QUESTION, SUGGESTION)

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
NO, YES = "no", "yes"
CLASSES = {TONE: (NEGATIVE, NEUTRAL, POSITIVE), QUESTION: (NO, YES), SUGGESTION: (NO, YES)}

# Cells that say that nobody labelled this text.
UNLABELLED = frozenset({"", "null", "none", "nan", "na", "n/a", "-", "?", "unknown", "unlabelled", "unlabeled"})

_TONE_WORDS = {
    NEGATIVE: "negative neg n- bad bearish sad unhappy anger angry dissatisfied complaint very-negative "
    "strongly-negative extremely-negative somewhat-negative mostly-negative negativ negatif negativo negativa "
    "부정 负面 -1 -2 thumbs-down dislike not-recommended",
    NEUTRAL: "neutral neu mixed objective 0 neutre neutro 중립 中性 neither irrelevant informative",
    POSITIVE: "positive pos good bullish happy joy satisfied praise very-positive strongly-positive "
    "extremely-positive somewhat-positive mostly-positive positiv positif positivo positiva 긍정 正面 "
    "+1 1 2 +2 thumbs-up like recommended",
}
_TONE = {word: meaning for meaning, words in _TONE_WORDS.items() for word in words.split()}
# What stands for a class by its number alone, by all the numbers that a column holds.
_TONE_NUMBERS: tuple[tuple[frozenset[str], Mapping[str, str]], ...] = (
    (frozenset({"0", "1"}), {"0": NEGATIVE, "1": POSITIVE}),
    (frozenset({"-1", "1"}), {"-1": NEGATIVE, "1": POSITIVE}),
    (frozenset({"-1", "0", "1"}), {"-1": NEGATIVE, "0": NEUTRAL, "1": POSITIVE}),
    (frozenset({"0", "1", "2"}), {"0": NEGATIVE, "1": NEUTRAL, "2": POSITIVE}),
    (frozenset({"0", "2", "4"}), {"0": NEGATIVE, "2": NEUTRAL, "4": POSITIVE}),
)
_LIKERT = {"-2": NEGATIVE, "-1": NEGATIVE, "0": NEUTRAL, "1": POSITIVE, "2": POSITIVE}
_STARS = {"1": NEGATIVE, "2": NEGATIVE, "3": NEUTRAL, "4": POSITIVE, "5": POSITIVE}
_TEN = {str(step): NEGATIVE if step < 5 else NEUTRAL if step < 7 else POSITIVE for step in range(11)}

_YES = frozenset({"1", "yes", "y", "true", "t", "positive", "pos", "x"})
_NO = frozenset({"0", "-1", "no", "n", "false", "f", "negative", "neg", "not", "other", "none-of-these"})
# How corpora of talk name what is said and is no question.
_OTHER_ACTS = frozenset({
    "statement", "accept", "bye", "clarify", "continuer", "emotion", "emphasis", "greet", "nanswer",
    "reject", "system", "yanswer", "answer", "inform", "directive", "commissive", "command", "exclamation",
    "thanks", "apology", "opinion", "comment", "news", "fact",
})  # fmt: skip


def plain(cell: object) -> str:
    """A label as it is looked up: lower case, words joined by a hyphen, whole numbers without a point."""
    words = "-".join(str(cell if cell is not None else "").lower().replace("_", " ").replace("★", " ").split())
    words = words.strip("\"'[](),.;:")
    return words[:-2] if words.endswith(".0") and words[:-2].lstrip("+-").isdigit() else words


def meanings(signal: str, found: Iterable[str]) -> Mapping[str, str] | None:
    """What each label of a column means for a signal.

    Args:
        signal: tone, question or suggestion.
        found: every label of the column, as `plain` gives them, without the unlabelled.

    Returns:
        The class of each label; None if one of them is unknown.
    """
    labels = frozenset(found)
    known = _tone_meanings(labels) if signal == TONE else _mark_meanings(signal, labels)
    return known if labels and labels <= known.keys() else None


def guess_signal(column: str, found: Iterable[str]) -> str | None:
    """The signal that a column labels, by its labels, or where they are numbers by its name."""
    labels = frozenset(found)
    for signal in (QUESTION, SUGGESTION):
        if any(signal in label or _short(signal) in label for label in labels):
            return signal
    name = column.lower()
    for signal, words in (
        (QUESTION, ("question", "asks")),
        (SUGGESTION, ("suggest", "idea", "request", "advice")),
        (TONE, ("sentiment", "tone", "polarity", "rating", "stars", "score", "recommend", "feeling")),
    ):
        if any(word in name for word in words) and meanings(signal, labels):
            return signal
    if labels - {"0", "1", "yes", "no", "true", "false"} and meanings(TONE, labels):
        return TONE
    return None


def _tone_meanings(labels: frozenset[str]) -> Mapping[str, str]:
    numbers = frozenset(label.removeprefix("+") for label in labels)
    for wanted, known in _TONE_NUMBERS:
        if numbers == wanted:
            return {label: known[label.removeprefix("+")] for label in labels}
    if numbers & {"3", "4", "5"} and numbers <= _STARS.keys():
        return _STARS
    if numbers & {"6", "7", "8", "9", "10"} and numbers <= _TEN.keys():
        return _TEN
    if numbers & {"-1", "-2"} and numbers <= _LIKERT.keys():
        return {label: _LIKERT[label.removeprefix("+")] for label in labels}
    if all(_is_number(label) for label in labels):
        return {}
    return _TONE | {label: found for label in labels if (found := _in_stars(label))}


def _is_number(label: str) -> bool:
    return label.lstrip("+-").replace(".", "", 1).isdigit()


def _in_stars(label: str) -> str | None:
    """The class of a label such as `4-stars` or `1-star`."""
    count, _dash, word = label.partition("-")
    return _STARS.get(count) if word in {"star", "stars"} else None


def _mark_meanings(signal: str, labels: frozenset[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for label in labels:
        says_not = label.startswith(("no-", "non", "not", "un"))
        if signal in label or _short(signal) in label:
            known[label] = NO if says_not else YES
        elif label in _YES:
            known[label] = YES
        elif label in _NO or says_not or (signal == QUESTION and label in _OTHER_ACTS):
            known[label] = NO
    return known


def _short(signal: str) -> str:
    return {QUESTION: "question", SUGGESTION: "suggest"}.get(signal, signal)
