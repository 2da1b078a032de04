"""What an earlier record says, recomputed line by line without a word of the portal's own code."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.parser import parse

OPEN = {"", "draft", "open"}
EXPLAINED = {"rejected", "withdrawn", "superseded", "deferred"}
STAGES = {"accepted": "planned", "active": "under-way", "final": "done", "done": "done"}


@dataclass
class Plain:
    """The figures of one record."""

    standings: Counter[str] = field(default_factory=Counter)
    minutes: list[int] = field(default_factory=list)
    answers: int = 0
    comments: int = 0
    voices: int = 0
    oldest_open: datetime | None = None
    # When each suggestion was made and where it stands, and every word that was said: by whom, and what.
    rows: Counter[tuple[datetime, str]] = field(default_factory=Counter)
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def median(self) -> int | None:
        """Half took at most this long."""
        return sorted(self.minutes)[(len(self.minutes) + 1) // 2 - 1] if self.minutes else None

    @property
    def p90(self) -> int | None:
        """Nine of ten took at most this long."""
        return sorted(self.minutes)[(len(self.minutes) * 9 + 9) // 10 - 1] if self.minutes else None

    def holds(self, word: str) -> Counter[str]:
        """In how many suggestions, answers and comments a word begins so."""
        return Counter(
            kind
            for kind, text in self.said
            if any(each.startswith(word) for each in re.findall(r"[^\W_]+", text.lower()))
        )


def recompute(path: Path, zone: ZoneInfo) -> Plain:
    """Read the record as a person would: Monday to Friday from nine to five in this zone."""
    plain = Plain()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        created = moment(row["created_at"])
        staff = [reply for reply in row["replies"] if reply["is_staff"]]
        word = (row["decision"] or "").lower()
        standing = "explained" if word in EXPLAINED else STAGES.get(word, "heard" if staff else "waiting")
        plain.standings[standing] += 1
        plain.rows[created, standing] += 1
        named = re.search(r"\b\d{1,2}-[A-Z][a-z]{2}-\d{4}\b", row.get("resolution") or "")
        decided = (
            row.get("decided_at")
            or (named and named[0])
            or (max(reply["created_at"] for reply in staff) if staff else None)
        )
        is_decided = word not in OPEN
        is_the_reply = any(
            moment(reply["created_at"]) == moment(decided) and row["reason"] in ("", None, reply["text"])
            for reply in staff
            if decided
        )
        plain.said.append(("idea", f"{row['title']} {row['text']}"))
        plain.said += [("response" if reply["is_staff"] else "comment", reply["text"]) for reply in row["replies"]]
        if is_decided and not is_the_reply:
            plain.said.append(("response", row["reason"] or ""))
        plain.answers += len(staff) + (is_decided and not is_the_reply)
        plain.comments += sum(bool(reply["text"]) for reply in row["replies"] if not reply["is_staff"])
        plain.voices += row["votes"]
        if is_decided and decided:
            plain.minutes.append(working_minutes(created, moment(decided), zone))
        if standing in {"waiting", "heard"}:
            plain.oldest_open = min(plain.oldest_open or created, created)
    return plain


def moment(words: Any) -> datetime:
    """A moment in UTC."""
    found = parse(words)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def working_minutes(start: datetime, end: datetime, zone: ZoneInfo) -> int:
    """Whole minutes within nine to five on weekdays, day by day."""
    total, day = timedelta(), start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        opens, closes = (datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in (9, 17))
        if day.weekday() < 5:
            total += max(min(end, closes) - max(start, opens), timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds() // 60)
