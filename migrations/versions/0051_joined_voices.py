"""Whose voice was taken back with what it was joined with, and the voices without an account that come along."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_BROUGHT = """
UPDATE idea SET joined_votes = (
  SELECT SUM(source.imported_votes + CASE WHEN source.on_behalf_of <> '' THEN 1 ELSE 0 END)
  FROM idea AS source WHERE source.merged_into_id = idea.id
)
WHERE id IN (SELECT merged_into_id FROM idea WHERE merged_into_id IS NOT NULL)
"""


def upgrade() -> None:
    op.add_column("idea", sa.Column("is_author_silent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("idea", sa.Column("joined_votes", sa.Integer(), nullable=False, server_default="0"))
    op.execute(_BROUGHT)


def downgrade() -> None:
    op.drop_column("idea", "joined_votes")
    op.drop_column("idea", "is_author_silent")
