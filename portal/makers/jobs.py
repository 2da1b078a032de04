"""The sweeps that find the people behind new mentions and keep their scores fresh."""

from portal.foundation.jobs import sweep, until_done
from portal.makers.services import PEOPLE_AT_ONCE, place_mentions, score_people


@sweep("heavy", place=50)
def place_people() -> int:
    """Give a person to every account that has none."""
    return until_done(place_mentions, PEOPLE_AT_ONCE)


@sweep("heavy", place=60)
def score_changed_people() -> int:
    """Score everyone with something new, and whoever's score is a week old."""
    return until_done(score_people, PEOPLE_AT_ONCE)
