"""What a tracker listens for: the brand, a rival, an opportunity, or words to leave out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # One statement with its check inside, which both databases read the same.
    op.execute(
        "ALTER TABLE tracker ADD COLUMN kind VARCHAR(24) DEFAULT 'brand' NOT NULL "
        "CONSTRAINT ck_tracker_tracker_kind CHECK (kind IN ('brand', 'rival', 'opportunity', 'muted'))"
    )
    op.add_column("tracker", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_mention_channel_newest", "mention", ["channel", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_mention_channel_newest", table_name="mention")
    op.drop_column("tracker", "changed_at")
    op.drop_column("tracker", "kind")
