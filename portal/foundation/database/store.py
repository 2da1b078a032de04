"""What a process keeps between requests: so many entries and bytes, the least used ones go first."""

import sys
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
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
        return self.find_each((key,), stamp)[0]

    def find_each(self, keys: Iterable[Hashable], stamp: Hashable) -> list[Any | None]:
        """The values under these keys, in their order; None where there is none for this stamp."""
        kept = self._kept
        values: list[Any | None] = []
        with self._lock:
            for key in keys:
                found = kept.get(key) if self.is_on else None
                if found is None or found[0] != stamp:
                    values.append(None)
                else:
                    kept.move_to_end(key)
                    values.append(found[1])
        return values

    def put(self, key: Hashable, stamp: Hashable, value: Any) -> None:
        """Keep a value; whatever was used least makes room for it."""
        self.put_each({key: value}, stamp)

    def put_each(self, values: Mapping[Any, Any], stamp: Hashable) -> None:
        """Keep all of these, by their keys."""
        new = {key: (stamp, value, _weight(value)) for key, value in values.items()}
        with self._lock:
            for key, entry in new.items():
                replaced = self._kept.pop(key, None)
                self._kept[key] = entry
                self._bytes += entry[2] - (replaced[2] if replaced else 0)
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
