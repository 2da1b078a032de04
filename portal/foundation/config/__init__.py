"""The settings of this process: checked before anything starts, the same until it ends."""

from datetime import date

from portal.foundation.clock import now
from portal.foundation.config.reading import BadSettings, load_settings, out_of_reach
from portal.foundation.config.settings import Settings
from portal.foundation.config.values import LOOPBACK, ROOT, is_address

__all__ = [
    "LOOPBACK",
    "ROOT",
    "BadSettings",
    "Settings",
    "address",
    "current",
    "is_address",
    "load_settings",
    "out_of_reach",
    "today",
    "use",
]

_current: list[Settings] = []


def use(settings: Settings) -> None:
    """Make these the settings of this process."""
    _current[:] = [settings]


def current() -> Settings:
    """The settings of this process."""
    return _current[0]


def address(path: str) -> str:
    """The full address of a path, from the configured base and never from a request."""
    return current().BASE_URL + path


def today() -> date:
    """The day that it is in the company's own zone."""
    return now().astimezone(current().zone).date()
