"""Weighing the words of a text: negation and its reach, stronger and weaker words, contrast, mockery, questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.listening.signals.tone.lexicon import Lexicon

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
    place: int
    words: str
    weight: float


def weigh(tokens: Sequence[str], lexicon: Lexicon, *, shouts: int = 0) -> tuple[float, Weights]:
    """The sum of what the words of a text weigh, and each with its weight.

    Args:
        tokens: plain words, with `.` and `?` where sentences end.
        lexicon: of the language.
        shouts: how many exclamation marks there are.
    """
    finds = _find(tokens, lexicon)
    if not finds:
        return 0.0, ()
    has_contrast = not lexicon.contrasts.isdisjoint(tokens)
    # Most words have none around them that changes what they weigh.
    joined = " ".join(tokens)
    looks_closely = "n't " in joined or "anything but " in joined or not lexicon.opinions.isdisjoint(tokens)
    used = _used(finds)
    for each in finds:
        place = each.place
        if (
            looks_closely
            or each.words in lexicon.late
            or not lexicon.changers.isdisjoint(tokens[place - _REACH if place > _REACH else 0 : place])
        ):
            each.weight = _in_place(each, tokens, lexicon, used)
    if has_contrast or "?" in tokens:
        _turn(finds, tokens, lexicon)
    if not has_contrast:
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


def _find(tokens: Sequence[str], lexicon: Lexicon) -> list[_Find]:
    found = []
    single, phrases, starts, stems = lexicon.single, lexicon.phrases, lexicon.starts, lexicon.stems
    past, last = 0, len(tokens) - 1
    for place, token in enumerate(tokens):
        if place < past or not (stems or token in starts):
            continue
        following = phrases.get(token)
        if following is not None and place < last:
            for rest, weight in following.get(tokens[place + 1], ()):
                end = place + 1 + len(rest)
                if len(rest) == 1 or tuple(tokens[place + 1 : end]) == rest:
                    if weight:
                        found.append(_Find(place, " ".join((token, *rest)), weight))
                    past = end
                    break
        if place >= past and (weight := single[token] if token in single else _by_stem(token, lexicon)):
            found.append(_Find(place, token, weight))
    return found


# People use few words, over and over; a word without weight is looked for at every length it could have.
@lru_cache(maxsize=50_000)
def _by_stem(token: str, lexicon: Lexicon) -> float:
    """What a word weighs by the longest beginning of it that is known."""
    for length in range(min(len(token), lexicon.longest), lexicon.shortest - 1, -1):
        weight = lexicon.stems.get(token[:length])
        if weight is not None:
            return weight
    return 0.0


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
