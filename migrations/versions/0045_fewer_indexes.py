"""Indexes that no question needs are gone, so that less is written with each mention and each score.

On PostgreSQL an account keeps room on its page, since each of its mentions counts it on; and whoever finds a mention
on the stream's list locks it there without writing it anew.
"""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

# The mentions that are due, by the number of the function that puts them there.
DUE = (
    "SELECT id FROM changed ORDER BY 1",
    "VALUES (NEW.id)",
    "SELECT DISTINCT mention_id FROM changed ORDER BY 1",
    "SELECT DISTINCT mention_id FROM changed ORDER BY 1",
    "SELECT id FROM mention WHERE author_id = NEW.id ORDER BY 1",
    "SELECT mention_id FROM match WHERE tracker_id = NEW.id ORDER BY 1",
)
WRITTEN = "SET mention_id = excluded.mention_id"


def upgrade() -> None:
    # Where nothing was counted yet, PostgreSQL took the first for looking up single mentions: a walk for each.
    op.drop_index("ix_mention_channel_newest", "mention")
    op.drop_index("ix_person_score", "person")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE author SET (fillfactor = 75)")
        put_on_the_list(f"{WRITTEN} WHERE false")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        put_on_the_list(WRITTEN)
        op.execute("ALTER TABLE author RESET (fillfactor)")
    op.create_index("ix_person_score", "person", ["score", "id"])
    op.create_index("ix_mention_channel_newest", "mention", ["channel", "created_at", "id"])


def put_on_the_list(on_known: str) -> None:
    """What stands there already is locked either way, so that it is not taken before the change is to be seen."""
    for number, ids in enumerate(DUE):
        op.execute(
            f"CREATE OR REPLACE FUNCTION stream_due_{number}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO stream_due (mention_id) {ids} ON CONFLICT (mention_id) DO UPDATE {on_known}; "
            "RETURN NULL; END $$"
        )
