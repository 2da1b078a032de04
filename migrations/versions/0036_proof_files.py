"""Files that show what an entry says; and on SQLite no way around the rule that nothing of the record is replaced.

INSERT OR REPLACE deletes a row without asking the triggers that refuse deletions (its documentation, lang_conflict),
so what is new is looked at before. How the rule of `progress` changes in place is told in 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

PROOF = (
    "stage <> 'done' OR length(trim(proof_url)) > 0 OR happened_on IS NOT NULL OR imported_as IS NOT NULL"
)
NEW_PROOF = (
    "stage <> 'done' OR length(trim(proof_url)) > 0 OR happened_on IS NOT NULL OR files IS NOT NULL"
    " OR imported_as IS NOT NULL"
)
GIVEN = "CAST(files AS TEXT) NOT IN ('[]', 'null')"
# What makes a row of the record the same as another.
SAME = {
    "response": ("id", "previous_hash", "hash"),
    "progress": ("id", "previous_hash", "hash"),
    "author_word": ("id", "response_id"),
    "new_date": ("id",),
    "audit_entry": ("id",),
}


def upgrade() -> None:
    op.add_column("answer_draft", sa.Column("files", sa.JSON()))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE progress ADD COLUMN files JSON CONSTRAINT ck_progress_files_given CHECK ({GIVEN})")
        rewrite_rule("progress", PROOF, NEW_PROOF)
        for table, columns in SAME.items():
            same = " OR ".join(f"{column} = NEW.{column}" for column in columns)
            op.execute(
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
                f"BEGIN SELECT RAISE(ABORT, 'UNIQUE: {table} rows are append only'); END"
            )
        return
    op.add_column("progress", sa.Column("files", sa.JSON()))
    op.execute(f"ALTER TABLE progress ADD CONSTRAINT ck_progress_files_given CHECK ({GIVEN})")
    replace_check(NEW_PROOF)


def downgrade() -> None:
    op.drop_column("answer_draft", "files")
    if op.get_bind().dialect.name == "sqlite":
        for table in SAME:
            op.execute(f"DROP TRIGGER {table}_no_replace")
        rewrite_rule("progress", NEW_PROOF, PROOF)
    else:
        replace_check(PROOF)
        op.execute("ALTER TABLE progress DROP CONSTRAINT ck_progress_files_given")
    op.drop_column("progress", "files")


def rewrite_rule(table: str, old: str, new: str) -> None:
    """SQLite: change what a table allows, in the words that the database keeps of it."""
    bind = op.get_bind()
    kept = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    words = bind.execute(kept, {"name": table}).scalar()
    if words.count(old) != 1:
        raise RuntimeError(f"the table {table} does not say {old}")
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar()
    op.execute("PRAGMA writable_schema = ON")
    rewrite = sa.text("UPDATE sqlite_master SET sql = :words WHERE type = 'table' AND name = :name")
    bind.execute(rewrite, {"words": words.replace(old, new), "name": table})
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")


def replace_check(proof: str) -> None:
    """PostgreSQL: when something done needs its proof."""
    op.execute("ALTER TABLE progress DROP CONSTRAINT ck_progress_done_needs_proof")
    op.execute(f"ALTER TABLE progress ADD CONSTRAINT ck_progress_done_needs_proof CHECK ({proof})")
