"""People, the accounts that are theirs, their scores, what staff said of them, and whether the score was right."""

from portal.makers.models.lists import SavedList, SavedListEntry
from portal.makers.models.merges import Likeness, Merge, MergeSuggestion
from portal.makers.models.people import Opinion, Person, PersonAuthor, Score, Stage, Verdict
from portal.makers.models.proof import Backtest, BacktestStatus, RescoringPart, ScoredChannel, Weighting

__all__ = [
    "Backtest",
    "BacktestStatus",
    "Likeness",
    "Merge",
    "MergeSuggestion",
    "Opinion",
    "Person",
    "PersonAuthor",
    "RescoringPart",
    "SavedList",
    "SavedListEntry",
    "Score",
    "ScoredChannel",
    "Stage",
    "Verdict",
    "Weighting",
]
