"""A sign-in mail carries a code as well, for the browser that asked for it and no other."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sign_in_link", sa.Column("ticket_hash", sa.String(64), nullable=True))
    op.add_column("sign_in_link", sa.Column("code_hash", sa.String(64), nullable=True))
    op.add_column("sign_in_link", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_sign_in_link_ticket_hash", "sign_in_link", ["ticket_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_sign_in_link_ticket_hash", "sign_in_link")
    for name in ("tries", "code_hash", "ticket_hash"):
        op.drop_column("sign_in_link", name)
