"""What the profile of an account says, and when it was last looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("author", sa.Column("bio", sa.String(length=1000), nullable=True))
    op.add_column("author", sa.Column("profiled_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("author", "profiled_at")
    op.drop_column("author", "bio")
