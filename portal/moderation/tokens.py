"""The way back to somebody who is suspended: a signed word for their one decision, good for this purpose alone."""

from portal.foundation.access.tokens import sign, signed

_SUSPENSION = "heard: another look at a suspension"


def write_token(decision_id: int) -> str:
    """The token that stands in the mail about a suspension; it runs out when that is lifted."""
    return sign(decision_id, purpose=_SUSPENSION)


def read_token(token: str) -> int | None:
    """The decision that a token names; None for one that is not ours, or not for this."""
    named = signed(token, purpose=_SUSPENSION)
    return named if isinstance(named, int) and not isinstance(named, bool) else None
