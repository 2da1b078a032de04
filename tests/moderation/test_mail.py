"""The mail about a decision, for each ruling."""

import pytest

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.services import comment
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


def test_a_mail_says_which_words_are_meant_and_leads_to_where_they_stand(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    for circle in (None, make_circle(maya, omar, sam, rosa)):
        idea = make_idea(proposed_by=maya, owner=rosa, title="A warmer lamp", circle=circle)
        said = comment(idea, body="SECRET **cheap** lamps at mine.", by=omar)
        removed = Decision(person=omar, comment=said, ruling=Ruling.REMOVED, reason="An offer.", decided_by=sam)
        restored = Decision(person=omar, comment=said, ruling=Ruling.RESTORED, decided_by=sam)
        session().add_all([removed, restored])
        session().flush()
        mails = [decision_made(one, asked="SECRET It was a joke.") for one in (removed, restored)]
        for mail, page in zip(mails, (f"/decisions/{removed.id}", f"/comments/{said.id}"), strict=True):
            for part in (mail.text, mail.html):
                assert ("SECRET cheap lamps at mine." in part) is (circle is None)
                assert ("SECRET" in part, page in part) == (circle is None, True)
        assert ("It is what you said beside “A warmer lamp”:" in mails[0].text) is (circle is None)
    again = Decision(person=omar, ruling=Ruling.READMITTED, decided_by=sam)
    session().add(again)
    session().flush()
    assert "Come in:\nhttp://localhost:8000/\n" in decision_made(again).text
