"""On SQLite a batch raises the number of a topic once; the triggers are made anew for it."""

from alembic import op
from sqlalchemy import text

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drop()


def downgrade() -> None:
    _drop()


def _drop() -> None:
    """Take them away; those of today's code are put there when the migrations have run (`portal.topics`)."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'revises_%'")
    for name in connection.execute(named).scalars().all():
        op.execute(f'DROP TRIGGER "{name}"')
