"""Pictures, tags, drafts, words on behalf of others, and suggestions joined with others."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_attachment_added_by_id_user")),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_attachment_idea_id_idea")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("key", name=op.f("uq_attachment_key")),
    )
    op.create_index(op.f("ix_attachment_idea_id"), "attachment", ["idea_id"])
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_tag_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("key", name=op.f("uq_tag_key")),
    )
    op.create_table(
        "idea_tag",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["idea.id"], name=op.f("fk_idea_tag_idea_id_idea")),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_idea_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("idea_id", "tag_id", name=op.f("pk_idea_tag")),
    )
    op.create_index(op.f("ix_idea_tag_tag_id"), "idea_tag", ["tag_id"])
    op.create_table(
        "idea_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("source_id <> target_id", name=op.f("ck_idea_merge_two_ideas")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["user.id"], name=op.f("fk_idea_merge_merged_by_id_user")),
        sa.ForeignKeyConstraint(["source_id"], ["idea.id"], name=op.f("fk_idea_merge_source_id_idea")),
        sa.ForeignKeyConstraint(["target_id"], ["idea.id"], name=op.f("fk_idea_merge_target_id_idea")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_idea_merge_undone_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea_merge")),
    )
    op.create_index(op.f("ix_idea_merge_source_id"), "idea_merge", ["source_id"])
    op.create_index(op.f("ix_idea_merge_target_id"), "idea_merge", ["target_id"])
    op.create_table(
        "idea_draft",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_idea_draft_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_idea_draft")),
    )
    op.create_index(op.f("ix_idea_draft_changed_at"), "idea_draft", ["changed_at"])
    op.add_column("idea", sa.Column("on_behalf_of", sa.String(120), nullable=False, server_default=""))
    op.add_column("idea", sa.Column("came_by", sa.String(200), nullable=False, server_default=""))
    _add_reference("idea", "merged_into_id")
    _add_reference("vote", "via_id")


def _add_reference(table: str, column: str) -> None:
    name = op.f(f"fk_{table}_{column}_idea")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES idea (id)")
    else:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
        op.create_foreign_key(name, table, "idea", [column], ["id"])
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in (("vote", "via_id"), ("idea", "merged_into_id")):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
    op.drop_column("idea", "came_by")
    op.drop_column("idea", "on_behalf_of")
    for table in ("idea_draft", "idea_merge", "idea_tag", "tag", "attachment"):
        op.drop_table(table)
