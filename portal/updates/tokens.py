"""The way out of a mail: a signed word for one person and what the mail was about, good for this purpose alone."""

from collections.abc import Iterable

from portal.foundation.access.tokens import sign, signed

_ONE_IDEA = "heard: stop mails about one suggestion"
COMMENTS = "comments"
_ALSO = "also:"
# What is stopped as a whole, and for each of them a purpose of its own.
NEWS, REPORTS = "news", "reports"
_PURPOSES = {NEWS: "heard: stop news of the community", REPORTS: "heard: stop word of what came of reports"}


def write_token(user_id: int, idea_id: int, *, of: str = "") -> str:
    """The token that stands in the mails to this person about this suggestion; it never runs out.

    Args:
        of: `COMMENTS` in a mail of comments alone, whose way out leaves the answers; `and_also` names the other
            suggestions of a mail about several.
    """
    return sign([user_id, idea_id, of] if of else [user_id, idea_id], purpose=_ONE_IDEA)


def read_token(token: str) -> tuple[int, int, str] | None:
    """The user, the idea and which of its mails a token names; None for one that is not ours, or not for this."""
    match signed(token, purpose=_ONE_IDEA):
        case [int(user_id), int(idea_id)]:
            return user_id, idea_id, ""
        case [int(user_id), int(idea_id), str(of)]:
            return user_id, idea_id, of
    return None


def and_also(idea_ids: Iterable[int]) -> str:
    """What stands in a token for the other suggestions that the mail was about; empty for none."""
    others = ",".join(str(number) for number in idea_ids)
    return f"{_ALSO}{others}" if others else ""


def ideas_also(of: str) -> list[int]:
    """The other suggestions of a token, as `and_also` wrote them."""
    return [int(number) for number in of.removeprefix(_ALSO).split(",")] if of.startswith(_ALSO) else []


def ideas_named(way_out: str) -> list[int]:
    """Every suggestion that a mail was about, by the address of its way out or by the token at its end."""
    named = read_token(way_out.rpartition("/")[2])
    return [named[1], *ideas_also(named[2])] if named else []


def write_news_token(user_id: int, *, of: str = NEWS) -> str:
    """The token that stands in the news of the community to this person, or of `REPORTS`; it never runs out."""
    return sign(user_id, purpose=_PURPOSES[of])


def read_news_token(token: str) -> tuple[int, str] | None:
    """The user that a token of the news names, and whether of `NEWS` or `REPORTS`; None for one of neither."""
    for of, purpose in _PURPOSES.items():
        named = signed(token, purpose=purpose)
        if isinstance(named, int):
            return named, of
    return None
