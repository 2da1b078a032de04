"""A person keeps a draft for each form that they began, and not one in all."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

WORDS = "title, body, circle_id, ask_id, is_private, on_behalf_of, came_by, changed_at"
REFERENCES = {"user_id": "user", "circle_id": "circle", "ask_id": "ask"}


def upgrade() -> None:
    # Another primary key is another table; what was kept goes over under a key that no form draws by chance.
    begin("idea_draft")
    draft_table(
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(80), nullable=False),
        sa.Column("mention_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
    )
    op.execute(
        f"INSERT INTO idea_draft (user_id, form_key, {WORDS}) "  # noqa: S608 - our own words
        f"SELECT user_id, 'kept-' || user_id, {WORDS} FROM idea_draft_before"
    )
    op.drop_table("idea_draft_before")
    op.create_index(op.f("ix_idea_draft_changed_at"), "idea_draft", ["changed_at"])
    op.create_index("ix_idea_draft_form", "idea_draft", ["user_id", "form_key"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_idea_draft_form", "idea_draft")
    begin("idea_draft")
    draft_table()
    # Of several the newest stays.
    op.execute(
        f"INSERT INTO idea_draft (user_id, {WORDS}) "  # noqa: S608 - our own words
        f"SELECT user_id, {WORDS} FROM idea_draft_before WHERE id IN "
        "(SELECT max(id) FROM idea_draft_before GROUP BY user_id)"
    )
    op.drop_table("idea_draft_before")
    op.create_index(op.f("ix_idea_draft_changed_at"), "idea_draft", ["changed_at"])


def begin(table: str) -> None:
    """Put a table aside, without the names that the next one takes."""
    op.drop_index(op.f(f"ix_{table}_changed_at"), table)
    op.rename_table(table, f"{table}_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table}_before DROP CONSTRAINT pk_{table}")
        for column, to in REFERENCES.items():
            op.execute(f"ALTER TABLE {table}_before DROP CONSTRAINT fk_{table}_{column}_{to}")


def draft_table(*more: sa.Column) -> None:
    """The table of drafts, by its own number if it has one."""
    op.create_table(
        "idea_draft",
        *more,
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("on_behalf_of", sa.String(120), nullable=False, server_default=""),
        sa.Column("came_by", sa.String(200), nullable=False, server_default=""),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_idea_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id" if more else "user_id", name=op.f("pk_idea_draft")),
    )
    for table in ("circle", "ask"):
        name = op.f(f"fk_idea_draft_{table}_id_{table}")
        if op.get_bind().dialect.name == "sqlite":
            # Within the column, so that an earlier migration can drop it.
            op.execute(
                f"ALTER TABLE idea_draft ADD COLUMN {table}_id INTEGER CONSTRAINT {name} REFERENCES {table} (id)"
            )
            continue
        op.add_column("idea_draft", sa.Column(f"{table}_id", sa.Integer()))
        op.create_foreign_key(name, "idea_draft", table, [f"{table}_id"], ["id"])
