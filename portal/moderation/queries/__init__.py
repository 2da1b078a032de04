"""What waits for a look, what was decided before, and who works here."""

from portal.moderation.queries.appeals import appeal_behind, is_for_others, open_appeal_of
from portal.moderation.queries.cases import Case, Queue, Waiting, case_of, count_waiting, queue_for
from portal.moderation.queries.decisions import (
    change_asked_of,
    colleagues,
    decisions_about,
    decisions_for,
    decisions_page,
)
from portal.moderation.queries.reports import Reported, report_by, reported_by
from portal.moderation.queries.unseen import Unseen, UnseenRoom, unseen_by_managers

__all__ = [
    "Case", "Queue", "Reported", "Unseen", "UnseenRoom", "Waiting", "appeal_behind", "case_of", "change_asked_of",
    "colleagues", "count_waiting", "decisions_about", "decisions_for", "decisions_page", "is_for_others",
    "open_appeal_of", "queue_for", "report_by", "reported_by", "unseen_by_managers",
]  # fmt: skip
