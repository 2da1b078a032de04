"""A number for each topic that rises with every change of its tables; the triggers are made after each migration."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A slot that no other transaction holds, or a new one: nobody waits for anybody's number.
RAISE = """CREATE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE each text;
BEGIN
    FOREACH each IN ARRAY TG_ARGV LOOP
        UPDATE revision SET value = value + 1 WHERE topic = each AND slot = (
            SELECT slot FROM revision WHERE topic = each LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO revision (topic, slot, value) VALUES (each, nextval('revision_slot'), 1);
        END IF;
    END LOOP;
    RETURN NULL;
END $$"""


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("topic", sa.String(24), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "slot", name=op.f("pk_revision")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE revision SET (fillfactor = 20)")
        op.execute("CREATE SEQUENCE revision_slot")
        op.execute(RAISE)


def downgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'revises_%'")
        )
        for name in found.scalars().all():
            op.execute(f'DROP TRIGGER "{name}"')
    else:
        op.execute("DROP FUNCTION raise_revision() CASCADE")
        op.execute("DROP SEQUENCE revision_slot")
    op.drop_table("revision")
