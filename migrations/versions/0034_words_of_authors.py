"""Words to answers and words brought over are looked at too, a draft keeps its room, and a form makes one row.

The rules of `report` and `decision` change in place, in the way that 0006 takes and explains.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)
COUNT = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in ("idea_id", "comment_id", "word_id"))
# For each table the rule of what a row is about: as it was, and as it is.
SUBJECTS = {
    "report": ("(idea_id IS NULL) <> (comment_id IS NULL)", f"{COUNT} = 1"),
    "decision": ("idea_id IS NULL OR comment_id IS NULL", f"{COUNT} <= 1"),
}
RULINGS = "'restored', 'suspended', 'readmitted')"
MORE_RULINGS = "'restored', 'suspended', 'readmitted', 'stays-out')"
ANY_RULING = f"ruling IN ('approved', 'change-asked', 'removed', 'kept', {MORE_RULINGS}"
KNOWN_RULING = f"ruling IN ('approved', 'change-asked', 'removed', 'kept', {RULINGS}"
ONCE = ("ask", "event", "circle", "thanks")
ABOUT, ABOUT_ANYONE = "person_id INTEGER NOT NULL", "person_id INTEGER"
DRAFT = {
    "is_private": (sa.Boolean(), sa.false()),
    "on_behalf_of": (sa.String(120), ""),
    "came_by": (sa.String(200), ""),
}


def upgrade() -> None:
    op.add_column("author_word", sa.Column("held_at", WHEN))
    op.add_column("author_word", sa.Column("held_because", sa.String(24)))
    op.add_column("author_word", sa.Column("removed_at", WHEN))
    op.create_index(op.f("ix_author_word_held_at"), "author_word", ["held_at"])
    for table in SUBJECTS:
        add_reference(table, "word_id", "author_word")
    op.create_index("ix_report_word", "report", ["word_id", "reported_by_id"], unique=True)
    op.create_index("ix_decision_word", "decision", ["word_id", "id"])
    for column in ("circle", "ask"):
        add_reference("idea_draft", f"{column}_id", column)
    for name, (kind, default) in DRAFT.items():
        op.add_column("idea_draft", sa.Column(name, kind, nullable=False, server_default=default))
    for table in ONCE:
        op.add_column(table, sa.Column("form_key", sa.String(64)))
        op.create_index(f"ix_{table}_form_key", table, ["form_key"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        rewrite_rules("report", dict([SUBJECTS["report"]]))
        rewrite_rules("decision", dict([SUBJECTS["decision"], (ABOUT, ABOUT_ANYONE), (RULINGS, MORE_RULINGS)]))
    else:
        op.alter_column("decision", "person_id", nullable=True)
        for table, (_old, new) in SUBJECTS.items():
            replace_check(table, "one_subject", new)
        replace_check("decision", "ruling", ANY_RULING)
    # What was kept after a report carries no reason; a second look that left words out always does.
    op.execute(sa.text("UPDATE decision SET ruling = 'stays-out' WHERE ruling = 'kept' AND length(trim(reason)) > 0"))


def downgrade() -> None:
    alone = "word_id IS NOT NULL OR person_id IS NULL"
    op.execute(sa.text(f"DELETE FROM appeal WHERE decision_id IN (SELECT id FROM decision WHERE {alone})"))  # noqa: S608
    op.execute(sa.text(f"DELETE FROM decision WHERE {alone}"))  # noqa: S608 - our own words
    op.execute(sa.text("DELETE FROM report WHERE word_id IS NOT NULL"))
    op.execute(sa.text("UPDATE decision SET ruling = 'kept' WHERE ruling = 'stays-out'"))
    if op.get_bind().dialect.name == "sqlite":
        rewrite_rules("report", dict([SUBJECTS["report"][::-1]]))
        rewrite_rules("decision", dict([SUBJECTS["decision"][::-1], (ABOUT_ANYONE, ABOUT), (MORE_RULINGS, RULINGS)]))
    else:
        op.alter_column("decision", "person_id", nullable=False)
        for table, (old, _new) in SUBJECTS.items():
            replace_check(table, "one_subject", old)
        replace_check("decision", "ruling", KNOWN_RULING)
    for table in ONCE:
        op.drop_index(f"ix_{table}_form_key", table)
        op.drop_column(table, "form_key")
    for name in reversed(DRAFT):
        op.drop_column("idea_draft", name)
    op.drop_column("idea_draft", "ask_id")
    op.drop_column("idea_draft", "circle_id")
    op.drop_index("ix_decision_word", "decision")
    op.drop_index("ix_report_word", "report")
    for table in reversed(SUBJECTS):
        op.drop_column(table, "word_id")
    op.drop_index(op.f("ix_author_word_held_at"), "author_word")
    for name in ("removed_at", "held_because", "held_at"):
        op.drop_column("author_word", name)


def add_reference(table: str, column: str, to: str) -> None:
    """A column that names a row of another table, or none."""
    name = op.f(f"fk_{table}_{column}_{to}")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {to} (id)")
        return
    op.add_column(table, sa.Column(column, sa.Integer()))
    op.create_foreign_key(name, table, to, [column], ["id"])


def replace_check(table: str, name: str, rule: str) -> None:
    """PostgreSQL: another rule in place of one."""
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({rule})")


def rewrite_rules(table: str, changes: dict[str, str]) -> None:
    """SQLite: change what a table allows, in the words that the database keeps of it."""
    bind = op.get_bind()
    kept = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    words = bind.execute(kept, {"name": table}).scalar()
    for old, new in changes.items():
        if words.count(old) != 1:
            raise RuntimeError(f"the table {table} does not say {old}")
        words = words.replace(old, new)
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar()
    op.execute("PRAGMA writable_schema = ON")
    rewrite = sa.text("UPDATE sqlite_master SET sql = :words WHERE type = 'table' AND name = :name")
    bind.execute(rewrite, {"words": words, "name": table})
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")
