"""What can be done with makers: place and score them, judge them, move them on."""

from portal.makers.services.judging import AlreadyIn, OutOfBounds, judge, keep_notes, move_to_stage
from portal.makers.services.placing import place_mentions
from portal.makers.services.rating import score_people

# A transaction of this size holds the one writer of SQLite for about a second.
PEOPLE_AT_ONCE = 5_000

__all__ = [
    "PEOPLE_AT_ONCE",
    "AlreadyIn",
    "OutOfBounds",
    "judge",
    "keep_notes",
    "move_to_stage",
    "place_mentions",
    "score_people",
]
