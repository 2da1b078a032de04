"""A draft of a suggestion keeps its pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["idea_draft.id"], name=op.f("fk_draft_picture_draft_id_idea_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_picture")),
        sa.UniqueConstraint("key", name=op.f("uq_draft_picture_key")),
    )
    op.create_index(op.f("ix_draft_picture_draft_id"), "draft_picture", ["draft_id"])


def downgrade() -> None:
    op.drop_table("draft_picture")
