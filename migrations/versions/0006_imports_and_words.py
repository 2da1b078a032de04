"""Records from before, the author's own word, answers that tell an outcome, and which promise an answer kept.

The rules of `response` change in place: SQLite cannot alter a check, and a table that others point to cannot be
swapped within a transaction. Its documentation (lang_altertable, section 7) names the way taken here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KINDS = "kind IN ('acknowledgement', 'question', 'action', 'explanation')"
ALL_KINDS = "kind IN ('acknowledgement', 'question', 'action', 'explanation', 'outcome')"
REASON = "kind NOT IN ('explanation', 'question') OR length(trim(message)) > 0"
NEW_REASON = (
    "kind NOT IN ('explanation', 'question', 'outcome') OR length(trim(message)) > 0 OR imported_as IS NOT NULL"
)
PROOF = "stage <> 'done' OR length(trim(proof_url)) > 0 OR happened_on IS NOT NULL"
NEW_PROOF = f"{PROOF} OR imported_as IS NOT NULL"
MINUTES = "after_minutes INTEGER NOT NULL"
ANY_MINUTES = "after_minutes INTEGER"

STAGE = """CASE (SELECT stage FROM progress WHERE action_id = {action} ORDER BY id DESC LIMIT 1)
    WHEN 'under-way' THEN 'under-way' WHEN 'done' THEN 'done' WHEN 'dropped' THEN 'explained' ELSE 'planned' END"""
OLD_BY_RESPONSE = f"""UPDATE idea SET standing = CASE NEW.kind
    WHEN 'acknowledgement' THEN 'heard' WHEN 'question' THEN 'asked-back' WHEN 'explanation' THEN 'explained'
    ELSE {STAGE.format(action="NEW.action_id")} END WHERE id = NEW.idea_id"""
OLD_BY_PROGRESS = f"""UPDATE idea SET standing = {STAGE.format(action="NEW.action_id")}
    WHERE id IN (SELECT r.idea_id FROM response r WHERE r.action_id = NEW.action_id
        AND r.id = (SELECT max(last.id) FROM response last WHERE last.idea_id = r.idea_id))"""
# An outcome only tells what an action brought; a reply or a "no" of the author opens the suggestion again.
BY_RESPONSE = f"{OLD_BY_RESPONSE} AND NEW.kind <> 'outcome'"
BY_PROGRESS = f"""UPDATE idea SET standing = {STAGE.format(action="NEW.action_id")}
    WHERE id IN (SELECT r.idea_id FROM response r WHERE r.action_id = NEW.action_id
        AND r.id = (SELECT max(last.id) FROM response last WHERE last.idea_id = r.idea_id AND last.kind <> 'outcome')
        AND NOT EXISTS (SELECT 1 FROM author_word w WHERE w.response_id = r.id AND w.kind <> 'helped'))"""
BY_WORD = """UPDATE idea SET standing = 'heard' WHERE id = NEW.idea_id AND NEW.kind <> 'helped'
    AND NEW.response_id = (SELECT max(id) FROM response WHERE idea_id = NEW.idea_id AND kind <> 'outcome')"""
# Erasing a person empties their words; nothing else of a word ever changes.
WORD_CHANGED = """NEW.id <> OLD.id OR NEW.idea_id <> OLD.idea_id OR NEW.response_id <> OLD.response_id
    OR NEW.kind <> OLD.kind OR NEW.said_by_id <> OLD.said_by_id OR NEW.said_at <> OLD.said_at
    OR (NEW.words <> OLD.words AND NEW.words <> '')"""


def upgrade() -> None:
    op.add_column("idea", sa.Column("imported_key", sa.String(200)))
    op.add_column("idea", sa.Column("imported_votes", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_idea_imported_key", "idea", ["imported_key"], unique=True)
    op.add_column("response", sa.Column("imported_as", sa.String(80)))
    op.add_column("response", sa.Column("in_languages", sa.JSON()))
    op.add_column("response", sa.Column("acknowledge_by", sa.DateTime(timezone=True)))
    op.add_column("response", sa.Column("decide_by", sa.DateTime(timezone=True)))
    op.add_column("progress", sa.Column("imported_as", sa.String(80)))
    op.add_column("progress", sa.Column("target_date", sa.Date()))
    op.create_table(
        "author_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "reply", "helped", "not-helped", name="word_kind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name="fk_author_word_idea_id_idea"),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name="fk_author_word_response_id_response"),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name="fk_author_word_said_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_author_word"),
        sa.UniqueConstraint("response_id", name="uq_author_word_response_id"),
    )
    op.create_index("ix_author_word_idea_id", "author_word", ["idea_id"])
    op.create_index("ix_author_word_said_by_id", "author_word", ["said_by_id"])
    if op.get_bind().dialect.name == "sqlite":
        rewrite_rules("response", {KINDS: ALL_KINDS, REASON: NEW_REASON, MINUTES: ANY_MINUTES})
        rewrite_rules("progress", {PROOF: NEW_PROOF})
        replace_triggers({"response": BY_RESPONSE, "progress": BY_PROGRESS})
        op.execute(f"CREATE TRIGGER author_word_standing AFTER INSERT ON author_word BEGIN {BY_WORD}; END")
        op.execute(
            f"CREATE TRIGGER author_word_no_update BEFORE UPDATE ON author_word WHEN {WORD_CHANGED} "
            "BEGIN SELECT RAISE(ABORT, 'author_word rows are append only'); END"
        )
        op.execute(
            "CREATE TRIGGER author_word_no_delete BEFORE DELETE ON author_word "
            "BEGIN SELECT RAISE(ABORT, 'author_word rows are append only'); END"
        )
        return
    op.alter_column("response", "after_minutes", nullable=True)
    replace_checks(ALL_KINDS, NEW_REASON, NEW_PROOF)
    replace_functions({"response": BY_RESPONSE, "progress": BY_PROGRESS, "author_word": BY_WORD})
    op.execute(
        "CREATE TRIGGER author_word_standing AFTER INSERT ON author_word "
        "FOR EACH ROW EXECUTE FUNCTION author_word_sets_standing()"
    )
    op.execute(
        "CREATE TRIGGER author_word_append_only BEFORE UPDATE ON author_word "
        f"FOR EACH ROW WHEN ({WORD_CHANGED}) EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER author_word_no_delete BEFORE DELETE ON author_word "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER author_word_no_truncate BEFORE TRUNCATE ON author_word "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        replace_triggers({"response": OLD_BY_RESPONSE, "progress": OLD_BY_PROGRESS})
        op.drop_table("author_word")
        rewrite_rules("response", {ALL_KINDS: KINDS, NEW_REASON: REASON, ANY_MINUTES: MINUTES})
        rewrite_rules("progress", {NEW_PROOF: PROOF})
    else:
        replace_functions({"response": OLD_BY_RESPONSE, "progress": OLD_BY_PROGRESS})
        op.drop_table("author_word")
        op.execute("DROP FUNCTION author_word_sets_standing()")
        replace_checks(KINDS, REASON, PROOF)
        op.alter_column("response", "after_minutes", nullable=False)
    for table, column in (
        ("progress", "target_date"),
        ("progress", "imported_as"),
        ("response", "decide_by"),
        ("response", "acknowledge_by"),
        ("response", "in_languages"),
        ("response", "imported_as"),
    ):
        op.drop_column(table, column)
    op.drop_index("ix_idea_imported_key", table_name="idea")
    op.drop_column("idea", "imported_votes")
    op.drop_column("idea", "imported_key")


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


def replace_triggers(statements: dict[str, str]) -> None:
    """SQLite: the triggers that keep the standing."""
    for table, statement in statements.items():
        op.execute(f"DROP TRIGGER {table}_standing")
        op.execute(f"CREATE TRIGGER {table}_standing AFTER INSERT ON {table} BEGIN {statement}; END")


def replace_functions(statements: dict[str, str]) -> None:
    """PostgreSQL: the functions that keep the standing."""
    for table, statement in statements.items():
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_sets_standing() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {statement}; RETURN NULL; END $$"
        )


def replace_checks(kinds: str, reason: str, proof: str) -> None:
    """PostgreSQL: which kinds there are, which need words, and when something done needs its proof."""
    for table, name, rule in (
        ("response", "response_kind", kinds),
        ("response", "no_needs_reason", reason),
        ("progress", "done_needs_proof", proof),
    ):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_{name} CHECK ({rule})")
