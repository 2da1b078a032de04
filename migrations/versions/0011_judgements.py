"""What people say of readings is kept as labels, and what is learned from them as plain numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SIGNALS = ("tone", "question", "suggestion", "creation")


def signal() -> sa.Enum:
    return sa.Enum(*SIGNALS, name="signal", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "judgement",
        sa.Column("id", big, nullable=False),
        sa.Column("mention_id", big, nullable=False),
        sa.Column("signal", signal(), nullable=False),
        sa.Column("value", sa.String(16), nullable=False),
        sa.Column("was", sa.String(16), nullable=False),
        sa.Column("was_tone", sa.Float(), nullable=True),
        sa.Column("is_drawn", sa.Boolean(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mention.id"], name="fk_judgement_mention_id_mention", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["judged_by_id"], ["user.id"], name="fk_judgement_judged_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
    )
    op.create_index("ix_judgement_mention", "judgement", ["mention_id", "signal"])
    op.create_index("ix_judgement_signal", "judgement", ["signal", "undone_at"])
    op.create_table(
        "learned_model",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal", signal(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("labels", sa.Integer(), nullable=False),
        sa.Column("newest_label_id", sa.BigInteger(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("switched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("switched_by_id", sa.Integer(), nullable=True),
        sa.Column("reread_to", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["switched_by_id"], ["user.id"], name="fk_learned_model_switched_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_learned_model"),
    )


def downgrade() -> None:
    op.drop_table("learned_model")
    op.drop_table("judgement")
