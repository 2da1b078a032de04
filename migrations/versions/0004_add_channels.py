"""Sources get settings of their own, secrets, usage and a door for pushes; mentions can be gone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EXPIRING = sa.text("keep_until IS NOT NULL AND gone_at IS NULL")
STANDING = sa.text("source_id IS NOT NULL AND gone_at IS NULL")


def upgrade() -> None:
    op.add_column("source", sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("source", sa.Column("secrets", sa.Text(), nullable=True))
    op.add_column("source", sa.Column("usage", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("source", sa.Column("push_token", sa.String(64), nullable=True))
    op.create_index("ix_source_push_token", "source", ["push_token"], unique=True)
    for name in ("checked_at", "missed_at", "gone_at"):
        op.add_column("mention", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_mention_expiring", "mention", ["keep_until"], sqlite_where=EXPIRING, postgresql_where=EXPIRING)
    op.create_index(
        "ix_mention_recheck", "mention", ["source_id", "checked_at"], sqlite_where=STANDING, postgresql_where=STANDING
    )
    op.create_table(
        "push",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(300), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("waiting", "done", "failed", name="push_status", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(500), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_push_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push")),
        sa.UniqueConstraint("source_id", "event_id", name=op.f("uq_push_source_id_event_id")),
    )
    op.create_index("ix_push_due", "push", ["status", "due_at"])

    source = sa.table("source", sa.column("id"), sa.column("address"), sa.column("settings", sa.JSON()))
    connection = op.get_bind()
    for number, address in connection.execute(sa.select(source.c.id, source.c.address)).all():
        connection.execute(sa.update(source).where(source.c.id == number).values(settings={"url": address}))


def downgrade() -> None:
    op.drop_table("push")
    op.drop_index("ix_mention_recheck", table_name="mention")
    op.drop_index("ix_mention_expiring", table_name="mention")
    for name in ("gone_at", "missed_at", "checked_at"):
        op.drop_column("mention", name)
    op.drop_index("ix_source_push_token", table_name="source")
    for name in ("push_token", "usage", "secrets", "settings"):
        op.drop_column("source", name)
