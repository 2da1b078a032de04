"""Finding users."""

from portal.accounts.models import Session, User
from portal.accounts.queries import staff, user_by_email, user_of_session
from portal.accounts.services import hash_secret
from portal.foundation.clock import now
from portal.foundation.database import begin_work, is_untouched, session


def test_an_address_is_found_however_it_is_written(db, maya):
    assert user_by_email(" MAYA@example.org").id == maya.id


def test_staff_are_listed_by_name_without_members(db, maya, sam, ada):
    assert [user.name for user in staff()] == ["Ada Novak", "Sam Okafor"]


def test_whoever_reads_is_the_row_that_the_session_knows(db, maya):
    session().add(Session(user_id=maya.id, token_hash=hash_secret("secret"), expires_at=now().replace(year=2100)))
    session().commit()
    begin_work(writing=False)

    reader = user_of_session(hash_secret("secret"))

    assert reader is session().get(User, maya.id)
    assert reader.created_at.tzinfo is not None


def test_whoever_writes_is_the_row_that_the_session_knows(db, maya):
    session().add(Session(user_id=maya.id, token_hash=hash_secret("secret"), expires_at=now().replace(year=2100)))
    session().commit()
    begin_work(writing=True)

    writer = user_of_session(hash_secret("secret"))

    # Who it is was asked before their turn to write came, so that others could write meanwhile.
    assert is_untouched()
    assert writer is session().get(User, maya.id)
