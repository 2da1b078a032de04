"""The names whose words carry no tone, as what is stored was read with them; accounts that ask not to be found."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reread_to", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_names")),
    )
    op.add_column("author", sa.Column("is_unlisted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_author_unlisted",
        "author",
        ["id"],
        sqlite_where=sa.text("is_unlisted = 1"),
        postgresql_where=sa.text("is_unlisted"),
    )


def downgrade() -> None:
    op.drop_index("ix_author_unlisted", "author")
    op.drop_column("author", "is_unlisted")
    op.drop_table("read_names")
