"""Circles and asks, and who may see a suggestion."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
NEW_INDEXES = (
    ("ix_idea_circle_id", ["circle_id", "id"]),
    ("ix_idea_ask_id", ["ask_id", "id"]),
    ("ix_idea_moderated_at", ["moderated_at"]),
)


def upgrade() -> None:
    op.create_table(
        "circle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("acknowledge_hours", sa.Integer(), nullable=True),
        sa.Column("decide_days", sa.Integer(), nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("closed_at", WHEN, nullable=True),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_circle_name_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_circle_owner_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle")),
    )
    op.create_table(
        "circle_member",
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", WHEN, nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.Column("left_at", WHEN, nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_circle_member_circle_id_circle")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_circle_member_user_id_user")),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_circle_member_added_by_id_user")),
        sa.PrimaryKeyConstraint("circle_id", "user_id", name=op.f("pk_circle_member")),
    )
    op.create_index("ix_circle_member_user_id", "circle_member", ["user_id", "circle_id"])
    op.create_table(
        "confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confirmed_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_confirmation_circle_id_circle")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_confirmation_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
    )
    op.create_index(op.f("ix_confirmation_circle_id"), "confirmation", ["circle_id"])
    op.create_table(
        "ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(160), nullable=False),
        sa.Column("background", sa.Text(), nullable=False),
        sa.Column("circle_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", WHEN, nullable=False),
        sa.Column("closes_at", WHEN, nullable=False),
        sa.Column("shows_others", sa.Boolean(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("opened_at", WHEN, nullable=True),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.Column("closed_at", WHEN, nullable=True),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("will_do", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(question)) > 0", name=op.f("ck_ask_question_given")),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_ask_closes_after_it_opens")),
        sa.CheckConstraint(
            "closed_at IS NULL OR (length(trim(heard)) > 0 AND length(trim(will_do)) > 0)",
            name=op.f("ck_ask_closes_with_a_summary"),
        ),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_ask_circle_id_circle")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_ask_owner_id_user")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["user.id"], name=op.f("fk_ask_closed_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask")),
    )
    op.create_index(op.f("ix_ask_circle_id"), "ask", ["circle_id"])
    op.create_index(op.f("ix_ask_owner_id"), "ask", ["owner_id"])
    op.create_index("ix_ask_opens", "ask", ["opened_at", "opens_at"])
    op.create_index("ix_ask_closes", "ask", ["ended_at", "closes_at"])
    op.create_table(
        "ask_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(160), nullable=False),
        sa.CheckConstraint("length(trim(words)) > 0", name=op.f("ck_ask_choice_words_given")),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_choice_ask_id_ask")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ask_choice")),
    )
    op.create_index(op.f("ix_ask_choice_ask_id"), "ask_choice", ["ask_id"])
    op.create_table(
        "ask_vote",
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name=op.f("fk_ask_vote_ask_id_ask")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_ask_vote_user_id_user")),
        sa.ForeignKeyConstraint(["choice_id"], ["ask_choice.id"], name=op.f("fk_ask_vote_choice_id_ask_choice")),
        sa.PrimaryKeyConstraint("ask_id", "user_id", name=op.f("pk_ask_vote")),
    )
    op.create_index(op.f("ix_ask_vote_choice_id"), "ask_vote", ["choice_id"])

    op.add_column("member", sa.Column("trusted_at", WHEN, nullable=True))
    # Written out, since SQLite takes the reference of a new column in no other way.
    for column, table in (("circle_id", "circle"), ("ask_id", "ask")):
        op.execute(
            f"ALTER TABLE idea ADD COLUMN {column} INTEGER CONSTRAINT fk_idea_{column}_{table} REFERENCES {table} (id)"
        )
    op.add_column("idea", sa.Column("is_private", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("idea", sa.Column("held_because", sa.String(24), nullable=True))
    for column in ("held_at", "removed_at", "moderated_at"):
        op.add_column("idea", sa.Column(column, WHEN, nullable=True))
    for name, columns in NEW_INDEXES:
        op.create_index(name, "idea", columns)


def downgrade() -> None:
    for name, _columns in reversed(NEW_INDEXES):
        op.drop_index(name, "idea")
    for column in ("moderated_at", "removed_at", "held_at", "held_because", "is_private", "ask_id", "circle_id"):
        op.drop_column("idea", column)
    op.drop_column("member", "trusted_at")
    for table in ("ask_vote", "ask_choice", "ask", "confirmation", "circle_member", "circle"):
        op.drop_table(table)
