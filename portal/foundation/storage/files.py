"""Files by their names, in a folder or in an S3-compatible store."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import obstore
import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from portal.foundation import config
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _


class NotJustNow(Refusal):
    """Through no fault of the file: the disk is full, the folder closed, the store away, or drawing was stopped."""


def write_file(name: str, content: bytes) -> None:
    """Keep a file under this name.

    Raises:
        NotJustNow: it could not be kept, and nothing of it is left.
    """
    with _told_in_words(_("This file could not be kept just now. Nothing else is lost; send it again in a moment.")):
        obstore.put(_store(_place()), name, content)


def read_file(name: str) -> bytes | None:
    """The content of a file; None when there is none.

    Raises:
        NotJustNow: it could not be read.
    """
    with _told_in_words(_("This file cannot be read just now. Nothing is lost; try again in a moment.")):
        try:
            return bytes(obstore.get(_store(_place()), name).bytes())
        except FileNotFoundError:
            return None


def remove_file(name: str) -> None:
    """Remove a file; one that is gone already is no fault.

    Raises:
        NotJustNow: it could not be removed.
    """
    with _told_in_words(_("This file could not be taken away just now, so it is still here. Try again in a moment.")):
        try:
            obstore.delete(_store(_place()), name)
        except FileNotFoundError:
            return


@contextmanager
def _told_in_words(sentence: str) -> Iterator[None]:
    """Whatever is wrong with the store is written down for those who run it, and said in a sentence to people."""
    try:
        yield
    except (BaseError, OSError) as problem:
        # The first line names what failed and why; what follows it is how it is written in Rust.
        structlog.get_logger().error("files_out_of_reach", why=str(problem).partition("\n")[0][:300])
        raise NotJustNow(sentence) from problem


def _place() -> str:
    settings = config.current()
    return settings.FILE_STORE or str(settings.DATA_FOLDER / "files")


@lru_cache(maxsize=4)
def _store(place: str) -> Any:
    if "://" in place:
        # Keys and region come from the environment, as every tool for S3 reads them.
        return from_url(place)
    return LocalStore(place, mkdir=True)
