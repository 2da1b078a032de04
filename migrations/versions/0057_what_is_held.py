"""What is held is found without looking through everything that is not."""

from alembic import op
from sqlalchemy import text

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

HELD = text("held_at IS NOT NULL")


def upgrade() -> None:
    for table in ("comment", "author_word"):
        op.drop_index(f"ix_{table}_held_at", table)
    for table in ("idea", "comment", "author_word"):
        op.create_index(f"ix_{table}_held", table, ["held_at"], sqlite_where=HELD, postgresql_where=HELD)


def downgrade() -> None:
    for table in ("idea", "comment", "author_word"):
        op.drop_index(f"ix_{table}_held", table)
    for table in ("comment", "author_word"):
        op.create_index(f"ix_{table}_held_at", table, ["held_at"])
