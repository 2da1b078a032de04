"""What a source has used: calls of the channel's day, money of the month, and what the channel says is left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from portal.listening.connectors.contract import Caps, Meter, Quota
from portal.listening.models import Source

MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What was used so far.

    Attributes:
        calls: today, in the channel's zone; calls_limit: the most a day, if there is one.
        micros: this month, in millionths of the channel's currency; micros_cap: the most a month, if it costs.
        limit, remaining: what the channel itself last said, for as long as it holds.
    """

    calls: int
    calls_limit: int | None
    micros: int
    micros_cap: int | None
    limit: int | None = None
    remaining: int | None = None


def usage_of(source: Source, caps: Caps, moment: datetime) -> Usage:
    """What a source has used by this moment."""
    used: Mapping[str, Any] = source.usage or {}
    until = _moment(used.get("reset_at"))
    holds = until is None or until > moment
    return Usage(
        calls=int(used.get("calls", 0)) if used.get("day") == _day(caps, moment) else 0,
        calls_limit=caps.calls_a_day,
        micros=int(used.get("micros", 0)) if used.get("month") == _month(moment) else 0,
        micros_cap=_cap(source, caps),
        limit=used.get("limit") if holds else None,
        remaining=used.get("remaining") if holds else None,
    )


def meter_for(source: Source, others: Iterable[Source], caps: Caps, moment: datetime) -> Meter:
    """What the next turn may use; sources of one channel share its calls of a day."""
    own = usage_of(source, caps, moment)
    calls = own.calls + sum(usage_of(other, caps, moment).calls for other in others if other.id != source.id)
    return Meter(
        calls_left=None if own.calls_limit is None else max(0, own.calls_limit - calls),
        micros_left=None if own.micros_cap is None else max(0, own.micros_cap - own.micros),
        reset_at=next_day(caps, moment),
    )


def note_usage(source: Source, caps: Caps, meter: Meter, quota: Quota | None, moment: datetime) -> None:
    """Add what a turn used, whether it went well or not."""
    before = usage_of(source, caps, moment)
    said = source.usage or {}
    source.usage = {
        "day": _day(caps, moment),
        "calls": before.calls + meter.calls,
        "month": _month(moment),
        "micros": before.micros + meter.micros,
        "limit": quota.limit if quota else said.get("limit"),
        "remaining": quota.remaining if quota else said.get("remaining"),
        "reset_at": (quota.reset_at.isoformat() if quota.reset_at else None) if quota else said.get("reset_at"),
    }


def next_day(caps: Caps, moment: datetime) -> datetime:
    """When the channel's day begins anew."""
    zone = ZoneInfo(caps.day_zone)
    tomorrow = (moment.astimezone(zone) + timedelta(days=1)).date()
    return datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).astimezone(UTC)


def _cap(source: Source, caps: Caps) -> int | None:
    if not caps.is_metered:
        return None
    try:
        return max(0, int(Decimal((source.settings or {}).get("cap") or "0") * MICROS))
    except (InvalidOperation, ValueError, OverflowError):
        return 0


def _day(caps: Caps, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(caps.day_zone)).date().isoformat()


def _month(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m")


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
