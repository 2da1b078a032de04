"""What an author says to an answer can be found, as the answer itself can."""

from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

DUE = "INSERT INTO search_due (kind, subject_id) VALUES ('word', {row}.id) ON CONFLICT DO NOTHING"
# Erasing a person empties their words.
WATCHED = (("INSERT", "NEW"), ("UPDATE OF words", "NEW"), ("DELETE", "OLD"))


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for verb, row in WATCHED:
        name, due = _name(verb), DUE.format(row=row)
        if is_sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {verb} ON author_word BEGIN {due}; END")
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {due}; RETURN NULL; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} AFTER {verb} ON author_word FOR EACH ROW EXECUTE FUNCTION {name}()")
    # What was said before is read by the worker, a batch at a time.
    op.execute(
        "INSERT INTO search_due (kind, subject_id) SELECT 'word', id FROM author_word WHERE words <> '' "
        "ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for verb, _row in WATCHED:
        op.execute(f"DROP TRIGGER {_name(verb)}" if is_sqlite else f"DROP FUNCTION {_name(verb)}() CASCADE")
    op.execute("DELETE FROM search_due WHERE kind = 'word'")
    op.execute("DELETE FROM search_entry WHERE kind = 'word'")


def _name(verb: str) -> str:
    return f"author_word_search_{verb.split()[0].lower()}"
