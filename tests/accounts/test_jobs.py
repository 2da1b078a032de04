"""What the worker does for accounts."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts.jobs import forget_secrets
from portal.accounts.models import Session, SignInLink
from portal.accounts.services import hash_secret
from portal.foundation.clock import now
from portal.foundation.database import session
from tests.factories import make_user


def test_secrets_are_forgotten_a_month_after_they_ran_out(committing_db):
    moment, maya = now(), make_user("maya@example.org", "Maya Lindqvist").id
    for days in (29, 31):
        out = moment - timedelta(days=days)
        session().add(SignInLink(user_id=maya, secret_hash=hash_secret(f"l{days}"), expires_at=out))
        session().add(Session(user_id=maya, token_hash=hash_secret(f"s{days}"), expires_at=out))
    session().commit()

    assert forget_secrets() == 2
    assert forget_secrets() == 0
    assert session().scalars(select(SignInLink.secret_hash)).all() == [hash_secret("l29")]
    assert session().scalars(select(Session.token_hash)).all() == [hash_secret("s29")]
