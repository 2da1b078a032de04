"""Words get their statistics; what is found belongs to the ledger: triggers are made after each migration."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keep_words(1000)


def downgrade() -> None:
    _keep_words(-1)


def _keep_words(count: int) -> None:
    # Of so many words (times ten) the database knows how common they are, and finds common and rare ones differently.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE search_index ALTER COLUMN vector SET STATISTICS {count}")
