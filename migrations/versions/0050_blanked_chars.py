"""How long the words of a mention were that are not held any more, so that its points do not go with them."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mention", sa.Column("blanked_chars", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("mention", "blanked_chars")
