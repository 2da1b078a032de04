"""Comments beside suggestions, and the earlier words of both."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_case", sa.Boolean(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(trim(body)) > 0", name=op.f("ck_comment_words_given")),
        sa.CheckConstraint(
            "author_id IS NOT NULL OR length(trim(author_name)) > 0", name=op.f("ck_comment_author_known")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_comment_author_id_user")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_comment_idea_id_idea")),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("form_key", name=op.f("uq_comment_form_key")),
    )
    op.create_index("ix_comment_thread", "comment", ["idea_id", "parent_id", "id"])
    op.create_index(op.f("ix_comment_author_id"), "comment", ["author_id"])
    op.create_index(op.f("ix_comment_parent_id"), "comment", ["parent_id"])
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(idea_id IS NULL) <> (comment_id IS NULL)", name=op.f("ck_wording_one_subject")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_wording_comment_id_comment")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_wording_idea_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    op.create_index(op.f("ix_wording_idea_id"), "wording", ["idea_id"])
    op.create_index(op.f("ix_wording_comment_id"), "wording", ["comment_id"])
    op.add_column("idea", sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("idea", "edited_at")
    op.drop_table("wording")
    op.drop_table("comment")
