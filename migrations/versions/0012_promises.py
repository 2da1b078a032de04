"""Promises set in the portal, new dates for broken ones, warnings, and who answers when somebody is away."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idea", sa.Column("new_date", sa.DateTime(timezone=True)))
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("circle_id", sa.Integer()),
        sa.Column("acknowledge_hours", sa.Integer()),
        sa.Column("decide_days", sa.Integer()),
        sa.Column("business_hours", sa.String(300)),
        sa.Column("closed_days", sa.Text()),
        sa.Column("holidays", sa.String(40)),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("acknowledge_hours BETWEEN 1 AND 200", name="ck_terms_acknowledge_hours"),
        sa.CheckConstraint("decide_days BETWEEN 1 AND 365", name="ck_terms_decide_days"),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name="fk_terms_circle_id_circle"),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user.id"], name="fk_terms_changed_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_terms"),
        sa.UniqueConstraint("circle_id", name="uq_terms_circle_id"),
    )
    op.create_table(
        "new_date",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("promised_for", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(trim(words)) > 0", name="ck_new_date_needs_a_reason"),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_new_date_idea_id_idea"),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name="fk_new_date_given_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_new_date"),
    )
    op.create_index("ix_new_date_idea_id", "new_date", ["idea_id"])
    op.create_table(
        "promise_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "level",
            sa.Enum("owner", "managers", name="warning_level", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_promise_warning_idea_id_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_promise_warning"),
        sa.UniqueConstraint("idea_id", "due", "level", name="uq_promise_warning_idea_id_due_level"),
    )
    op.create_table(
        "owner_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(60), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name="fk_owner_rule_owner_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_owner_rule"),
        sa.UniqueConstraint("tag", name="uq_owner_rule_tag"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_day >= from_day", name="ck_absence_ends_after_it_begins"),
        sa.CheckConstraint("stand_in_id <> user_id", name="ck_absence_somebody_else"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_absence_user_id_user"),
        sa.ForeignKeyConstraint(["stand_in_id"], ["user.id"], name="fk_absence_stand_in_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_user_id", "absence", ["user_id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER new_date_no_{verb.lower()} BEFORE {verb} ON new_date "
                "BEGIN SELECT RAISE(ABORT, 'new_date rows are append only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER new_date_append_only BEFORE UPDATE OR DELETE ON new_date "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER new_date_no_truncate BEFORE TRUNCATE ON new_date "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    for table in ("absence", "owner_rule", "promise_warning", "new_date", "terms"):
        op.drop_table(table)
    op.drop_column("idea", "new_date")
