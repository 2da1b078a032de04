"""Who may sign in, the links that let them, and the sessions they hold."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.foundation.database.revisions import NotForSharing
from portal.foundation.text import gettext as _


class Role(StrEnum):
    """What someone is here for."""

    MEMBER = "member"
    RESPONDER = "responder"
    MANAGER = "manager"
    ADMIN = "admin"

    @property
    def word(self) -> str:
        """What this role is called on a page."""
        words = {
            Role.MEMBER: _("Member"),
            Role.RESPONDER: _("Responder"),
            Role.MANAGER: _("Manager"),
            Role.ADMIN: _("Admin"),
        }
        return words[self]

    @property
    def label(self) -> str:
        """The same with what it is for."""
        purposes = {
            Role.RESPONDER: _("answers suggestions"),
            Role.MANAGER: _("listens, judges, invites, moderates and answers"),
            Role.ADMIN: _("all of that, and names colleagues"),
        }
        return f"{self.word}: {purposes[self]}" if self in purposes else self.word


STAFF_ROLES = (Role.RESPONDER, Role.MANAGER, Role.ADMIN)


class Powers:
    """What somebody's role lets them do."""

    role: Any

    @property
    def is_staff(self) -> bool:
        """Whether this user works for the company."""
        return self.role is not Role.MEMBER

    @property
    def is_manager(self) -> bool:
        """Whether this user may judge, invite and moderate."""
        return self.role in {Role.MANAGER, Role.ADMIN}

    @property
    def is_admin(self) -> bool:
        """Whether this user may change people, keys and settings."""
        return self.role is Role.ADMIN


@dataclass(frozen=True)
class Alike(Powers):
    """What a page that several share knows of each of them."""

    role: Role

    def __getattr__(self, name: str) -> Any:
        raise NotForSharing(f"a page that several share asked for its reader's {name}")


class User(Powers, Base):
    """A person who can sign in: a member or one of the staff."""

    __tablename__ = "user"
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(choice(Role), default=Role.MEMBER)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    # In which they read answers, by its code; empty for whoever leaves it to their browser.
    language: Mapped[str] = mapped_column(String(12), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    suspended_at: Mapped[datetime | None]

    # Set while a request runs: the secret of the session that brought this user in.
    session_token: str | None = None
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether this user may use the portal now."""
        return self.suspended_at is None

    @property
    def alike(self) -> Alike:
        """What this user has in common with everyone whom the same pages are drawn for."""
        return _ALIKE[self.role]

    def get_id(self) -> str:
        """What the cookie holds: the session's secret, never the user's number."""
        return self.session_token or ""


_ALIKE = {role: Alike(role) for role in Role}


class SignInLink(Base):
    """A secret that was mailed to one address; works once, for ten minutes, behind a button.

    The same mail may carry a code of eight digits, which works in the browser that asked for it: the one that holds
    the ticket.
    """

    __tablename__ = "sign_in_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ticket_hash: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)
    code_hash: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    next_path: Mapped[str] = mapped_column(String(500), default="/")
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class Session(Base):
    """One signed-in browser; the cookie holds its secret, the database only the hash."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
