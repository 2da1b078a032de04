"""Reading what addresses and forms say of rows: `request.args.get("before", type=row_key)` is None for nonsense."""

from datetime import UTC, datetime

_BETWEEN = "~"


def row_key(words: str) -> int:
    """A row's number as the database can hold it.

    Raises:
        ValueError: it is none.
    """
    number = int(words)
    if not 0 < number < 2**31:
        raise ValueError(words)
    return number


def time_key(words: str) -> tuple[datetime, int]:
    """Where a list in the order of time goes on: a moment, and the number of the row that stands there.

    Raises:
        ValueError: it is none.
    """
    first, _between, last = words.partition(_BETWEEN)
    moment = datetime.fromisoformat(first)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC), row_key(last)


def time_key_of(moment: datetime, number: int) -> str:
    """The same, as it stands in an address."""
    return f"{moment.isoformat()}{_BETWEEN}{number}"
