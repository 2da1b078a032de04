"""The ledger from the command line."""

from portal.ledger.commands import imports, sealed, similar
from portal.ledger.commands.group import commands

__all__ = ["commands", "imports", "sealed", "similar"]
