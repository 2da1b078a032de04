"""Pictures beside the background of an ask."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ask_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_ask_picture_added_by_id_user")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_picture_ask_id_ask")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_picture")),
        sa.UniqueConstraint("key", name=op.f("uq_ask_picture_key")),
    )
    op.create_index(op.f("ix_ask_picture_ask_id"), "ask_picture", ["ask_id"])


def downgrade() -> None:
    op.drop_table("ask_picture")
