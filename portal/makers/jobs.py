"""The sweeps that find the people behind new mentions and keep their scores fresh."""

from portal.foundation.database import transaction
from portal.foundation.jobs import sweep, until_done
from portal.listening.services import PROFILE_KEPT, ask_profiles, channels_with_profiles, claim_profiles, keep_profiles
from portal.makers.queries.profiles import authors_worth_a_profile
from portal.makers.services import ACCOUNTS_AT_ONCE, PEOPLE_AT_ONCE, place_mentions, score_people, suggest_merges

_MOST_BATCHES = 3


@sweep("heavy", place=50)
def place_people() -> int:
    """Give a person to every account that has none."""
    return until_done(place_mentions, PEOPLE_AT_ONCE)


@sweep("heavy", place=60)
def score_changed_people() -> int:
    """Score everyone with something new, and whoever's score is a week old."""
    return until_done(score_people, PEOPLE_AT_ONCE)


@sweep("heavy", place=70)
def compare_accounts() -> int:
    """Look for accounts that may be one human being; a person decides."""
    return until_done(suggest_merges, ACCOUNTS_AT_ONCE)


@sweep("listening", place=70)
def look_up_profiles() -> int:
    """Ask for the profiles of people with a first score: a few batches at each wake-up, each once in thirty days."""
    known = 0
    for _batch in range(_MOST_BATCHES):
        with transaction():
            batch = claim_profiles(authors_worth_a_profile(channels_with_profiles(), older_than=PROFILE_KEPT))
        if batch is None:
            break
        answer = ask_profiles(batch)
        with transaction():
            known += keep_profiles(batch, answer)
    return known
