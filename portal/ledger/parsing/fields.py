"""One value of an earlier record: words, a name, a moment; whatever another program called it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date

from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.foundation.text import gettext as _

NAME = 120
# The names by which other programs know whoever said something, and when; as `plainly_named` writes them.
AUTHOR = ("author", "authorname", "proposedby", "createdby", "submittedby", "user", "username", "by")
DATE = ("createdat", "created", "postedat", "publishedat", "submittedat", "date", "timestamp", "time")
_NAME = ("name", "displayname", "fullname", "username", "login", "handle")
# 1709546400: ten marks are seconds and thirteen are thousandths, until the year 2286.
_COUNTED = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_DAY_FIRST = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}\b")


class BadLine(ValueError):
    """A line that cannot be brought in; the message says why."""


def plainly_named(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields, each under its name in small letters without marks: `createdAt` and `Created_at` are one."""
    found: dict[str, Any] = {}
    for name, value in raw.items():
        found.setdefault("".join(filter(str.isalnum, name.casefold())), value)
    return found


def first(raw: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """The first of these fields that is filled; None if none is."""
    return next((raw[name] for name in names if raw.get(name) not in (None, "", [])), None)


def words_of(value: Any) -> str:
    """A text without control marks.

    Raises:
        BadLine: it is a list or an object, or longer than 20,000 characters.
    """
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise BadLine(_("Words were expected, and there is a list or an object."))
    words = tidy(str(value))
    if len(words) > MARKDOWN_LIMIT:
        raise BadLine(_("A text is longer than 20,000 characters."))
    return words


def name_of(value: Any) -> str:
    """A name on one line, at most 120 characters; an object is asked for its name, several are told in a row."""
    if isinstance(value, dict):
        value = first(plainly_named(value), _NAME)
    if isinstance(value, list):
        value = ", ".join(filter(None, map(name_of, value)))
    return " ".join(words_of(value).split())[:NAME]


def moment_of(value: Any) -> datetime | None:
    """A moment in UTC; one without a zone is taken as UTC, a day as its beginning.

    Raises:
        BadLine: it cannot be read as one.
    """
    if value is None:
        return None
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)
        words = str(value).strip()
        if _COUNTED.fullmatch(words):
            return moment_of(float(words))
        # The default fills what is missing, so that the same line means the same on any day.
        moment = parse_date(words, default=datetime(2000, 1, 1), dayfirst=bool(_DAY_FIRST.match(words)))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ParserError, ValueError, OverflowError, OSError) as problem:
        raise BadLine(_("“%(words)s” is not a date.", words=str(value)[:60])) from problem
    return moment
