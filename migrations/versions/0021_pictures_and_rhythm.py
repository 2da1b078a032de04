"""Pictures of mentions; when people are heard, how their score moves, and what is left of those nobody judged."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HELD = sa.text("gone_at IS NULL")
_TIMES = ("last_heard_at", "returned_at", "noticed_at", "shrunk_at")


def upgrade() -> None:
    op.create_table(
        "mention_media",
        sa.Column("id", _ID, nullable=False),
        sa.Column("mention_id", _ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("alt", sa.String(length=500), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["mention_id"], ["mention.id"], name=op.f("fk_mention_media_mention_id_mention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention_media")),
        sa.UniqueConstraint("mention_id", "place", name=op.f("uq_mention_media_mention_id_place")),
    )
    for column in ("due_at", "dropped_at"):
        given = sa.text(f"{column} IS NOT NULL")
        name = op.f(f"ix_mention_media_{column}")
        op.create_index(name, "mention_media", [column], sqlite_where=given, postgresql_where=given)
    op.create_index("ix_mention_held", "mention", ["first_seen_at"], sqlite_where=_HELD, postgresql_where=_HELD)
    op.add_column("person", sa.Column("zone", sa.String(64), nullable=False, server_default=""))
    op.add_column("person", sa.Column("acts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("person", sa.Column("silent_days", sa.Integer(), nullable=True))
    op.add_column("person", sa.Column("rise", sa.Float(), nullable=False, server_default="0"))
    for name in _TIMES:
        op.add_column("person", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("score", sa.Column("change", sa.Float(), nullable=True))
    op.create_index("ix_person_risen", "person", ["stage", "rise", "id"])


def downgrade() -> None:
    op.drop_index("ix_person_risen", "person")
    op.drop_column("score", "change")
    for name in ("zone", "acts", "silent_days", "rise", *_TIMES):
        op.drop_column("person", name)
    op.drop_index("ix_mention_held", "mention")
    op.drop_table("mention_media")
