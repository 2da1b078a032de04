"""Whether a reply of an earlier record was the company's, in whatever way it is marked."""

from collections.abc import Mapping
from typing import Any

from portal.ledger.parsing.fields import plainly_named

# Names of fields, as `plainly_named` writes them.
_MARKS = {
    "staff", "isstaff", "bystaff", "fromstaff", "staffreply", "staffmark", "authorisstaff",
    "official", "isofficial", "officialreply", "employee", "isemployee", "team", "isteam",
    "company", "iscompany", "fromcompany", "admin", "isadmin",
}  # fmt: skip
_ROLES = {"role", "authorrole", "usertype", "authortype", "type", "kind", "mark", "badge"}
STAFF = _MARKS | _ROLES
_YES = {"1", "1.0", "true", "yes", "y", "t", "x"}
_NO = {"", "0", "0.0", "false", "no", "n", "f", "none", "null"}
_PEOPLE = {"staff", "official", "employee", "team", "company", "admin", "administrator"}


def is_staff(raw: Mapping[str, Any]) -> bool:
    """Whether a reply, as `plainly_named` gives it, or its author is marked as the company's."""
    return _is_marked(raw) or any(
        _is_marked(plainly_named(raw[name])) for name in ("author", "user") if isinstance(raw.get(name), dict)
    )


def _is_marked(raw: Mapping[str, Any]) -> bool:
    said = {name: str(raw[name]).strip().lower() for name in STAFF & raw.keys() if raw[name] is not None}
    # The mark may be the name of whoever it was.
    return (
        any(said.get(name) in _YES | _PEOPLE for name in _MARKS)
        or any(said.get(name) in _PEOPLE for name in _ROLES)
        or said.get("staff", "") not in _NO
    )
