"""The register: what loads, and what does not."""

from dataclasses import replace

import pytest

from portal.listening import connectors
from portal.listening.connectors import UndeclaredRules, connector_for, known_connectors, register
from portal.listening.connectors.contract import Caps, Connector
from portal.listening.connectors.feeds import Feeds


class Other(Feeds):
    key = "other"


@pytest.fixture(autouse=True)
def _own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connectors, "_connectors", dict(connectors._connectors))


@pytest.mark.parametrize("rule", ["retention_days", "deletion_signal", "matching"])
def test_a_connector_without_its_rules_does_not_load(rule: str) -> None:
    class Silent(Other):
        caps = replace(Feeds.caps, **{rule: None})  # type: ignore[arg-type]

    with pytest.raises(UndeclaredRules, match=f"'other' does not declare {rule}"):
        register(Silent())

    assert "other" not in [connector.key for connector in known_connectors()]


def test_all_that_is_undeclared_is_named_at_once() -> None:
    class Bare(Other):
        caps = Caps(channel_name="Bare")

    with pytest.raises(UndeclaredRules, match="retention_days, deletion_signal, matching"):
        register(Bare())


def test_a_connector_with_its_rules_loads_once() -> None:
    other: Connector = Other()

    register(other)

    assert connector_for("other") is other
    with pytest.raises(ValueError, match="Two connectors"):
        register(Other())


def test_feeds_load_with_the_portal() -> None:
    assert connector_for("feeds").caps.retention_days == 730
