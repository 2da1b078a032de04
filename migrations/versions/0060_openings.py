"""From when until when anyone could read the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

STILL = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    op.create_index("ix_opening_now", "opening", ["closed_at"], sqlite_where=STILL, postgresql_where=STILL)


def downgrade() -> None:
    op.drop_table("opening")
