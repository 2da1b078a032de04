"""Files by their names, in a folder or in an S3-compatible store."""

from functools import lru_cache
from typing import Any

import obstore
from obstore.store import LocalStore, from_url

from portal.foundation import config


def write_file(name: str, content: bytes) -> None:
    """Keep a file under this name."""
    obstore.put(_store(_place()), name, content)


def read_file(name: str) -> bytes | None:
    """The content of a file; None when there is none."""
    try:
        return bytes(obstore.get(_store(_place()), name).bytes())
    except FileNotFoundError:
        return None


def remove_file(name: str) -> None:
    """Remove a file; one that is gone already is no fault."""
    try:
        obstore.delete(_store(_place()), name)
    except FileNotFoundError:
        return


def _place() -> str:
    settings = config.current()
    return settings.FILE_STORE or str(settings.DATA_FOLDER / "files")


@lru_cache(maxsize=4)
def _store(place: str) -> Any:
    if "://" in place:
        # Keys and region come from the environment, as every tool for S3 reads them.
        return from_url(place)
    return LocalStore(place, mkdir=True)
