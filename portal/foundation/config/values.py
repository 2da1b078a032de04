"""What a setting may hold: each check says in words what is wrong."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parents[3]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PLACEHOLDERS = {"changeme", "change-me", "secret", "dev", "development", "test", "password", "placeholder"}
_ADDRESS = re.compile(r"^[^\s@<>(),;:\\\"\[\]]{1,64}@[A-Za-z0-9.-]{1,253}$")
_HOST = re.compile(r"^\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?$")


def is_address(words: str) -> bool:
    """Whether this is one plain mail address, without a name and without marks that would change an envelope."""
    return bool(_ADDRESS.match(words))


def is_here(base: str) -> bool:
    """Whether a base address is plain http on this machine."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def check_secret(value: str) -> str:
    """Refuse what somebody could guess."""
    if value.lower() in _PLACEHOLDERS or len(set(value)) < 8:
        raise ValueError("is a placeholder; make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'")
    return value


def check_base(value: str) -> str:
    """Refuse what is no address of a portal, and what everyone on the way could read."""
    try:
        parts = urlsplit(value)
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        is_whole = False
    if not is_whole or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("must be like https://heard.example.com")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("must be https outside this machine")
    return value.rstrip("/")


def check_database(value: str) -> str:
    """Refuse other databases; a file is named from the folder that the README lies in."""
    if not value:
        return value
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must start with sqlite:/// or postgresql://")
    try:
        url = make_url(value)
    except (ArgumentError, ValueError) as problem:
        raise ValueError("cannot be read; write postgresql://user:password@host/name") from problem
    if url.get_backend_name() != "sqlite":
        return value
    if not url.database or url.database == ":memory:":
        raise ValueError("names no file; write sqlite:////folder/heard.sqlite3")
    return url.set(database=str(ROOT / url.database)).render_as_string(hide_password=False)


def check_hosts(value: str) -> str:
    """Refuse what is no list of host names."""
    for name in (part.strip() for part in value.split(",")):
        if name and not _HOST.match(name):
            raise ValueError(f"'{name}' is not a host name such as heard.example.com")
    return value


def check_channels(value: str) -> str:
    """Refuse what is no list of names with addresses."""
    for pair in value.split():
        name, _equals, address = pair.partition("=")
        if not name or urlsplit(address).scheme not in {"http", "https", "ws", "wss"}:
            raise ValueError(f"'{pair}' is not like github.api=https://github.example/api/v3")
    return value


def starts_with(value: str, beginnings: tuple[str, ...]) -> str:
    """Refuse what begins otherwise; nothing at all is something."""
    if value and not value.startswith(beginnings):
        raise ValueError(f"must start with {' or '.join(beginnings)}")
    return value
