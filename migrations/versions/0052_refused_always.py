"""PostgreSQL refuses a change of the record also to a session that plays the part of a replica."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

SEALED = ("response", "progress", "audit_entry")


def upgrade() -> None:
    _enable("ENABLE ALWAYS")


def downgrade() -> None:
    _enable("ENABLE")


def _enable(how: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in SEALED:
            for guard in ("append_only", "no_truncate"):
                op.execute(f"ALTER TABLE {table} {how} TRIGGER {table}_{guard}")
