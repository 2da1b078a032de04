"""The sweeps that find the people behind new mentions, keep their scores fresh and try the score on the past."""

from datetime import timedelta

from portal.foundation.database import transaction
from portal.foundation.jobs import sweep, until_done
from portal.listening.services import (
    PROFILE_KEPT,
    ask_profiles,
    channels_with_profiles,
    claim_pictures,
    claim_profiles,
    fetch_picture,
    keep_picture,
    keep_profiles,
)
from portal.makers.queries.profiles import authors_worth_a_profile, pictures_worth_fetching
from portal.makers.services import (
    ACCOUNTS_AT_ONCE,
    FORGOTTEN_AT_ONCE,
    PEOPLE_NOTICED,
    claim_backtest,
    claim_part,
    notice_people,
    place_everyone,
    recognise_returned,
    run_backtest,
    score_everyone_due,
    score_part,
    shrink_people,
    suggest_merges,
)

_MOST_BATCHES = 3


@sweep("heavy", place=49)
def recognise_people() -> int:
    """Whoever was forgotten and is heard again is the same person as before."""
    with transaction():
        return recognise_returned()


@sweep("heavy", place=50)
def place_people() -> int:
    """Give a person to every account that has none."""
    return place_everyone()


@sweep("heavy", place=60)
def score_changed_people() -> int:
    """Score everyone with something new, and whoever's score is a week old."""
    return score_everyone_due()


@sweep("heavy", place=61)
def notice_changes() -> int:
    """Whose score moved since last month, who fell silent, who came back."""
    return until_done(notice_people, PEOPLE_NOTICED)


@sweep("heavy", place=80, every=timedelta(hours=1))
def forget_the_unjudged() -> int:
    """Take away what was held long enough of people whom nobody judged."""
    return until_done(shrink_people, FORGOTTEN_AT_ONCE)


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


@sweep("listening", place=71)
def fetch_pictures() -> int:
    """Fetch the pictures of people with a first score, a few at each wake-up, and keep them small."""
    kept = 0
    for _batch in range(_MOST_BATCHES):
        with transaction():
            wanted = claim_pictures(pictures_worth_fetching())
        if not wanted:
            break
        for one in wanted:
            found = fetch_picture(one.url)
            with transaction():
                kept += keep_picture(one, found)
    return kept


@sweep("heavy", place=65)
def score_everyone_again() -> int:
    """After a change of weights: every part that is open, one transaction each."""
    people = 0
    while True:
        with transaction():
            part_id = claim_part()
        if part_id is None:
            return people
        with transaction():
            people += score_part(part_id)


@sweep("heavy", place=70)
def run_backtests() -> int:
    """Every backtest that someone asked for."""
    count = 0
    while True:
        with transaction():
            backtest_id = claim_backtest()
        if backtest_id is None:
            return count
        with transaction():
            run_backtest(backtest_id)
        count += 1
