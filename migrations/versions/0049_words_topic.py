"""Which entries hold a word is kept until an entry changes: triggers are made after each migration."""

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
