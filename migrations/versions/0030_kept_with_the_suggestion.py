"""Each suggestion knows how soon it was decided and which promises were kept, so that figures come from an index.

The database writes it with each answer, as it does the standing: the answers say it, and they never change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

SHOWN = "held_at IS NULL AND removed_at IS NULL AND merged_into_id IS NULL"
DECIDES = "{row}.kind IN ('action', 'explanation')"
KEPT = """CASE WHEN {row}.answered_at <= {row}.acknowledge_by THEN 1 ELSE 0 END
    + CASE WHEN {row}.answered_at <= {row}.decide_by THEN 1 ELSE 0 END"""
BROKEN = KEPT.replace("<=", ">")
BY_RESPONSE = f"""UPDATE idea SET
    decided_minutes = CASE WHEN decided_minutes IS NULL AND {DECIDES.format(row="NEW")} THEN NEW.after_minutes
        ELSE decided_minutes END,
    promises_kept = promises_kept + {KEPT.format(row="NEW")},
    promises_broken = promises_broken + {BROKEN.format(row="NEW")}
    WHERE id = NEW.idea_id"""
SO_FAR = f"""UPDATE idea SET
    decided_minutes = (SELECT r.after_minutes FROM response r WHERE r.idea_id = idea.id
        AND {DECIDES.format(row="r")} AND r.after_minutes IS NOT NULL ORDER BY r.id LIMIT 1),
    promises_kept = (SELECT sum({KEPT.format(row="r")}) FROM response r WHERE r.idea_id = idea.id),
    promises_broken = (SELECT sum({BROKEN.format(row="r")}) FROM response r WHERE r.idea_id = idea.id)
    WHERE EXISTS (SELECT 1 FROM response r WHERE r.idea_id = idea.id)"""  # noqa: S608 - our own words
COLUMNS = ("decided_minutes", "promises_kept", "promises_broken")


def upgrade() -> None:
    op.add_column("idea", sa.Column("decided_minutes", sa.Integer()))
    for name in COLUMNS[1:]:
        op.add_column("idea", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.execute(SO_FAR)
    op.create_index(
        "ix_idea_figures",
        "idea",
        ["standing", "created_at", "circle_id", "is_private", "ask_id", *COLUMNS],
        sqlite_where=sa.text(SHOWN),
        postgresql_where=sa.text(SHOWN),
    )
    decided = f"{SHOWN} AND decided_minutes IS NOT NULL"
    op.create_index(
        "ix_idea_decided",
        "idea",
        ["decided_minutes", "circle_id", "is_private", "ask_id"],
        sqlite_where=sa.text(decided),
        postgresql_where=sa.text(decided),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER response_figures AFTER INSERT ON response BEGIN {BY_RESPONSE}; END")
        return
    op.execute(
        "CREATE FUNCTION response_sets_figures() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {BY_RESPONSE}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_figures AFTER INSERT ON response "
        "FOR EACH ROW EXECUTE FUNCTION response_sets_figures()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER response_figures")
    else:
        op.execute("DROP TRIGGER response_figures ON response")
        op.execute("DROP FUNCTION response_sets_figures()")
    op.drop_index("ix_idea_decided", "idea")
    op.drop_index("ix_idea_figures", "idea")
    for name in reversed(COLUMNS):
        op.drop_column("idea", name)
