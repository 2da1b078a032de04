"""How much of a suggestion somebody hears, and who is named in words."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_LEVEL = """ALTER TABLE {0} ADD COLUMN level VARCHAR(24) DEFAULT 'answers' NOT NULL
CONSTRAINT ck_{0}_level CHECK (level IN ('everything', 'answers', 'nothing'))"""


def upgrade() -> None:
    for table in ("subscription", "preference"):
        op.execute(_LEVEL.format(table))
    op.execute(sa.text("UPDATE subscription SET level = 'nothing' WHERE NOT is_on"))
    op.drop_column("subscription", "is_on")
    op.create_table(
        "naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_key", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_naming_comment_id_comment")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_naming_idea_id_idea")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_naming_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
        sa.UniqueConstraint("subject_key", "user_id", name=op.f("uq_naming_subject_key_user_id")),
    )
    for column in ("user_id", "idea_id", "comment_id", "created_at"):
        op.create_index(op.f(f"ix_naming_{column}"), "naming", [column])
    op.create_index("ix_comment_created_at", "comment", ["created_at"])
    name = op.f("fk_notice_comment_id_comment")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE notice ADD COLUMN comment_id INTEGER CONSTRAINT {name} REFERENCES comment (id)")
    else:
        op.add_column("notice", sa.Column("comment_id", sa.Integer(), nullable=True))
        op.create_foreign_key(name, "notice", "comment", ["comment_id"], ["id"])
    op.create_index(op.f("ix_notice_comment_id"), "notice", ["comment_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_comment_id"), "notice")
    op.execute(sa.text("DELETE FROM notice WHERE response_id IS NULL AND progress_id IS NULL"))
    op.drop_column("notice", "comment_id")
    op.drop_index("ix_comment_created_at", "comment")
    op.drop_table("naming")
    op.add_column("subscription", sa.Column("is_on", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(sa.text("UPDATE subscription SET is_on = (level <> 'nothing')"))
    for table in ("subscription", "preference"):
        # On SQLite the check goes with the column that it is written beside.
        op.drop_column(table, "level")
