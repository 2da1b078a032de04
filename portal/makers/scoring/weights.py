"""Every number of the maker score, in one table with a version."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Every number of the score. A table is never changed once scores were made with it; a better one is a new version.

    Attributes:
        kinds: points of a fresh mention of each kind in one's own words; `plain_kind` for a kind not named.
        makes: what a plain mention is worth when its words say that something was made, `made_in_passing` in a reply.
        answer: an answer to someone else's question, whatever the channel calls it.
        asks_in_detail: a question, an issue or a suggestion of at least `detail` characters.
        whole_works: kinds whose words may be few, since the work is not in the words.
        full_length: characters from which a mention counts in full; the shortest counts `least_length` of it.
        decay: what is left of a mention's points after each month (Orbit model v1: half-life 6.6 months).
        window: months that are looked at; `least_months` stands in for a shorter acquaintance.
        copy: what is left of a near-copy. `beside_the_brand`: of a mention no tracker found in a place kept whole.
        half_create, half_advise: points that fill half of the bar.
        shrink_love: how many mentions' worth of doubt Love starts with; `own_baseline`: mentions elsewhere it takes
            to know someone's own usual tone.
        still_here: the part of Persist that says whether they are still around, `patience` their rhythm's tolerance.
        shares: how the five bars make the total; they add up to 1.
        critic: where Create and Persist are at least, and Love at most, with how many suggestions.
    """

    version: int
    kinds: Mapping[str, float]
    plain_kind: float
    makes: float
    made_in_passing: float
    answer: float
    asks_in_detail: float
    detail: int
    whole_works: frozenset[str]
    full_length: int
    least_length: float
    decay: float
    window: int
    least_months: int
    copy: float
    beside_the_brand: float
    half_create: float
    half_advise: float
    shrink_love: float
    own_baseline: int
    still_here: float
    patience: float
    reach_of_millions: float
    shares: Mapping[str, float]
    critic: Mapping[str, float]


WEIGHTS_V1 = Weights(
    version=1,
    kinds={
        "video": 10,
        "article": 10,
        "tutorial": 10,
        "build": 10,
        "photo": 5,
        "review": 5,
        "answer": 6,
        "post": 2,
        "comment": 2,
        "question": 2,
        "issue": 2,
        "discussion": 2,
        "webmention": 2,
        "quote": 2,
        "reply": 1,
        "repost": 0.25,
    },
    plain_kind=2,
    makes=10,
    made_in_passing=5,
    answer=6,
    asks_in_detail=3,
    detail=200,
    whole_works=frozenset({"video", "photo", "repost"}),
    full_length=80,
    least_length=0.5,
    decay=0.9,
    window=24,
    least_months=3,
    copy=0.2,
    beside_the_brand=0.5,
    half_create=20,
    half_advise=10,
    shrink_love=5,
    own_baseline=3,
    still_here=1 / 3,
    patience=2.0,
    reach_of_millions=6,
    shares={"create": 0.35, "persist": 0.25, "love": 0.25, "advise": 0.10, "reach": 0.05},
    critic={"create": 0.5, "persist": 0.25, "love": 0.45, "suggestions": 3},
)
