"""What members make, thanks by name, and who wants to be found."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "member_link",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_member_link_member_id_member")),
        sa.PrimaryKeyConstraint("member_id", "place", name=op.f("pk_member_link")),
    )
    op.create_table(
        "thanks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=600), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(trim(words)) > 0", name=op.f("ck_thanks_words_given")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_thanks_by_id_user")),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_thanks_member_id_member")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
    )
    op.create_index(op.f("ix_thanks_member_id"), "thanks", ["member_id"])


def downgrade() -> None:
    op.drop_table("thanks")
    op.drop_table("member_link")
    op.drop_column("member", "is_listed")
