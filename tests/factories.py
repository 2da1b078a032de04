"""Builders: rows as the tests need them, committed within the test, so that a request sees them."""

from portal.accounts.models import Role, User
from portal.foundation.database import session


def make_user(email: str, name: str = "Someone", role: Role = Role.MEMBER) -> User:
    """A person who can sign in."""
    user = User(email=email, name=name, role=role)
    session().add(user)
    session().commit()
    return user
