"""The brand's own accounts are found by an index: each scoring asks for them, and they are few among all there are."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_author_brand",
        "author",
        ["id"],
        sqlite_where=sa.text("is_brand = 1"),
        postgresql_where=sa.text("is_brand"),
    )


def downgrade() -> None:
    op.drop_index("ix_author_brand", "author")
