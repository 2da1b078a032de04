"""The words of suggestions, answers, comments and actions, so that they can be found."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# The rows whose words can be found: table, kind, its key, the columns that hold words.
WATCHED = (
    ("idea", "idea", "id", "title, body"),
    ("comment", "comment", "id", "body"),
    ("response", "response", "id", None),
    ("action", "action", "id", "title"),
    ("progress", "action", "action_id", None),
)
DUE = "INSERT INTO search_due (kind, subject_id) VALUES ('{kind}', {row}.{key}) ON CONFLICT DO NOTHING"


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("grams", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index("uq_search_entry_subject", "search_entry", ["kind", "subject_id"], unique=True)
    op.create_index(op.f("ix_search_entry_group_id"), "search_entry", ["group_id"])
    op.create_table(
        "search_due",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name=op.f("pk_search_due")),
    )
    (_index_sqlite if op.get_bind().dialect.name == "sqlite" else _index_postgresql)()
    for table, kind, key, _columns in WATCHED:
        op.execute(f"INSERT INTO search_due (kind, subject_id) SELECT DISTINCT '{kind}', {key} FROM {table} WHERE true ON CONFLICT DO NOTHING")


def _index_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, grams, content='search_entry', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    )
    op.execute("CREATE VIRTUAL TABLE search_words USING fts5vocab('search_index', 'row')")
    add = "INSERT INTO search_index (rowid, title, body, grams) VALUES (new.id, new.title, new.body, new.grams)"
    remove = "INSERT INTO search_index (search_index, rowid, title, body, grams) VALUES ('delete', old.id, old.title, old.body, old.grams)"
    op.execute(f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {add}; END")
    op.execute(f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN {remove}; END")
    op.execute(f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN {remove}; {add}; END")
    for table, kind, key, columns in WATCHED:
        for verb, row in (("INSERT", "new"), ("DELETE", "old"), (f"UPDATE OF {columns}" if columns else "", "new")):
            if verb:
                name = f"{table}_search_{verb.split()[0].lower()}"
                op.execute(
                    f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {DUE.format(kind=kind, row=row, key=key)}; END"
                )


def _index_postgresql() -> None:
    op.execute(
        "CREATE TABLE search_index (entry_id integer PRIMARY KEY REFERENCES search_entry ON DELETE CASCADE, vector tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX search_index_vector ON search_index USING gin (vector) WITH (fastupdate = off)")
    op.execute(
        "CREATE FUNCTION index_search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "INSERT INTO search_index (entry_id, vector) VALUES (NEW.id, setweight(to_tsvector('simple', NEW.title), 'A') "
        "|| setweight(to_tsvector('simple', NEW.body), 'B') || setweight(to_tsvector('simple', NEW.grams), 'C')) "
        "ON CONFLICT (entry_id) DO UPDATE SET vector = EXCLUDED.vector; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER search_entry_indexed AFTER INSERT OR UPDATE ON search_entry "
        "FOR EACH ROW EXECUTE FUNCTION index_search_entry()"
    )
    for table, kind, key, columns in WATCHED:
        for verb, row in (("INSERT", "NEW"), ("DELETE", "OLD"), (f"UPDATE OF {columns}" if columns else "", "NEW")):
            if verb:
                name = f"{table}_search_{verb.split()[0].lower()}"
                op.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN {DUE.format(kind=kind, row=row, key=key)}; RETURN NULL; END $$"
                )
                op.execute(
                    f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
                )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, _kind, _key, columns in WATCHED:
        for verb in ("insert", "delete", *(("update",) if columns else ())):
            name = f"{table}_search_{verb}"
            op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP FUNCTION {name}() CASCADE")
    if is_sqlite:
        for name in ("search_entry_added", "search_entry_removed", "search_entry_changed"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE search_words")
    else:
        op.execute("DROP FUNCTION index_search_entry() CASCADE")
    op.execute("DROP TABLE search_index")
    op.drop_table("search_due")
    op.drop_table("search_entry")
