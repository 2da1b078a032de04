"""A transaction that begins without a session: what is two statements needs none, and it costs as much as they do."""

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session


class Begun:
    """A transaction that has begun on a connection of its own, or in tests on the one that is open."""

    def __init__(self, bound: Engine | Connection) -> None:
        self._is_own = isinstance(bound, Engine)
        self.connection = bound.connect() if isinstance(bound, Engine) else bound
        self._transaction = self.connection.begin() if self._is_own else self.connection.begin_nested()

    def session(self) -> Session:
        """A session that works in it; what it commits stands when this ends."""
        return Session(self.connection, expire_on_commit=False, join_transaction_mode="rollback_only")

    def end(self, *, commit: bool) -> None:
        """Commit it or take it back; either way it is over."""
        try:
            if self._transaction.is_active:
                self._transaction.commit() if commit else self._transaction.rollback()
        finally:
            if self._is_own:
                self.connection.close()
