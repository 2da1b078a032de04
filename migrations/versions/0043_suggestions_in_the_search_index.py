"""On PostgreSQL suggestions stand in an index of their own, so that what is like one is not sought in comments too."""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX search_index_ideas ON search_index USING gin (vector) WITH (fastupdate = off) "
            "WHERE kind = 'idea'"
        )
        op.execute("CREATE INDEX search_index_newest_ideas ON search_index (entry_id) WHERE kind = 'idea'")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX search_index_newest_ideas")
        op.execute("DROP INDEX search_index_ideas")
