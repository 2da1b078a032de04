"""A line of an earlier record as a suggestion with its replies and its decision; reads, and decides nothing."""

from portal.ledger.parsing.entries import Decided, Entry, Reply
from portal.ledger.parsing.fields import BadLine
from portal.ledger.parsing.lines import read_line, read_object
from portal.ledger.parsing.steps import Step, check_moments, steps_of

__all__ = ["BadLine", "Decided", "Entry", "Reply", "Step", "check_moments", "read_line", "read_object", "steps_of"]
