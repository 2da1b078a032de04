"""Mentions that are due to be looked for again are found in order, however many there are."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STANDING = sa.text("source_id IS NOT NULL AND gone_at IS NULL")
MISSED = sa.text("missed_at IS NOT NULL AND gone_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_mention_recheck", table_name="mention")
    columns = ["source_id", "checked_at", "id"]
    op.create_index("ix_mention_recheck", "mention", columns, sqlite_where=STANDING, postgresql_where=STANDING)
    op.create_index("ix_mention_missed", "mention", ["source_id", "missed_at"], sqlite_where=MISSED, postgresql_where=MISSED)


def downgrade() -> None:
    op.drop_index("ix_mention_missed", table_name="mention")
    op.drop_index("ix_mention_recheck", table_name="mention")
    columns = ["source_id", "checked_at"]
    op.create_index("ix_mention_recheck", "mention", columns, sqlite_where=STANDING, postgresql_where=STANDING)
