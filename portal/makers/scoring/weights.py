"""Every number of the maker score, in one table with a version; `docs/makers.md` gives the reason for each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

BARS = ("create", "persist", "love", "advise", "reach")


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Every number of the score. A table is never changed once scores were made with it; a better one is a new version.

    Attributes:
        kinds: points of a fresh mention of each kind in one's own words; `plain_kind` for a kind not named.
        makes: what a plain mention is worth when its words say that something was made, `made_in_passing` in a reply.
        answer: an answer to someone else's question, whatever the channel calls it.
        asks_in_detail: a question, an issue or a suggestion of at least `detail` characters.
        only_asks: what is left of a plain mention that asks without suggesting or showing anything.
        whole_works: kinds whose words may be few, since the work is not in the words.
        full_length: characters from which a mention counts in full; the shortest counts `least_length` of it.
        half_life: days after which half of a mention's worth is left, for every bar.
        window: months that are looked at.
        copy: what is left of a near-copy. `beside_the_brand`: of a mention no tracker found in a place kept whole.
        unsaid: what is left of a mention whose author could have said that it speaks for the brand, and did not.
        units, full: of each bar, the amount from which it bends and the amount that fills it; it grows by the
            logarithm between, so that nobody stands level with someone who did more.
        own_baseline: mentions elsewhere it takes to know someone's own usual tone.
        doubt: warm words' worth of doubt before cold ones take from Love.
        still_here: the part of Persist that asks whether they are still around; the rest asks whether they are
            likely to be heard again. patience: days of silence that halve both; `grace`: days that say nothing.
        visit: days within which several mentions are one visit.
        pace: how often people come, before anything is known of one: the `shape` and the `days` of a gamma
            distribution of it, how readily people `leave` or `stay` after each time, and how many days `ahead` to look.
        reach_of_millions: powers of ten of followers that fill Reach.
        shares: how the five bars make the total; they add up to 1.
        critic: where Create and Persist are at least, and how many suggestions there are.
    """

    version: int
    kinds: Mapping[str, float]
    plain_kind: float
    makes: float
    made_in_passing: float
    answer: float
    asks_in_detail: float
    detail: int
    only_asks: float
    whole_works: frozenset[str]
    full_length: int
    least_length: float
    half_life: float
    window: int
    copy: float
    beside_the_brand: float
    unsaid: float
    units: Mapping[str, float]
    full: Mapping[str, float]
    own_baseline: int
    doubt: float
    still_here: float
    patience: float
    grace: float
    visit: float
    pace: Mapping[str, float]
    reach_of_millions: float
    shares: Mapping[str, float]
    critic: Mapping[str, float]

    def with_shares(self, shares: Mapping[str, float], *, version: int) -> "Weights":
        """The same table with other shares of the five bars."""
        return replace(self, shares={name: shares[name] for name in BARS}, version=version)


WEIGHTS = Weights(
    version=5000,
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
    only_asks=0.4,
    whole_works=frozenset({"video", "photo", "repost"}),
    full_length=120,
    least_length=0.4,
    half_life=120,
    window=60,
    copy=0.2,
    beside_the_brand=0.5,
    unsaid=0.1,
    units={"create": 1, "love": 3, "advise": 5},
    full={"create": 250, "love": 30, "advise": 250},
    own_baseline=3,
    doubt=1,
    still_here=0.35,
    patience=365,
    grace=0.5,
    visit=0.25,
    pace={"shape": 0.06, "days": 5, "leave": 0.15, "stay": 1, "ahead": 50},
    reach_of_millions=6,
    shares={"create": 0.24, "persist": 0.48, "love": 0.22, "advise": 0.04, "reach": 0.02},
    critic={"create": 0.25, "persist": 0.25, "suggestions": 3},
)
