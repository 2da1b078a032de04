"""What a process keeps between requests: so many entries and bytes, the least used ones go first."""

import sys
from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

# What an entry that holds no text counts for, in bytes; such entries are small.
PLAIN = 2_048


def _weight(value: Any) -> int:
    """About how many bytes a value takes: a text, or one cut into pieces."""
    if isinstance(value, str | bytes):
        return sys.getsizeof(value)
    return PLAIN + sum(map(sys.getsizeof, value)) if isinstance(value, tuple) else PLAIN


class Store:
    """Values under keys, each with the stamp that it holds for; a newer one takes the place of the older."""

    def __init__(self, *, entries: int, size: int) -> None:
        self._entries, self._size = entries, size
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self.is_on = True

    def find(self, key: Hashable, stamp: Hashable) -> Any | None:
        """The value under this key, if it holds for this stamp."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != stamp or not self.is_on:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def put(self, key: Hashable, stamp: Hashable, value: Any) -> None:
        """Keep a value; whatever was used least makes room for it."""
        weight = _weight(value)
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._kept[key] = (stamp, value, weight)
            self._bytes += weight - (replaced[2] if replaced else 0)
            while self._kept and (len(self._kept) > self._entries or self._bytes > self._size):
                _key, (_stamp, _value, gone) = self._kept.popitem(last=False)
                self._bytes -= gone

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)
