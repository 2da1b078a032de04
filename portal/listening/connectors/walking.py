"""Walks over pages that are stored after each page: newest first with a pin, and round by round over questions.

A channel that shows the newest first is walked down from the newest item (the pin) to where the last walk began
(high); `high` moves up to the pin only after the last page, so a walk that breaks off loses nothing. Each walk
asks a while before `high` again, since search indexes lag; repeats are known by id and content.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from portal.listening.connectors.contract import Raw
from portal.listening.connectors.pieces import moment_of, pieces

VERSION = 1
OVERLAP = timedelta(minutes=10)
FIRST_LOOK_BACK = timedelta(days=7)
MAX_SEEN = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One raw item of a page: its id, its time, and what would be different in an edited one."""

    id: str
    at: datetime | None
    raw: Raw
    content: str = ""

    @property
    def mark(self) -> str:
        """Sixteen characters for the id and eight for the content."""
        return _hash(self.id)[:16] + _hash(self.content)[:8]


@dataclass(slots=True)
class Walk:
    """One question's way through its pages.

    Attributes:
        since: ask for what is newer than this.
        page: the channel's own word for the next page; None at the start of a walk.
    """

    now: datetime
    since: datetime
    page: Any = None
    high: datetime | None = None
    pin: datetime | None = None
    seen: list[str] = field(default_factory=list)

    @classmethod
    def resume(
        cls,
        state: Mapping[str, Any],
        now: datetime,
        *,
        look_back: timedelta = FIRST_LOOK_BACK,
        overlap: timedelta = OVERLAP,
    ) -> "Walk":
        """Go on from the stored state; an empty one begins `look_back` before now."""
        high = moment_of(state.get("high"))
        since = moment_of(state.get("since")) if state.get("page") is not None else None
        return cls(
            now=now,
            since=since or (high - overlap if high else now - look_back),
            page=state.get("page"),
            high=high,
            pin=moment_of(state.get("pin")),
            seen=[mark for mark in pieces(state, "seen") if isinstance(mark, str)],
        )

    def take(self, items: Iterable[Item], next_page: Any = None) -> tuple[Raw, ...]:
        """Note a page, and give what of it is new or changed; `next_page` None ends the walk."""
        known = set(self.seen)
        fresh: list[Raw] = []
        for item in items:
            # A time in the future is a mistake, and must not make us pass by what comes until then.
            at = min(item.at, self.now) if item.at else None
            if at and (self.pin is None or at > self.pin):
                self.pin = at
            if item.mark not in known:
                known.add(item.mark)
                self.seen.append(item.mark)
                fresh.append(item.raw)
        del self.seen[:-MAX_SEEN]
        self.page = next_page
        if next_page is None:
            self.high = max(filter(None, (self.high, self.pin)), default=None)
            self.pin = None
        return tuple(fresh)

    @property
    def more(self) -> bool:
        """Whether another page waits."""
        return self.page is not None

    @property
    def state(self) -> dict[str, Any]:
        """What to store."""
        return {
            "v": VERSION,
            "since": self.since.isoformat() if self.more else None,
            "page": self.page,
            "high": self.high.isoformat() if self.high else None,
            "pin": self.pin.isoformat() if self.pin else None,
            "seen": self.seen,
        }


class Rounds:
    """Several questions asked one after the other, a page at a time, each with a state of its own.

    State: `{"v":1,"turn":question in hand or None,"asks":{question: its state},"refused":[questions]}`; questions that
    are no longer asked are forgotten, and a new one begins at its own beginning.
    """

    def __init__(self, state: Mapping[str, Any], questions: Sequence[str]) -> None:
        self.questions = list(dict.fromkeys(questions))
        asks = state.get("asks") if state.get("v") == VERSION else None
        known = asks if isinstance(asks, dict) else {}
        self._asks = {name: known[name] for name in self.questions if isinstance(known.get(name), dict)}
        self._refused = [name for name in pieces(state, "refused") if name in self.questions]
        turn = state.get("turn")
        self.question = turn if turn in self.questions else (self.questions[0] if self.questions else None)

    @property
    def asked(self) -> Mapping[str, Any]:
        """The stored state of the question in hand."""
        found: Mapping[str, Any] = self._asks.get(self.question or "", {})
        return found

    def keep(self, state: Mapping[str, Any], *, more: bool) -> tuple[dict[str, Any], bool]:
        """Store the state of the question in hand and pass on; gives the whole state and whether to go on at once."""
        self._asks |= {self.question: dict(state)} if self.question is not None else {}
        return self._pass_on([name for name in self._refused if name != self.question], more=more)

    def pass_by(self) -> tuple[dict[str, Any], bool] | None:
        """Leave the question in hand for the next round, for it was refused; None once every one of them was."""
        if self.question is None or self.asked.get("page") is not None:
            return None
        refused = list(dict.fromkeys([*self._refused, self.question]))
        return self._pass_on(refused, more=False) if len(refused) < len(self.questions) else None

    def _pass_on(self, refused: list[str], *, more: bool) -> tuple[dict[str, Any], bool]:
        following = None
        if self.question is not None:
            place = self.questions.index(self.question) + 1
            following = self.question if more else (self.questions[place] if place < len(self.questions) else None)
        state = {"v": VERSION, "turn": following, "asks": self._asks, **({"refused": refused} if refused else {})}
        return state, following is not None


def begun_anew(state: Mapping[str, Any]) -> dict[str, Any] | None:
    """The state with the walks in hand back at their first page; None where none is under way.

    A page's token runs out when a walk has rested for long, and what it was to lead to is found again from the mark.
    """
    found = state.get("asks")
    asks: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
    walks = {name: begun_anew(asked) for name, asked in asks.items()}
    is_under_way = state.get("page") is not None
    if not is_under_way and not any(walks.values()):
        return None
    again = {**state, "page": None} if is_under_way else dict(state)
    return again | ({"asks": {name: walks[name] or asked for name, asked in asks.items()}} if asks else {})


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
