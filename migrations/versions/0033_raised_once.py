"""On PostgreSQL a transaction raises the number of a topic once, however many of its statements change something."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

# A slot that no other transaction holds, or a new one: nobody waits for anybody's number.
RAISE = """
        UPDATE revision SET value = value + 1 WHERE topic = each AND slot = (
            SELECT slot FROM revision WHERE topic = each LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO revision (topic, slot, value) VALUES (each, nextval('revision_slot'), 1);
        END IF;"""
# A row that one transaction changes over and over is found more slowly each time. What was raised is remembered for
# the transaction, and forgotten with the part of it that is rolled back.
ONCE = f"""CREATE OR REPLACE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    each text;
    raised text := coalesce(current_setting('heard.raised', true), '');
BEGIN
    FOREACH each IN ARRAY TG_ARGV LOOP
        CONTINUE WHEN position(quote_literal(each) IN raised) > 0;{RAISE}
        raised := raised || quote_literal(each);
        PERFORM set_config('heard.raised', raised, true);
    END LOOP;
    RETURN NULL;
END $$"""
EACH_TIME = f"""CREATE OR REPLACE FUNCTION raise_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE each text;
BEGIN
    FOREACH each IN ARRAY TG_ARGV LOOP{RAISE}
    END LOOP;
    RETURN NULL;
END $$"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(ONCE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(EACH_TIME)
