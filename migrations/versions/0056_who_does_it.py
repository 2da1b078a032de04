"""Who does a new action, kept with the draft of the answer that opens it."""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE answer_draft ADD COLUMN action_owner_id INTEGER "
        'CONSTRAINT fk_answer_draft_action_owner_id_user REFERENCES "user" (id)'
    )


def downgrade() -> None:
    op.drop_column("answer_draft", "action_owner_id")
