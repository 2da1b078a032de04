"""How Alembic reaches the database and the models."""

from alembic import context

import portal.app  # noqa: F401 - importing it brings in the tables of every stage
from portal.foundation.database import Base, UtcDateTime
from portal.topics import watch_tables


def _render(kind, item, autogen_context):
    """Write times as plain SQLAlchemy, so that a migration does not depend on today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _is_ours(name, kind, parents):
    """The job queue keeps its own tables beside ours on PostgreSQL; the indexes of words are the database's own."""
    return not (kind == "table" and name.startswith(("huey_", "search_index", "search_words", "stream_index")))


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=_render,
    include_name=_is_ours,
    compare_type=False,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
# A table that was made, or made anew, gets the triggers by which shared parts of pages learn of its changes.
watch_tables(connection)
