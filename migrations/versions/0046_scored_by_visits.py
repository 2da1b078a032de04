"""Everyone is due for scoring anew, since the formula has changed: two formulas in one list could not be compared."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

# Those whose score is older are scored anew as soon as a worker wakes up.
_DUE = timedelta(days=8)


def upgrade() -> None:
    person = sa.table("person", sa.column("score", sa.Float()), sa.column("scored_at", sa.DateTime(timezone=True)))
    due = datetime.now(UTC) - _DUE
    op.execute(person.update().where(person.c.score > 0, person.c.scored_at > due).values(scored_at=due))


def downgrade() -> None:
    """The older formula comes with the older release; whoever is due stays due."""
