"""One file for each channel that is listened to, and the register of those that may load."""

from portal.listening.connectors.contract import Connector
from portal.listening.connectors.feeds import Feeds

_RULES = ("retention_days", "deletion_signal", "matching")
_connectors: dict[str, Connector] = {}


class UndeclaredRules(ValueError):
    """A connector does not say how long its words may be kept, how deletions reach us, or who matches."""


def register(connector: Connector) -> None:
    """Let a connector load.

    Raises:
        UndeclaredRules: one of its channel's rules is not declared.
        ValueError: another connector has its key.
    """
    missing = [rule for rule in _RULES if getattr(connector.caps, rule) is None]
    if missing:
        raise UndeclaredRules(f"The connector {connector.key!r} does not declare {', '.join(missing)}.")
    if connector.key in _connectors:
        raise ValueError(f"Two connectors are called {connector.key!r}.")
    _connectors[connector.key] = connector


def connector_for(key: str) -> Connector:
    """The connector of a channel.

    Raises:
        KeyError: no such connector is loaded.
    """
    return _connectors[key]


def known_connectors() -> tuple[Connector, ...]:
    """Every connector that is loaded, in the order of loading."""
    return tuple(_connectors.values())


register(Feeds())
