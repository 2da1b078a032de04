"""The index of the stream, and the list of mentions that are not in it yet as they are now."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# What a mention can be found by.
SAID = ("title", "text", "channel", "kind", "lang", "tone", "is_question", "is_suggestion", "is_creation", "gone_at")
# Table, event, and the mentions that are due.
SQLITE = (
    ("mention", "INSERT", "VALUES (new.id)"),
    ("mention", f"UPDATE OF {', '.join(SAID)}", "VALUES (new.id)"),
    ("match", "INSERT", "VALUES (new.mention_id)"),
    ("match", "DELETE", "VALUES (old.mention_id)"),
    ("author", "UPDATE OF muted_at", "SELECT id FROM mention WHERE author_id = new.id"),
    ("tracker", "UPDATE OF kind", "SELECT mention_id FROM match WHERE tracker_id = new.id"),
)
# Whoever finds a mention on the list locks it there, so that it is not taken before the change is to be seen.
ADD = (
    "INSERT INTO stream_due (mention_id) {ids} ON CONFLICT (mention_id) DO UPDATE SET mention_id = excluded.mention_id"
)
POSTGRESQL = (
    ("mention", "AFTER INSERT", "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT", "SELECT id FROM changed ORDER BY 1"),
    (
        "mention", f"AFTER UPDATE OF {', '.join(SAID)}",
        f"FOR EACH ROW WHEN (({', '.join(f'OLD.{name}' for name in SAID)}) IS DISTINCT FROM ({', '.join(f'NEW.{name}' for name in SAID)}))",
        "VALUES (NEW.id)",
    ),
    ("match", "AFTER INSERT", "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT", "SELECT DISTINCT mention_id FROM changed ORDER BY 1"),
    ("match", "AFTER DELETE", "REFERENCING OLD TABLE AS changed FOR EACH STATEMENT", "SELECT DISTINCT mention_id FROM changed ORDER BY 1"),
    ("author", "AFTER UPDATE OF muted_at", "FOR EACH ROW WHEN (OLD.muted_at IS DISTINCT FROM NEW.muted_at)", "SELECT id FROM mention WHERE author_id = NEW.id ORDER BY 1"),
    ("tracker", "AFTER UPDATE OF kind", "FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind)", "SELECT mention_id FROM match WHERE tracker_id = NEW.id ORDER BY 1"),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "stream_due",
        sa.Column(
            "mention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_stream_due")),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE stream_index USING fts5(words, detail=none, columnsize=0, "
            "tokenize=\"ascii tokenchars '='\")"
        )
        for number, (table, event, ids) in enumerate(SQLITE):
            op.execute(
                f"CREATE TRIGGER stream_due_{number} AFTER {event} ON {table} "
                f"BEGIN INSERT OR IGNORE INTO stream_due (mention_id) {ids}; END"
            )
        op.execute(
            "CREATE TRIGGER stream_gone AFTER DELETE ON mention BEGIN "
            "DELETE FROM stream_due WHERE mention_id = old.id; "
            "DELETE FROM stream_index WHERE rowid = (unixepoch(old.created_at) << 31) | old.id; END"
        )
    else:
        op.execute("CREATE TABLE stream_index (place bigint PRIMARY KEY, vector tsvector NOT NULL)")
        # What is written is gathered, and put into the index in one go by `settle`: a tenth of the work.
        op.execute(
            "CREATE INDEX stream_index_vector ON stream_index USING gin (vector) "
            "WITH (fastupdate = on, gin_pending_list_limit = 16384)"
        )
        for number, (table, event, how, ids) in enumerate(POSTGRESQL):
            op.execute(
                f"CREATE FUNCTION stream_due_{number}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN {ADD.format(ids=ids)}; RETURN NULL; END $$"
            )
            op.execute(
                f"CREATE TRIGGER stream_due_{number} {event} ON {table} {how} EXECUTE FUNCTION stream_due_{number}()"
            )
        op.execute(
            "CREATE FUNCTION stream_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "DELETE FROM stream_due WHERE mention_id = OLD.id; DELETE FROM stream_index "
            "WHERE place = (floor(extract(epoch FROM OLD.created_at))::bigint << 31) | OLD.id; RETURN NULL; END $$"
        )
        op.execute("CREATE TRIGGER stream_gone AFTER DELETE ON mention FOR EACH ROW EXECUTE FUNCTION stream_gone()")
    op.execute("INSERT INTO stream_due (mention_id) SELECT id FROM mention WHERE gone_at IS NULL")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for number in range(len(SQLITE)):
        op.execute(f"DROP TRIGGER stream_due_{number}" if is_sqlite else f"DROP FUNCTION stream_due_{number}() CASCADE")
    op.execute("DROP TRIGGER stream_gone" if is_sqlite else "DROP FUNCTION stream_gone() CASCADE")
    op.execute("DROP TABLE stream_index")
    op.drop_table("stream_due")
