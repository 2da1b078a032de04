"""The mail about a decision, for each ruling."""

import pytest

from portal.foundation.database import session
from portal.moderation.mail import decision_made
from portal.moderation.models import Decision, Ruling
from tests.factories import make_circle, make_idea


@pytest.mark.parametrize("ruling", list(Ruling), ids=lambda ruling: ruling.value)
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_each_ruling_has_its_words_and_a_circle_keeps_its_own(ruling, maya, rosa, sam):
    for circle in (None, make_circle(maya, sam, rosa)):
        idea = make_idea(proposed_by=maya, owner=rosa, title="SECRET lamp", circle=circle)
        decision = Decision(
            person=maya, idea=idea, ruling=ruling, reason="SECRET reason", staff_note="STAFFNOTE", decided_by=sam
        )
        session().add(decision)
        session().flush()

        message = decision_made(decision)

        assert message.subject
        for part in (message.text, message.html):
            assert ("SECRET reason" in part) is (circle is None)
            assert ("SECRET lamp" in part) is (circle is None)
            assert "STAFFNOTE" not in part
            assert "Sam Okafor" in part
