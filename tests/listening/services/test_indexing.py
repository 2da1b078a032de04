"""The stream's list of what is due: whoever changes a mention keeps it from being taken too soon."""

import pytest
from sqlalchemy import select, text

from portal.foundation.database import end_work, looking, transaction
from portal.listening.models import StreamDue
from portal.listening.services import sort_in, take_in
from tests.listening.heard import make_draft


@pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)
def test_a_mention_on_the_list_is_not_taken_before_its_change_is_to_be_seen(committing_db):
    with transaction():
        take_in([make_draft("1"), make_draft("2")], reader=None)
    end_work(commit=True)

    with transaction() as changing:
        changing.execute(text("UPDATE mention SET lang = 'de' WHERE external_id = '1'"))
        # Another worker, in a transaction of its own.
        with transaction():
            assert sort_in() == 1
        changing.execute(text("UPDATE mention SET lang = 'fr' WHERE external_id = '2'"))

    with looking() as current:
        assert len(current.scalars(select(StreamDue.mention_id)).all()) == 2
    with transaction():
        assert sort_in() == 2
