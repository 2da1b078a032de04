"""A line of an earlier record as a suggestion with its replies and its decision; reads, and decides nothing."""

from portal.ledger.parsing.entries import Decided, Entry, Reply
from portal.ledger.parsing.fields import BadLine
from portal.ledger.parsing.lines import read_line

__all__ = ["BadLine", "Decided", "Entry", "Reply", "read_line"]
