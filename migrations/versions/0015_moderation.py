"""Moderation: what is held on entry, reports, decisions and appeals."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "entry_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_held", sa.Integer(), nullable=False),
        sa.Column("holds_links", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_at", WHEN, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_entry_rule_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_rule")),
    )
    op.add_column("comment", sa.Column("held_at", WHEN, nullable=True))
    op.add_column("comment", sa.Column("held_because", sa.String(24), nullable=True))
    op.add_column("comment", sa.Column("removed_at", WHEN, nullable=True))
    op.create_index(op.f("ix_comment_held_at"), "comment", ["held_at"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=False),
        sa.Column("concern", _choice("concern", "hurtful", "advertising", "private", "elsewhere", "other"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("settled_at", WHEN, nullable=True),
        sa.CheckConstraint("(idea_id IS NULL) <> (comment_id IS NULL)", name=op.f("ck_report_one_subject")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_report_idea_id_idea")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_report_comment_id_comment")),
        sa.ForeignKeyConstraint(["reported_by_id"], ["user.id"], name=op.f("fk_report_reported_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("idea_id", "reported_by_id", name=op.f("uq_report_idea_id_reported_by_id")),
        sa.UniqueConstraint("comment_id", "reported_by_id", name=op.f("uq_report_comment_id_reported_by_id")),
    )
    op.create_index("ix_report_waiting", "report", ["settled_at", "id"])
    rulings = ("approved", "change-asked", "removed", "kept", "restored", "suspended", "readmitted")
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("ruling", _choice("ruling", *rulings), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("staff_note", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", WHEN, nullable=False),
        sa.CheckConstraint("idea_id IS NULL OR comment_id IS NULL", name=op.f("ck_decision_one_subject")),
        sa.CheckConstraint(
            "ruling NOT IN ('removed', 'change-asked', 'suspended') OR length(trim(reason)) > 0",
            name=op.f("ck_decision_no_needs_reason"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_decision_person_id_user")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_decision_idea_id_idea")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_decision_comment_id_comment")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_decision_decided_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    for column in ("idea", "comment", "person"):
        op.create_index(f"ix_decision_{column}", "decision", [f"{column}_id", "id"])
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", WHEN, nullable=True),
        sa.CheckConstraint("length(trim(words)) > 0", name=op.f("ck_appeal_words_given")),
        sa.CheckConstraint("(settled_at IS NULL) = (is_upheld IS NULL)", name=op.f("ck_appeal_settled_one_way")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_appeal_settled_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_appeal_decision_id")),
    )
    op.create_index(op.f("ix_appeal_settled_at"), "appeal", ["settled_at"])


def downgrade() -> None:
    for table in ("appeal", "decision", "report"):
        op.drop_table(table)
    op.drop_index(op.f("ix_comment_held_at"), "comment")
    for column in ("removed_at", "held_because", "held_at"):
        op.drop_column("comment", column)
    op.drop_table("entry_rule")
