"""Weights of the score, backtests, parts of a rescoring; everyone is scored anew by the new formula."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rescoring_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("last_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescoring_part")),
    )
    op.create_index("ix_rescoring_part_open", "rescoring_part", ["done_at", "lease_until"], unique=False)
    op.create_table(
        "backtest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("horizon_days", sa.Integer(), nullable=False),
        sa.Column("truth", sa.String(length=16), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="backtest_status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=True),
        sa.CheckConstraint("horizon_days BETWEEN 1 AND 3650", name=op.f("ck_backtest_horizon")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_backtest_asked_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backtest")),
    )
    op.create_table(
        "weighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("switched_on_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("switched_on_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user.id"], name=op.f("fk_weighting_proposed_by_id_user")),
        sa.ForeignKeyConstraint(["switched_on_by_id"], ["user.id"], name=op.f("fk_weighting_switched_on_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighting")),
    )
    # A score that looks old is made anew by the next sweep.
    person = sa.table("person", sa.column("score", sa.Float()), sa.column("scored_at", sa.DateTime(timezone=True)))
    op.execute(person.update().where(person.c.score > 0).values(scored_at=datetime(2000, 1, 1, tzinfo=UTC)))


def downgrade() -> None:
    op.drop_table("weighting")
    op.drop_table("backtest")
    op.drop_index("ix_rescoring_part_open", table_name="rescoring_part")
    op.drop_table("rescoring_part")
