"""Who is known here, and what each of them is here for."""

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select, update

from portal.accounts import mail
from portal.accounts.languages import LANGUAGES
from portal.accounts.models import STAFF_ROLES, Role, Session, User
from portal.accounts.queries import user_by_email
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _


class UnknownLanguage(Refusal):
    """A language that is not offered."""


class BadAddress(Refusal):
    """Not a mail address."""


class NotAColleague(Refusal):
    """They cannot be given this place on the staff."""


class LastAdmin(Refusal):
    """No admin would be left, or the one who asks is none any more."""


def add_user(*, email: str, name: str, role: Role, by: User | None) -> User:
    """Make someone known; an address that is known already keeps its user.

    Raises:
        BadAddress: the address cannot be one.
    """
    address = clean_address(email)
    known = user_by_email(address)
    if known is not None:
        return known
    return _new_user(address, name=name, role=role, by=by)


def _new_user(address: str, *, name: str, role: Role, by: User | None) -> User:
    user = User(email=address, name=" ".join(name.split())[:120] or address, role=role)
    session().add(user)
    record("user.added", user, by=by, after={"role": role.value})
    return user


def clean_address(email: str) -> str:
    """One way of writing each address: trimmed, lower case, ASCII domain.

    Raises:
        BadAddress: the address cannot be one.
    """
    try:
        checked = validate_email(email.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        said = _("“%(address)s” is not a mail address.", address=email.strip()[:80])
        raise BadAddress(said, about="email") from problem
    return (checked.ascii_email or checked.normalized).lower()


def end_sessions(user: User) -> None:
    """End every session of a user, from the next request on."""
    session().execute(
        update(Session).where(Session.user_id == user.id, Session.ended_at.is_(None)).values(ended_at=now())
    )


def change_role(user: User, role: Role, *, by: User | None) -> None:
    """Give someone another role; they sign in anew. `by` is None at the command line.

    Raises:
        LastAdmin: nobody would be left who names colleagues.
    """
    before = user.role
    if before is Role.ADMIN:
        take_from_admin(user, by=by, role=role)
    user.role = role
    end_sessions(user)
    record("user.role_changed", user, by=by, before={"role": before.value}, after={"role": role.value})


def take_from_admin(admin: User, *, by: User | None, **values: object) -> None:
    """Change an admin's row so that they may be none any more, where another admin remains: the one who asks.

    Args:
        by: None at the command line; then any other admin will do.

    Raises:
        LastAdmin: nothing was changed.
    """
    # One statement, which holds every admin in one order: of two who put each other out at once, the second waits,
    # and finds that they are no admin any more.
    admins = select(User.id).where(User.role == Role.ADMIN, User.suspended_at.is_(None)).order_by(User.id)
    held = admins.with_for_update(key_share=True).cte("admins")
    remains = select(held.c.id).where(held.c.id != admin.id, *([held.c.id == by.id] if by else []))
    changed = update(User).where(User.id == admin.id, remains.exists()).values(**values).returning(User.id)
    if session().scalar(changed.execution_options(synchronize_session=False)) is None:
        raise LastAdmin(
            _("You are no admin any more, so nothing was changed.")
            if by
            else _("%(name)s is the only admin. Name another one first.", name=admin.name)
        )


def add_colleague(*, email: str, name: str, role: Role, by: User) -> User:
    """Make someone one of the staff and tell them by mail; a member keeps all that is theirs.

    Raises:
        BadAddress: the address cannot be one.
        NotAColleague: they are on the staff already, are suspended, or no role of the staff was chosen.
    """
    address = clean_address(email)
    known = user_by_email(address)
    if role not in STAFF_ROLES:
        raise NotAColleague(_("Choose what they are here for."))
    if known is not None and known.is_staff:
        there = known.role.word.lower()
        said = _("%(name)s is here already as %(role)s. Change that below.", name=known.name, role=there)
        raise NotAColleague(said, about="email")
    if known is not None and not known.is_active:
        raise NotAColleague(_("%(name)s is suspended. Let them in again first.", name=known.name), about="email")
    user = known or _new_user(address, name=name, role=role, by=by)
    if known is not None:
        change_role(known, role, by=by)
    session().flush()
    queue_mail(mail.welcome_colleague(user, by=by))
    return user


def give_role(user: User, role: Role, *, by: User) -> None:
    """Give a colleague another role on the staff.

    Raises:
        NotAColleague: it is oneself, so that an admin always remains; or no role of the staff was chosen.
        LastAdmin: `by` is no admin any more.
    """
    if user.id == by.id:
        raise NotAColleague(_("Nobody changes their own role. Ask another admin."))
    if role not in STAFF_ROLES or not user.is_staff:
        raise NotAColleague(_("Choose what they are here for."))
    if user.role is not role:
        change_role(user, role, by=by)


def choose_language(user: User, language: str) -> None:
    """Read answers in this language, where they stand in several; empty leaves it to the browser.

    Raises:
        UnknownLanguage: it is not offered.
    """
    if language and language not in LANGUAGES:
        raise UnknownLanguage(_("That language is not on the list."))
    if (user.language or "") == language:
        return
    before, user.language = user.language, language
    record("user.language_chosen", user, by=user, before={"language": before}, after={"language": language})
