"""Events, who comes to them, and the small file that goes with a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("circle_id", sa.Integer(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_why", sa.Text(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thanks", sa.Text(), nullable=False),
        sa.Column("thanked_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(trim(title)) > 0", name=op.f("ck_event_title_given")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_ends_after_it_starts")),
        sa.CheckConstraint("closes_at <= starts_at", name=op.f("ck_event_closes_before_it_starts")),
        sa.CheckConstraint("places IS NULL OR places > 0", name=op.f("ck_event_places_counted")),
        sa.CheckConstraint(
            "cancelled_at IS NULL OR length(trim(cancelled_why)) > 0", name=op.f("ck_event_cancelled_with_a_word")
        ),
        sa.CheckConstraint("thanked_at IS NULL OR length(trim(thanks)) > 0", name=op.f("ck_event_thanked_with_words")),
        sa.ForeignKeyConstraint(["circle_id"], ["circle.id"], name=op.f("fk_event_circle_id_circle")),
        sa.ForeignKeyConstraint(["host_id"], ["user.id"], name=op.f("fk_event_host_id_user")),
        sa.ForeignKeyConstraint(["thanked_by_id"], ["user.id"], name=op.f("fk_event_thanked_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_starts", "event", ["starts_at", "id"])
    op.create_index(op.f("ix_event_circle_id"), "event", ["circle_id"])
    op.create_index(op.f("ix_event_host_id"), "event", ["host_id"])
    op.create_table(
        "rsvp",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("came", sa.Boolean(), nullable=True),
        sa.CheckConstraint("left_at IS NULL OR given_at IS NULL", name=op.f("ck_rsvp_left_without_a_place")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_rsvp_event_id_event")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_rsvp_user_id_user")),
        sa.PrimaryKeyConstraint("event_id", "user_id", name=op.f("pk_rsvp")),
        sa.UniqueConstraint("event_id", "turn", name=op.f("uq_rsvp_event_id_turn")),
    )
    op.create_index("ix_rsvp_user_id", "rsvp", ["user_id", "event_id"])
    op.add_column("outgoing_mail", sa.Column("attachment", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outgoing_mail", "attachment")
    op.drop_table("rsvp")
    op.drop_table("event")
