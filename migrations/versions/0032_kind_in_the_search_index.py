"""The search index knows what kind of row an entry is of, so that it is asked alone."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

VECTOR = (
    "setweight(to_tsvector('simple', NEW.title), 'A') || setweight(to_tsvector('simple', NEW.body), 'B') "
    "|| setweight(to_tsvector('simple', NEW.grams), 'C')"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE search_index ADD COLUMN kind varchar(16)")
    op.execute("UPDATE search_index SET kind = entry.kind FROM search_entry AS entry WHERE entry.id = entry_id")
    op.execute("ALTER TABLE search_index ALTER COLUMN kind SET NOT NULL")
    _write("entry_id, kind, vector", f"NEW.id, NEW.kind, {VECTOR}", "kind = EXCLUDED.kind, vector = EXCLUDED.vector")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _write("entry_id, vector", f"NEW.id, {VECTOR}", "vector = EXCLUDED.vector")
        op.execute("ALTER TABLE search_index DROP COLUMN kind")


def _write(columns: str, values: str, changes: str) -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION index_search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"INSERT INTO search_index ({columns}) VALUES ({values}) "
        f"ON CONFLICT (entry_id) DO UPDATE SET {changes}; RETURN NULL; END $$"
    )
