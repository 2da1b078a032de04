"""What waits for a look, what was decided before, and who works here."""

from portal.moderation.queries.cases import Case, Queue, Waiting, case_of, count_waiting, queue_for
from portal.moderation.queries.decisions import (
    appeal_behind,
    colleagues,
    decisions_about,
    decisions_for,
    report_by,
)

__all__ = [
    "Case", "Queue", "Waiting", "appeal_behind", "case_of", "colleagues", "count_waiting", "decisions_about",
    "decisions_for", "queue_for", "report_by",
]  # fmt: skip
