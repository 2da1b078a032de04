"""Finding words: what a text is made of, and the table and index in which its stems stand."""

from portal.foundation.search.asked import Asked, Run, read_asked
from portal.foundation.search.counts import TOPIC as WORDS
from portal.foundation.search.counts import about_how_many, forget_counts, how_common
from portal.foundation.search.index import (
    SearchDue,
    SearchEntry,
    entry_number,
    matches,
    matches_all,
    newest_given,
    on_sqlite,
    remove_entry,
    sought,
    sought_all,
    take_due,
    write_entry,
)
from portal.foundation.search.marking import marked
from portal.foundation.search.most import Sought, holding_most
from portal.foundation.search.words import READ_CHARS, as_written, grams, grams_of, stems

__all__ = [
    "READ_CHARS",
    "WORDS",
    "Asked",
    "Run",
    "SearchDue",
    "SearchEntry",
    "Sought",
    "about_how_many",
    "as_written",
    "entry_number",
    "forget_counts",
    "grams",
    "grams_of",
    "holding_most",
    "how_common",
    "marked",
    "matches",
    "matches_all",
    "newest_given",
    "on_sqlite",
    "read_asked",
    "remove_entry",
    "sought",
    "sought_all",
    "stems",
    "take_due",
    "write_entry",
]
