"""Weighing the words of a text: negation and its reach, stronger and weaker words, contrast, mockery, questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from portal.listening.signals.tone.lexicon import ASKS, CHANGES, DRAWN_OUT, OPINES, TURNS, Lexicon, shortened

Weights = tuple[tuple[str, float], ...]

# Sums are brought into -1 … 1 as in VADER (Hutto and Gilbert 2014).
_ALPHA = 15
_REACH = 3
# Where an opinion is denied ("I don't think that it is any good"), or the "not" comes last ("gefällt mir nicht").
_FAR_REACH = 6
_MOST_SHOWN = 20
_LEAST_SHOWN = 0.05
# Blame from which praise beside it is doubted.
_HEAVY = 1.4
_EDGES = {".", "?"}
# They turn a sentence where they begin it, and say nothing of a "not" behind them: "funktioniert leider nicht".
_SIGHS = frozenset({"leider", "helaas", "tyvarr", "desvaerre", "dessverre", "maalesef"})


@dataclass(slots=True)
class _Find:
    """What weighs something: where, the words, their weight, and whether a word near before them may change it."""

    place: int
    words: str
    weight: float
    is_near: bool


def weigh(tokens: Sequence[str], lexicon: Lexicon, *, shouts: int = 0) -> tuple[float, Weights]:
    """The sum of what the words of a text weigh, and each with its weight.

    Args:
        tokens: plain words, with `.` and `?` where sentences end.
        lexicon: of the language.
        shouts: how many exclamation marks there are.
    """
    words = f" {' '.join(tokens)} "
    finds, does = _find(words, lexicon)
    if does & DRAWN_OUT:
        tokens = shortened(tokens, lexicon)
        words = f" {' '.join(tokens)} "
        finds, does = _find(words, lexicon)
    if not finds:
        return 0.0, ()
    # Most words have none around them that changes what they weigh.
    looks_closely = does & OPINES or "n't " in words or "anything but " in words
    used: set[int] | None = None
    for each in finds:
        if looks_closely or each.is_near or each.words in lexicon.late:
            used = _used(finds) if used is None else used
            each.weight = _in_place(each, tokens, lexicon, used)
    if does & (TURNS | ASKS):
        _turn(finds, tokens, lexicon)
    if not does & TURNS:
        _mock(finds, lexicon)
    total = 0.0
    shown = []
    for each in finds:
        weight = each.weight
        total += weight
        if abs(weight) >= _LEAST_SHOWN:
            shown.append((each.words, round(weight, 2)))
    total *= 1 + 0.08 * min(shouts, 3)
    return total, tuple(shown[:_MOST_SHOWN])


def in_bounds(total: float) -> float:
    """A sum as a tone between -1 and 1."""
    return round(total / math.sqrt(total * total + _ALPHA), 4)


def _find(words: str, lexicon: Lexicon) -> tuple[list[_Find], int]:
    """What weighs something, and all that the words of the text do to others."""
    weighty: dict[int, tuple[int, float]] = {}
    changers: list[int] = []
    all_done = 0
    for end, (length, weight, does) in lexicon.automaton.iter(words):
        start = end + 1 - length
        if weight is not None:
            # Of what begins at one place the longest comes last: the word after its beginning, then the phrase.
            weighty[start] = (end, weight)
        if does:
            all_done |= does
            if does & CHANGES:
                changers.append(start)
    if not weighty:
        return [], all_done
    found = []
    place = before = past = 0
    for start, (end, weight) in sorted(weighty.items()):
        if start < past:
            continue
        past = end if words[end] == " " else words.index(" ", end)
        if not weight:
            continue
        # Each word has one space before it, so places are counted by them.
        place += words.count(" ", before, start)
        before = start
        is_near = bool(changers) and any(
            changer < start and words.count(" ", changer, start) <= _REACH for changer in changers
        )
        found.append(_Find(place, words[start + 1 : past], weight, is_near))
    return found, all_done


def _used(finds: list[_Find]) -> set[int]:
    """The places within praise of several words: a "not" of theirs is used up ("not bad, a great lamp")."""
    return {
        place
        for each in finds
        if each.weight > 0 and " " in each.words
        for place in range(each.place, each.place + each.words.count(" ") + 1)
    }


def _in_place(found: _Find, tokens: Sequence[str], lexicon: Lexicon, used: set[int]) -> float:
    """What a word weighs after the few words in front of it."""
    weight = found.weight
    factor = 1.0
    negated = found.words in lexicon.late and _is_denied_later(found, tokens, lexicon, used)
    near, first = found.place - _REACH, max(0, found.place - _FAR_REACH)
    for place in range(found.place - 1, first - 1, -1):
        word = tokens[place]
        if word in _EDGES or word in lexicon.contrasts:
            negated = negated or (word == "but" and tokens[place - 1] == "anything")
            break
        if place not in used and (word in lexicon.negations or word.endswith("n't")):
            negated = negated or _reaches(word, tokens[place + 1], place >= near, lexicon)
        elif place < near:
            continue
        elif place == found.place - 1 and word in lexicon.stronger:
            factor = 1.3
        elif place >= found.place - 2 and word in lexicon.weaker:
            factor = 0.7
        elif weight > 0 and word in lexicon.unreal:
            factor *= 0.15
    # What says "not" itself is not turned round by another: many languages say it twice.
    if negated and found.words.partition(" ")[0] not in lexicon.negations:
        # "Not good" is nearly bad; "not bad" is far from good, and "never an issue" is mild praise.
        factor *= -0.75 if weight > 0 else -0.35
    return weight * factor


def _reaches(word: str, following: str, is_near: bool, lexicon: Lexicon) -> bool:
    """Whether a "not" is said of what stands some words behind it."""
    return not (word == "not" and following in {"only", "just"}) if is_near else following in lexicon.opinions


def _is_denied_later(found: _Find, tokens: Sequence[str], lexicon: Lexicon, used: set[int]) -> bool:
    """Whether a "not" comes behind a word that waits for one; it is used up by that."""
    last = min(found.place + _FAR_REACH, len(tokens) - 1)
    for place in range(found.place + 1, last + 1):
        word = tokens[place]
        if word in _EDGES or word in lexicon.contrasts - lexicon.negations - _SIGHS:
            return False
        if word in lexicon.negations:
            used.add(place)
            return True
    return False


def _turn(finds: list[_Find], tokens: Sequence[str], lexicon: Lexicon) -> None:
    """What follows a "but" counts more than what went before it in the sentence; a question counts less."""
    sentences = _sentences(tokens)
    for start, end, is_question in sentences:
        inside = [each for each in finds if start <= each.place < end]
        if not inside:
            continue
        turns = [place for place in range(start + 1, end) if tokens[place] in lexicon.contrasts]
        if turns:
            for each in inside:
                each.weight *= 0.5 if each.place < turns[-1] else 1.3
        if is_question:
            for each in inside:
                each.weight *= 0.25 if each.weight > 0 else 0.7


def _sentences(tokens: Sequence[str]) -> list[tuple[int, int, bool]]:
    found = []
    start = 0
    for place, word in enumerate(tokens):
        if word in _EDGES:
            if place > start:
                found.append((start, place, word == "?"))
            start = place + 1
    if start < len(tokens):
        found.append((start, len(tokens), False))
    return found


def _mock(finds: list[_Find], lexicon: Lexicon) -> None:
    """Thanks and easy praise beside heavy blame are mockery, or manners: they do not count in favour."""
    blame = -sum([each.weight for each in finds if each.weight < 0])
    if blame < _HEAVY:
        return
    praise = [each for each in finds if each.weight > 0]
    if not 0 < len(praise) <= 2 or not all(_may_mock(each.words, lexicon) for each in praise):
        return
    if sum(each.weight for each in praise) < 2.2 * blame:
        for each in praise:
            each.weight *= -0.2


def _may_mock(words: str, lexicon: Lexicon) -> bool:
    return words in lexicon.mocking or words.partition(" ")[0] in lexicon.mocking
