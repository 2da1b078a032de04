"""Merges of people with their evidence, and who keeps in touch with whom."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PERSON_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # A reference in the column itself is the one form that SQLite adds to a table that stands.
    op.execute('ALTER TABLE person ADD COLUMN owner_id INTEGER CONSTRAINT fk_person_owner_id_user REFERENCES "user" (id)')
    op.add_column("person", sa.Column("next_step", sa.String(length=300), server_default="", nullable=False))
    op.add_column("person", sa.Column("next_step_on", sa.Date(), nullable=True))
    wide = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f"ALTER TABLE person ADD COLUMN merged_into_id {wide} "
        "CONSTRAINT fk_person_merged_into_id_person REFERENCES person (id)"
    )
    for column in ("next_step_on", "merged_into_id"):
        given = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_person_{column}", "person", [column], sqlite_where=given, postgresql_where=given)
    op.add_column("person_author", sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True))
    unseen = sa.text("compared_at IS NULL")
    op.create_index(
        "ix_person_author_uncompared", "person_author", ["author_id"], sqlite_where=unseen, postgresql_where=unseen
    )
    op.create_index("ix_author_handle_key", "author", ["handle_key"])
    given = sa.text("url IS NOT NULL")
    op.create_index("ix_author_url", "author", ["url"], sqlite_where=given, postgresql_where=given)
    op.create_table(
        "merge_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", PERSON_KEY, nullable=False),
        sa.Column("other_id", PERSON_KEY, nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=24), nullable=False),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("person_id < other_id", name=op.f("ck_merge_suggestion_in_order")),
        sa.CheckConstraint("decision IN ('open', 'accepted', 'vetoed')", name=op.f("ck_merge_suggestion_likeness")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_merge_suggestion_decided_by_id_user")),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], name=op.f("fk_merge_suggestion_other_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_merge_suggestion_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_suggestion")),
        sa.UniqueConstraint("person_id", "other_id", name=op.f("uq_merge_suggestion_person_id_other_id")),
    )
    op.create_index(op.f("ix_merge_suggestion_other_id"), "merge_suggestion", ["other_id"])
    op.create_index("ix_merge_suggestion_open", "merge_suggestion", ["decision", "confidence", "id"])
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", PERSON_KEY, nullable=False),
        sa.Column("merged_id", PERSON_KEY, nullable=False),
        sa.Column("author_ids", sa.JSON(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_merge_kept_id_person")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["user.id"], name=op.f("fk_merge_merged_by_id_user")),
        sa.ForeignKeyConstraint(["merged_id"], ["person.id"], name=op.f("fk_merge_merged_id_person")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_merge_undone_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_kept_id"), "merge", ["kept_id"])
    op.create_index(op.f("ix_merge_merged_id"), "merge", ["merged_id"])


def downgrade() -> None:
    op.drop_table("merge")
    op.drop_table("merge_suggestion")
    op.drop_index("ix_author_url", table_name="author")
    op.drop_index("ix_author_handle_key", table_name="author")
    op.drop_index("ix_person_author_uncompared", table_name="person_author")
    op.drop_column("person_author", "compared_at")
    for column in ("merged_into_id", "next_step_on"):
        op.drop_index(f"ix_person_{column}", table_name="person")
        op.drop_column("person", column)
    op.drop_column("person", "next_step")
    op.drop_column("person", "owner_id")
