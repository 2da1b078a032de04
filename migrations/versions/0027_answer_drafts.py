"""Answers wait as drafts, begin with the company's reasons, and say in which languages they stand."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def words(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "answer_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            words("acknowledgement", "question", "action", "explanation", "outcome", name="response_kind"),
            nullable=True,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("language", sa.String(12)),
        sa.Column("in_languages", sa.JSON()),
        sa.Column("action_id", sa.Integer()),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("target_date", sa.Date()),
        sa.Column("stage", words("planned", "under-way", "done", "dropped", name="action_stage"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("proof_url", sa.String(2000), nullable=False),
        sa.Column("happened_on", sa.Date()),
        sa.Column("repeats", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(500), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_answer_draft_idea_id_idea"),
        sa.ForeignKeyConstraint(["written_by_id"], ["user.id"], name="fk_answer_draft_written_by_id_user"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_answer_draft_action_id_action"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_draft"),
        sa.UniqueConstraint("idea_id", "written_by_id", name="uq_answer_draft_idea_id_written_by_id"),
    )
    op.create_index("ix_answer_draft_idea_id", "answer_draft", ["idea_id"])
    op.create_index("ix_answer_draft_written_by_id", "answer_draft", ["written_by_id"])
    op.create_table(
        "reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(trim(title)) > 0", name="ck_reason_title_given"),
        sa.CheckConstraint("length(trim(words)) > 0", name="ck_reason_words_given"),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name="fk_reason_changed_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_reason"),
    )
    op.add_column("response", sa.Column("language", sa.String(12)))
    op.add_column("response", sa.Column("is_quiet", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_response_languages",
        "response",
        ["id"],
        sqlite_where=sa.text("in_languages IS NOT NULL"),
        postgresql_where=sa.text("in_languages IS NOT NULL"),
    )
    # Nobody could choose a language until now.
    op.execute("UPDATE \"user\" SET language = ''")


def downgrade() -> None:
    op.execute("UPDATE \"user\" SET language = 'en'")
    op.drop_index("ix_response_languages", table_name="response")
    op.drop_column("response", "is_quiet")
    op.drop_column("response", "language")
    op.drop_table("reason")
    op.drop_table("answer_draft")
