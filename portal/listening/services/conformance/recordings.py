"""Recorded answers in files: plain bodies, JSON Lines, raw HTTP answers, cassettes; alone or in folders."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

MAX_FILE_BYTES = 64 << 20
_NOT_RECORDED = {"readme.md", "readme", "readme.txt", "index.csv", "license", "license.txt"}
_NOT_RECORDED_SUFFIXES = {".md", ".py", ".csv", ".pyc"}
# Where the microformats tests say that their pages stand.
_PAGE = "http://example.com/"
_INPUT, _OUTPUT = ("payload", "raw", "input"), ("expected", "expect", "mention")


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded answer.

    Attributes:
        place: the file's path, and where in it.
        expected: what the file itself says should come out, by our names; None where it says nothing.
    """

    path: Path
    place: str
    body: bytes
    content_type: str = ""
    url: str = ""
    expected: Any = None


def recordings(paths: Iterable[Path]) -> Iterator[Recording]:
    """Every recorded answer in these files and folders, in the order of their names.

    Raises:
        OSError: a path that was named cannot be read.
    """
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and _is_recording(inner):
                    yield from _in_file(inner)
        else:
            yield from _in_file(path)


def _is_recording(path: Path) -> bool:
    if path.name.lower() in _NOT_RECORDED or path.suffix.lower() in _NOT_RECORDED_SUFFIXES:
        return False
    # JSON beside a page of the same name is what the page should be read as.
    return not (path.suffix == ".json" and path.with_suffix(".html").exists()) and not path.name.startswith(".")


def _in_file(path: Path) -> Iterator[Recording]:
    with path.open("rb") as file:
        body = file.read(MAX_FILE_BYTES)
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body)
    if body[:5] == b"HTTP/":
        head, _blank, rest = _split_answer(body)
        yield Recording(path, str(path), rest, content_type=head.get("content-type", ""), url=_url(path))
        return
    kind = _kind(path, body)
    if kind != "application/json":
        said = _said_headers(body) if kind == "application/xml" else {}
        # A feed that does not say where it stood has no address that its relative links would mean.
        there = urljoin(_url(path), said["content-location"]) if "content-location" in said else ""
        url = _PAGE if kind == "text/html" else there if kind == "application/xml" else _url(path)
        yield Recording(path, str(path), body, content_type=kind, url=url)
        return
    yield from _in_json(path, body)


def _said_headers(body: bytes) -> dict[str, str]:
    """The headers that a feed's own comment says it was sent with, one a line."""
    comment = body[:8192].partition(b"-->")[0].decode("latin-1")
    found = re.findall(r"^\s*Header:[ \t]*([\w-]+):[ \t]*(.*?)\s*$", comment, re.MULTILINE)
    return {name.lower(): value for name, value in found}


def _in_json(path: Path, body: bytes) -> Iterator[Recording]:
    kind = "application/json"
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        lines = [line for line in body.splitlines() if line.strip()]
        if len(lines) > 1 and all(line.lstrip()[:1] in {b"{", b"["} for line in lines):
            for number, line in enumerate(lines, 1):
                yield Recording(path, f"{path}:{number}", line, kind, _url(path))
        else:
            yield Recording(path, str(path), body, kind, _url(path))
        return
    if _is_cassette(document):
        for number, answer in enumerate(document, 1):
            status = answer.get("status")
            if isinstance(status, int) and 200 <= status < 300:
                inner = answer.get("body")
                yield Recording(path, f"{path} answer {number}", _as_bytes(inner), kind, str(answer.get("url") or ""))
        return
    given = _pair(document)
    if given:
        yield Recording(path, str(path), _as_bytes(given[0]), kind, _url(path), expected=given[1])
    else:
        yield Recording(path, str(path), body, kind, _url(path))


def _url(path: Path) -> str:
    return f"https://recorded.example/{quote(path.name)}"


def _is_cassette(document: Any) -> bool:
    return (
        isinstance(document, list)
        and bool(document)
        and all(isinstance(answer, dict) and {"url", "status", "body"} <= set(answer) for answer in document)
    )


def _pair(document: Any) -> tuple[Any, Any] | None:
    if not isinstance(document, dict) or len(document) > 6:
        return None
    given = next((document[name] for name in _INPUT if name in document), None)
    wanted = next((document[name] for name in _OUTPUT if name in document), None)
    return (given, wanted) if given is not None and isinstance(wanted, dict | list) else None


def _as_bytes(value: Any) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


def _kind(path: Path, body: bytes) -> str:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    if start[:1] in {b"{", b"["}:
        return "application/json"
    if path.suffix.lower() in {".html", ".htm"} or b"<html" in start or b"<!doctype html" in start:
        return "text/html"
    return "application/xml" if start[:1] == b"<" else ""


def _split_answer(body: bytes) -> tuple[dict[str, str], bytes, bytes]:
    blank = b"\r\n\r\n" if b"\r\n\r\n" in body[:65536] else b"\n\n"
    head, found, rest = body.partition(blank)
    named = {}
    for line in head.decode("latin-1").splitlines()[1:]:
        name, _colon, value = line.partition(":")
        named[name.strip().lower()] = value.strip()
    return named, found, rest


def _unpacked(body: bytes) -> bytes:
    try:
        return gzip.decompress(body)[:MAX_FILE_BYTES]
    except (OSError, EOFError):
        return body
