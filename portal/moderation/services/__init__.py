"""The verbs of moderation: report, approve, ask for a change, take out, suspend, appeal."""

from portal.moderation.services.appeals import SomebodyElse, appeal, settle_appeal
from portal.moderation.services.deciding import approve, ask_for_change, remove
from portal.moderation.services.people import readmit, suspend
from portal.moderation.services.reporting import report
from portal.moderation.services.written import LIMIT, ChangedSince, NoReason, NothingToDecide, NotYours

__all__ = [
    "LIMIT", "ChangedSince", "NoReason", "NotYours", "NothingToDecide", "SomebodyElse", "appeal", "approve",
    "ask_for_change", "readmit", "remove", "report", "settle_appeal", "suspend",
]  # fmt: skip
