"""Dates as feeds really write them: other languages, other orders, and zones that no standard has."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

# Hours from UTC that the short names mean in feeds; those that mean two things are not among them.
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
# The first letters of each month in English, German, French, Spanish, Portuguese, Italian, Dutch and Russian.
_MONTHS = [
    "jan|ene|gen|янв", "feb|fév|fev|фев", "mar|mär|mrz|mrt|мар", "apr|avr|abr|апр", "may|mai|mag|mei|maj|май|мая",
    "jun|juin|giu|июн", "jul|juil|lug|июл", "aug|aoû|aou|ago|авг", "sep|set|сен", "oct|okt|out|ott|окт", "nov|ноя",
    "dec|dez|déc|dic|дек",
]  # fmt: skip
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_CLOCK = (
    r"(?:[\s,T]*(?:at\b|um\b|à\b|-)?\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?)?\s*\(?(?P<zone>(?:gmt|utc)?[+-]\d\d:?\d\d|[a-z]{1,4})?\)?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}[.,\s][,\s]*)?"
_COMMENT = re.compile(r"(?<=\d) \([^()]*\)\Z")
_FORMS = [
    re.compile(form + _CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})",
        r"(?P<year>\d{4})年(?P<number>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.?(?:\s+|-)(?:de\s+)?{_MONTH}(?:\s+|-)(?:de\s+)?(?P<year>\d{{4}}|\d\d)\b",
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b",
    )
]


def read_date(said: str) -> datetime | None:
    """A moment in UTC out of a date as people and programs write it; None for what can be read in two ways."""
    # What stands in brackets behind it is a comment (RFC 5322 3.2.2).
    said = " ".join(said[:100].split())
    said = _COMMENT.sub("", said)
    if said.isascii() and said.isdigit():
        # Seconds since 1970, or milliseconds.
        seconds = int(said) / (1000 if len(said) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC) if len(said) in {9, 10, 13} else None
    found = next((match for form in _FORMS if (match := form.fullmatch(said))), None)
    month = _month(found) if found else None
    zone = _zone(found["zone"]) if found else None
    if not found or month is None or zone is None:
        return None
    year, hour = int(found["year"]), int(found["hour"] or 0)
    if len(found["year"]) == 2:
        # As RFC 5322 4.3 has it.
        year += 2000 if year < 50 else 1900
    if found["half"]:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    try:
        # A day ends at 24:00, as ISO 8601 allows to write it.
        start = datetime(year, month, int(found["day"]), 0 if hour == 24 else hour, int(found["minute"] or 0))
        moment = start + timedelta(days=hour == 24, seconds=min(59, int(found["second"] or 0)))
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _month(found: re.Match[str]) -> int | None:
    if "number" in found.groupdict():
        return int(found["number"])
    name = found["month"].lower()
    return next((number for number, names in enumerate(_MONTHS, 1) if name.startswith(tuple(names.split("|")))), None)


def _zone(said: str | None) -> tzinfo | None:
    """The zone; UTC where none is named, None for one that is not known."""
    if not said:
        return UTC
    if said[-1].isdigit():
        said = said[-6:].lstrip("cCtT")
        minutes = int(said[1:3]) * 60 + int(said[-2:])
        minutes = -minutes if said[0] == "-" else minutes
        return timezone(timedelta(minutes=minutes)) if abs(minutes) < 24 * 60 else None
    hours = _ZONES.get(said.upper())
    return None if hours is None else timezone(timedelta(hours=hours))
