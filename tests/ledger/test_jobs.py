"""The worker makes findable what no request has."""

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.jobs import index_words
from portal.ledger.models import Comment, ResponseKind
from portal.ledger.queries import similar_ideas
from portal.ledger.services import respond
from tests.factories import make_idea


def test_rows_from_elsewhere_are_made_findable(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title="A washable shade")
    session().add(Comment(idea_id=idea.id, author_id=maya.id, body="Mine is grey."))
    session().commit()
    assert similar_ideas("washable shades", "", omar) == []

    done = index_words()

    assert done == 2
    assert [one.id for one in similar_ideas("washable shades", "", omar)] == [idea.id]
    assert index_words() == 0
    respond(idea, kind=ResponseKind.QUESTION, message="Which fabric?", by=rosa)
    session().commit()
    assert index_words() == 0
