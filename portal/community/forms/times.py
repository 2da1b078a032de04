"""A day and a time as somebody writes it by the clock of one place, and the moment that it means."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from wtforms import DateTimeLocalField

from portal.community.services import BadTimes
from portal.foundation.clock import now
from portal.foundation.text import date_words, zone_words
from portal.foundation.text import gettext as _

# Nothing is planned for so many years ahead, or meant to be so long ago.
_YEARS = 100


class ClockField(DateTimeLocalField):  # type: ignore[misc]
    """The day and the time, to the minute, without the zone in which they are meant."""

    def show_moment(self, moment: datetime | None, zone: ZoneInfo) -> None:
        """Fill in a moment as the clock of this zone shows it."""
        self.data = _wall(moment, zone) if moment else None

    def moment(self, zone: ZoneInfo, *, stands: datetime | None = None) -> datetime | None:
        """The moment that is meant in this zone, in UTC; None where nothing is written.

        Where the clock shows a time twice, the first one.

        Args:
            stands: what stood there before. Written as it was shown, it is the same moment still, seconds and all.

        Raises:
            BadTimes: the clock of this zone skips that time, or the year cannot be meant.
        """
        wall: datetime | None = self.data
        if wall is None:
            return None
        if abs(wall.year - now().year) > _YEARS:
            raise BadTimes(_("%(label)s: is the year %(year)s meant?", label=self.label.text, year=wall.year))
        if stands is not None and _wall(stands, zone) == wall.replace(second=0, microsecond=0):
            return stands
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wall:
            raise BadTimes(
                _(
                    "%(label)s: there is no %(time)s on %(day)s by %(zone)s, since the clocks go forward then. "
                    "Choose another time.",
                    label=self.label.text, time=f"{wall:%H:%M}", day=date_words(wall.date()), zone=zone_words(zone),
                )
            )  # fmt: skip
        return moment


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
