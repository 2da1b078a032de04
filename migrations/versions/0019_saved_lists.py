"""Lists of people under a name, live or frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("is_frozen", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["user.id"], name=op.f("fk_saved_list_made_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_list")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_list_name")),
    )
    op.create_table(
        "saved_list_entry",
        sa.Column("saved_list_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_list_entry_person_id_person")),
        sa.ForeignKeyConstraint(
            ["saved_list_id"], ["saved_list.id"], name=op.f("fk_saved_list_entry_saved_list_id_saved_list")
        ),
        sa.PrimaryKeyConstraint("saved_list_id", "person_id", name=op.f("pk_saved_list_entry")),
    )
    op.create_index(op.f("ix_saved_list_entry_person_id"), "saved_list_entry", ["person_id"])


def downgrade() -> None:
    op.drop_table("saved_list_entry")
    op.drop_table("saved_list")
