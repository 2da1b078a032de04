"""The manual of the channels says what the connectors declare."""

from pathlib import Path

from portal.listening.connectors import known_connectors
from portal.listening.connectors.contract import Connector

MANUAL = Path(__file__).parents[3] / "docs" / "channels.md"


def row_of(connector: Connector) -> str:
    """The line of a connector in the table."""
    caps = connector.caps
    kept = "while it stands there"
    if isinstance(caps.retention_days, int | float):
        kept = "1 day" if caps.retention_days == 1 else f"{caps.retention_days:g} days"
    looked = round(caps.recheck_days or 0)
    days = "every day" if looked == 1 else f"every {looked} days"
    told = {"push": "told to us", "refresh-miss": f"found out {days}", "none": "not learnt"}[
        caps.deletion_signal or "none"
    ]
    needed = "; ".join(field.label for field in connector.fields if field.required) or "–"
    by = {"native": "the channel", "local": "us"}[caps.matching or "local"]
    return f"| {caps.channel_name} | {', '.join(sorted(caps.modes))} | {needed} | {kept} | {told} | {by} |"


def test_every_channel_stands_in_the_manual_with_its_rules():
    manual = MANUAL.read_text("utf-8")

    assert [row for row in map(row_of, known_connectors()) if row not in manual] == []
