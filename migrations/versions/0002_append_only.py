"""Nobody changes an answer, and the standing of an idea follows its answers.

Held in the database itself: an ORM guard does not see a bulk UPDATE, and a standing that the database
derives cannot be set by mistake.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The standing that the newest answer of an idea gives it; a dropped action counts as explained.
STAGE = """CASE (SELECT stage FROM progress WHERE action_id = {action} ORDER BY id DESC LIMIT 1)
    WHEN 'under-way' THEN 'under-way' WHEN 'done' THEN 'done' WHEN 'dropped' THEN 'explained' ELSE 'planned' END"""
BY_RESPONSE = f"""UPDATE idea SET standing = CASE NEW.kind
    WHEN 'acknowledgement' THEN 'heard' WHEN 'question' THEN 'asked-back' WHEN 'explanation' THEN 'explained'
    ELSE {STAGE.format(action="NEW.action_id")} END WHERE id = NEW.idea_id"""
BY_PROGRESS = f"""UPDATE idea SET standing = {STAGE.format(action="NEW.action_id")}
    WHERE id IN (SELECT r.idea_id FROM response r WHERE r.action_id = NEW.action_id
        AND r.id = (SELECT max(last.id) FROM response last WHERE last.idea_id = r.idea_id))"""
SEALED = ("response", "progress", "audit_entry")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SEALED:
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} rows are append only'); END"
                )
        op.execute(f"CREATE TRIGGER response_standing AFTER INSERT ON response BEGIN {BY_RESPONSE}; END")
        op.execute(f"CREATE TRIGGER progress_standing AFTER INSERT ON progress BEGIN {BY_PROGRESS}; END")
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% rows are append only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in SEALED:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table, statement in (("response", BY_RESPONSE), ("progress", BY_PROGRESS)):
        op.execute(
            f"CREATE FUNCTION {table}_sets_standing() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {statement}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_standing AFTER INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_sets_standing()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in SEALED:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        for table in ("response", "progress"):
            op.execute(f"DROP TRIGGER {table}_standing")
        return
    for table in SEALED:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    for table in ("response", "progress"):
        op.execute(f"DROP TRIGGER {table}_standing ON {table}")
        op.execute(f"DROP FUNCTION {table}_sets_standing()")
    op.execute("DROP FUNCTION refuse_change()")
