"""Listening from the command line."""

from portal.listening.commands import conform, evaluating, imports, resealing
from portal.listening.commands.group import commands

__all__ = ["commands", "conform", "evaluating", "imports", "resealing"]
