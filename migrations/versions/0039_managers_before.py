"""Managers are warned before a promise breaks too; a new date that passes is found by an index of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

GIVEN = sa.text("new_date IS NOT NULL")
KEPT = "id, idea_id, due, level, warned_at"


def upgrade() -> None:
    allow(("owner", "managers-before", "managers"))
    op.create_index("ix_idea_new_date", "idea", ["new_date"], sqlite_where=GIVEN, postgresql_where=GIVEN)


def downgrade() -> None:
    op.drop_index("ix_idea_new_date", "idea")
    op.execute("DELETE FROM promise_warning WHERE level = 'managers-before'")
    allow(("owner", "managers"))


def allow(levels: tuple[str, ...]) -> None:
    """Let a warning go to these; SQLite cannot change a check, so there the table is made anew: none points to it."""
    if op.get_bind().dialect.name == "postgresql":
        names = ", ".join(f"'{level}'" for level in levels)
        op.execute("ALTER TABLE promise_warning DROP CONSTRAINT ck_promise_warning_warning_level")
        op.execute(f"ALTER TABLE promise_warning ADD CONSTRAINT ck_promise_warning_warning_level CHECK (level IN ({names}))")
        return
    op.rename_table("promise_warning", "promise_warning_before")
    op.create_table(
        "promise_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "level",
            sa.Enum(*levels, name="warning_level", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_promise_warning_idea_id_idea"),
        sa.PrimaryKeyConstraint("id", name="pk_promise_warning"),
        sa.UniqueConstraint("idea_id", "due", "level", name="uq_promise_warning_idea_id_due_level"),
    )
    op.execute(f"INSERT INTO promise_warning ({KEPT}) SELECT {KEPT} FROM promise_warning_before")
    op.drop_table("promise_warning_before")
