"""Tracker queries: how they are written, and which mentions they find."""

from portal.listening.matching.matcher import Matcher, joined
from portal.listening.matching.query import Query, QueryError, Term, parse_query

__all__ = ["Matcher", "Query", "QueryError", "Term", "joined", "parse_query"]
