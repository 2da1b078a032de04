"""What the fields of several forms share."""

from wtforms import Field


def stripped(words: str | None) -> str | None:
    """The words without space around them."""
    return words.strip() if words else words


def mark(field: Field, error: str) -> bool:
    """Say at this field what is wrong; always true, so that a validation can end with it."""
    field.errors = [*field.errors, error]
    return True
