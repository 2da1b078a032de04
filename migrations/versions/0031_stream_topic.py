"""What is drawn of the stream is kept until a row of it changes: triggers are made after each migration."""

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
