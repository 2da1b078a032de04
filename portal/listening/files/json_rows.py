"""Rows of JSON: one object a line, or the objects of one list, without holding the list in memory."""

import json
import re
from collections.abc import Iterator
from typing import cast

from portal.foundation.text import gettext as _
from portal.listening.files.decoding import MAX_ROW_CHARS, Lines, RowTooLong
from portal.listening.files.row import Cells, Row, Unreadable, too_long

_CHUNK_CHARS = 65_536
_DEPTH = 4
_BETWEEN = re.compile(r"[\s,\[\x1e]*")
_SHOWN_CHARS = 2_000


def read_json_lines(lines: Lines, first: str) -> Iterator[Row]:
    """Each line's object; `first` was read already. A line that is no object is `Unreadable`."""
    yield lines.number, _parsed(first)
    while True:
        lines.taken = 0
        try:
            for line in lines:
                if not line.isspace():
                    yield lines.number, _parsed(line)
                lines.taken = 0
        except RowTooLong:
            yield lines.number + 1, too_long()
        else:
            return


def read_json_items(lines: Lines, first: str) -> Iterator[Row]:
    """Each object of a list, or of a run of objects over several lines; `first` was read already.

    After an item that is no JSON the walk goes on at the next line that begins as that item's line did, so that a file
    with a line for each item loses one of them. Where there is no such line it ends.
    """
    decoder = json.JSONDecoder()
    buffer, position, line, before = first, 0, lines.number, ""
    chunks = iter(lambda: lines.read(_CHUNK_CHARS), "")
    while True:
        between = cast(re.Match[str], _BETWEEN.match(buffer, position))
        start = between.end()
        if "\n" in between[0]:
            line += between[0].count("\n")
            before = between[0].rpartition("\n")[2]
        try:
            if buffer[start : start + 1] in {"", "]"}:
                raise ValueError
            item, end = decoder.raw_decode(buffer, start)
        except (ValueError, RecursionError) as error:
            may_be_cut = isinstance(error, ValueError) and len(buffer) - start <= MAX_ROW_CHARS
            if may_be_cut and (chunk := next(chunks, "")):
                buffer, position = buffer[start:] + chunk, 0
                continue
            mark = f"\n{before}{{"
            broken = buffer[start : start + _SHOWN_CHARS].partition(mark)[0]
            if broken.strip("] \t\r\n"):
                yield line, _no_object(broken)
            buffer, passed = _from_mark(mark, buffer[start:], chunks)
            if not buffer:
                return
            line, position = line + passed, 0
            continue
        yield line, _flat(item) if isinstance(item, dict) else _no_object(buffer[start:end])
        line += buffer.count("\n", start, end)
        position = end


def _from_mark(mark: str, buffer: str, chunks: Iterator[str]) -> tuple[str, int]:
    """The text from the next mark on, and how many lines ended before it; nothing where there is no mark."""
    passed = 0
    while (found := buffer.find(mark)) < 0:
        chunk = next(chunks, "")
        if not chunk:
            return "", passed
        # A mark may lie across two chunks.
        kept = max(0, len(buffer) - len(mark) + 1)
        passed += buffer.count("\n", 0, kept)
        buffer = buffer[kept:] + chunk
    return buffer[found:], passed + buffer.count("\n", 0, found)


def _parsed(line: str) -> Cells | Unreadable:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return _no_object(line)
    return _flat(item) if isinstance(item, dict) else _no_object(line)


def _no_object(text: str) -> Unreadable:
    return Unreadable(_("this is no JSON object"), (text.strip()[:_SHOWN_CHARS],))


def _flat(item: Cells) -> Cells:
    """Objects inside the object become columns with dots in their names: `user.name`."""
    if not any(isinstance(value, dict) for value in item.values()):
        return item
    flat: Cells = {}
    _flatten(item, "", flat, _DEPTH)
    return flat


def _flatten(item: Cells, prefix: str, flat: Cells, depth: int) -> None:
    for name, value in item.items():
        if isinstance(value, dict) and value and depth:
            _flatten(value, f"{prefix}{name}.", flat, depth - 1)
        else:
            flat[prefix + name] = value
