"""What counting suggestions asks for, in one index; with the triggers that tell of what is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SHOWN = sa.text("held_at IS NULL AND removed_at IS NULL AND merged_into_id IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_idea_shown",
        "idea",
        ["owner_id", "standing", "created_at", "circle_id", "is_private", "ask_id"],
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )


def downgrade() -> None:
    op.drop_index("ix_idea_shown", "idea")
