"""What can be done with makers: place and score them, judge them, move them on, and see whether that was right."""

from portal.makers.services.backtesting import ask_backtest, backtest_file, claim_backtest, run_backtest
from portal.makers.services.comparing import suggest_merges
from portal.makers.services.judging import (
    AlreadyIn,
    OutOfBounds,
    judge,
    keep_in_touch,
    keep_notes,
    move_by_hand,
    move_to_stage,
)
from portal.makers.services.listing import remove_list, save_list
from portal.makers.services.merging import NotMerged, merge_people, split_people, veto_merge
from portal.makers.services.noticing import notice_people
from portal.makers.services.placing import place_everyone, place_mentions
from portal.makers.services.rating import score_everyone_due, score_people
from portal.makers.services.rescoring import claim_part, score_part
from portal.makers.services.shrinking import held_for, recognise_returned, shrink_people
from portal.makers.services.weighing import (
    allow_scoring,
    forbid_scoring,
    propose_weights,
    score_everyone_anew,
    switch_back,
    switch_on,
)

ACCOUNTS_AT_ONCE = 500
PEOPLE_NOTICED = 2_000
FORGOTTEN_AT_ONCE = 500

__all__ = [
    "ACCOUNTS_AT_ONCE",
    "FORGOTTEN_AT_ONCE",
    "PEOPLE_NOTICED",
    "AlreadyIn",
    "NotMerged",
    "OutOfBounds",
    "allow_scoring",
    "ask_backtest",
    "backtest_file",
    "claim_backtest",
    "claim_part",
    "forbid_scoring",
    "held_for",
    "judge",
    "keep_in_touch",
    "keep_notes",
    "merge_people",
    "move_by_hand",
    "move_to_stage",
    "notice_people",
    "place_everyone",
    "place_mentions",
    "propose_weights",
    "recognise_returned",
    "remove_list",
    "run_backtest",
    "save_list",
    "score_everyone_anew",
    "score_everyone_due",
    "score_part",
    "score_people",
    "shrink_people",
    "split_people",
    "suggest_merges",
    "switch_back",
    "switch_on",
    "veto_merge",
]
