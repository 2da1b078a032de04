"""Why a poll brought nothing, or a push was not let in; each is a sentence for the status page."""

from datetime import datetime

from portal.foundation.errors import Refusal
from portal.listening.drafts import clean_line

MAX_SENTENCE_CHARS = 500


class ConnectorError(Refusal):
    """A poll brought nothing; the message is a sentence for the status page.

    Attributes:
        retry_after: seconds the other side asks us to wait, if it says.
    """

    def __init__(self, sentence: str, *, retry_after: float | None = None) -> None:
        # A channel's own words may be in it, and those of a stranger must fit into a row and on one line.
        super().__init__(clean_line(sentence, MAX_SENTENCE_CHARS) or "")
        self.retry_after = retry_after


class AuthFailed(ConnectorError):
    """The key or login is wrong or lacks a right: stop and tell the admin."""


class QuotaGone(ConnectorError):
    """Nothing is left to us until `reset_at`."""

    def __init__(self, sentence: str, *, reset_at: datetime | None = None) -> None:
        super().__init__(sentence)
        self.reset_at = reset_at


class RateLimited(ConnectorError):
    """Too fast: wait."""


class BadQuery(ConnectorError):
    """This source or question can never work as it stands: stop it."""


class Gone(ConnectorError):
    """What we asked for is gone for good."""


class Transient(ConnectorError):
    """Something failed that may work next time."""


class Contract(ConnectorError):
    """The answer has a shape we do not know: keep the raw item, skip it, count it."""


class LeftOut(Contract):
    """The item is understood, and it is not ours to keep: not public, or its author asks not to be found."""


class PushRefused(Refusal):
    """A push that is not let in, such as one with a wrong signature; `status` is the HTTP answer."""

    def __init__(self, sentence: str, *, status: int = 403) -> None:
        super().__init__(sentence)
        self.status = status
