"""Channels on which people are scored though their terms forbid it by default; critics; members who rest.

Indexes over few people hold these alone, since every scoring writes all indexes of a person anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

PROFILED = sa.text("profiled_at IS NOT NULL")
ROSE = sa.text("rise > 0")
SENT_OFF = sa.text("later_until IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "scored_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["allowed_by_id"], ["user.id"], name=op.f("fk_scored_channel_allowed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_channel")),
        sa.UniqueConstraint("channel", name=op.f("uq_scored_channel_channel")),
    )
    op.add_column("person", sa.Column("rests_as_member", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_person_critics",
        "person",
        ["score", "id"],
        sqlite_where=sa.text("is_critic = 1"),
        postgresql_where=sa.text("is_critic"),
    )
    op.create_index(
        "ix_author_profiled_at", "author", ["profiled_at"], sqlite_where=PROFILED, postgresql_where=PROFILED
    )
    op.drop_index("ix_person_risen", "person")
    op.create_index("ix_person_risen", "person", ["stage", "rise", "id"], sqlite_where=ROSE, postgresql_where=ROSE)
    op.drop_index("ix_person_later", "person")
    op.create_index(
        "ix_person_later", "person", ["stage", "later_until"], sqlite_where=SENT_OFF, postgresql_where=SENT_OFF
    )
    if op.get_bind().dialect.name == "postgresql":
        # Room on the page for the mark that every scoring sets, so that it touches no index.
        op.execute("ALTER TABLE person_author SET (fillfactor = 60)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE person_author RESET (fillfactor)")
    op.drop_index("ix_person_later", "person")
    op.create_index("ix_person_later", "person", ["stage", "later_until"])
    op.drop_index("ix_person_risen", "person")
    op.create_index("ix_person_risen", "person", ["stage", "rise", "id"])
    op.drop_index("ix_author_profiled_at", "author")
    op.drop_index("ix_person_critics", "person")
    op.drop_column("person", "rests_as_member")
    op.drop_table("scored_channel")
