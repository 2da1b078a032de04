"""The addresses that a mention points at, where its words do not show them."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mention", sa.Column("links", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("mention", "links")
