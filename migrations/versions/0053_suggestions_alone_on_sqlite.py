"""On SQLite too suggestions stand in an index of their own, so that what is like one is not sought in comments too."""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

COLUMNS = "title, body, grams"
ADD = f"INSERT INTO search_index_idea (rowid, {COLUMNS}) VALUES (new.id, new.title, new.body, new.grams)"
REMOVE = (
    f"INSERT INTO search_index_idea (search_index_idea, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.title, old.body, old.grams)"
)
# An entry stays what it is of.
TRIGGERS = {
    "search_idea_added": f"AFTER INSERT ON search_entry WHEN new.kind = 'idea' BEGIN {ADD}; END",
    "search_idea_removed": f"AFTER DELETE ON search_entry WHEN old.kind = 'idea' BEGIN {REMOVE}; END",
    "search_idea_changed": f"AFTER UPDATE ON search_entry WHEN new.kind = 'idea' BEGIN {REMOVE}; {ADD}; END",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(f"CREATE VIEW search_idea AS SELECT id, {COLUMNS} FROM search_entry WHERE kind = 'idea'")
    op.execute(
        f"CREATE VIRTUAL TABLE search_index_idea USING fts5({COLUMNS}, content='search_idea', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    op.execute("INSERT INTO search_index_idea (search_index_idea) VALUES ('rebuild')")
    for name, what in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {what}")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE search_index_idea")
    op.execute("DROP VIEW search_idea")
