"""Which tables the shared parts of pages read, so that the database tells when one of them must be drawn anew."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from portal.foundation.database import Base
from portal.foundation.database.revisions import revision
from portal.foundation.database.triggers import watch
from portal.foundation.search.counts import TOPIC as WORDS
from portal.ledger.visibility import COUNTS
from portal.ledger.visibility import TOPIC as LEDGER
from portal.listening.queries.stream import TOPIC as STREAM
from portal.makers.queries.people import TOPIC as MAKERS

# A table that stands on none of these lists belongs to every topic: to forget one costs speed, never truth.
# A change here takes a migration, if only an empty one: the triggers are looked at after each.
_LEDGER = {
    "idea", "vote", "response", "action", "progress", "comment", "wording", "audit_entry", "member", "circle",
    "circle_member", "answer_draft", "reason", "confirmation", "ask", "ask_choice", "ask_vote", "author_word",
    "search_entry", "naming", "former_name",
}  # fmt: skip
_MAKERS = {"person", "person_author", "score", "verdict", "author", "mention"}
_COUNTS = {"idea", "response", "progress", "author_word"}
_STREAM = {"mention", "author", "match", "tracker", "stream_due"}
_WORDS = {"search_entry"}
_TABLES = {LEDGER: _LEDGER, MAKERS: _MAKERS, COUNTS: _COUNTS, STREAM: _STREAM, WORDS: _WORDS}
# They change often, and no shared part shows anything of them.
_UNSHOWN = {
    revision.name, "session", "sign_in_link", "outgoing_mail", "notice", "telling", "push", "preference",
    "subscription", "source", "mention_import", "search_due", "mention_media",
    "event", "rsvp", "member_link", "thanks", "idea_draft", "draft_picture", "announcement",
    "promise_warning", "report", "decision", "appeal", "opening",
}  # fmt: skip


def topics_of_tables() -> Mapping[str, Collection[str]]:
    """The topics that each table belongs to, by its name."""
    return {name: _topics(name) for name in Base.metadata.tables}


def _topics(name: str) -> Collection[str]:
    if name in _UNSHOWN:
        return ()
    known = [topic for topic, tables in _TABLES.items() if name in tables]
    return known or _TABLES.keys()


def watch_tables(connection: Connection) -> None:
    """Bring the triggers into step with the tables that are there now."""
    watch(connection, topics_of_tables())
