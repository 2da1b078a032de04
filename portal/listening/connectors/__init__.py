"""One file for each channel that is listened to, and the register of those that may load."""

from portal.listening.connectors.contract import Connector, UndeclaredRules, check_caps
from portal.listening.connectors.feeds import Feeds

__all__ = ["UndeclaredRules", "connector_for", "known_connectors", "register"]

_connectors: dict[str, Connector] = {}


def register(connector: Connector) -> None:
    """Let a connector load.

    Raises:
        UndeclaredRules: one of its channel's rules is not declared.
        ValueError: another connector has its key.
    """
    check_caps(connector.key, connector.caps)
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


# One line for each channel, in the order in which the page offers them.
for _connector in (Feeds(),):
    register(_connector)
