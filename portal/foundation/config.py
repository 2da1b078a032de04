"""Every setting, where it comes from, and the refusal to start on a bad one."""

import difflib
import os
import secrets
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from portal.foundation.clock import BusinessHours, check_holidays

ROOT = Path(__file__).resolve().parents[2]
_FAMILIES = ("HEARD_", "MAIL_")
# Names that speak to the scripts in bin/ and to the tests, not to the portal.
_OTHERS = {"HEARD_SETTINGS", "HEARD_BROWSER", "HEARD_DATA", "HEARD_TEST_WORKERS", "HEARD_SAVE_MATRIX"}
_PLACEHOLDERS = {"changeme", "change-me", "secret", "dev", "development", "test", "password", "placeholder"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BadSettings(ValueError):
    """The portal cannot start like this; the message names each setting and what to do."""


class Settings(BaseModel):
    """The settings of one portal; each is read from the environment or from one TOML file, in capitals."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)

    SECRET_KEY: str = Field(min_length=32, description="At least 32 random characters; signs cookies and links.")
    BASE_URL: str = Field(
        "http://127.0.0.1:8000", description="The address people see; every link in a mail starts with it."
    )
    DATABASE_URL: str = Field(
        "", description="`sqlite:///…` or `postgresql://…`; empty means a SQLite file in the data folder."
    )
    DATA_FOLDER: Path = Field(ROOT / "data", description="Where the database file, the job queue and uploads live.")
    FILE_STORE: str = Field(
        "", description="Where pictures live: `s3://bucket/folder` and the like; empty means the data folder."
    )
    COMPANY_NAME: str = Field("Our company", max_length=80, description="The brand, as members know it.")
    COMPANY_ACCENT: str = Field(
        "",
        pattern=r"^(#[0-9a-fA-F]{6})?$",
        description="The one colour of the brand on the pages, such as `#7a1f3d`; its contrast is corrected by itself.",
    )
    COMPANY_ADDRESS: str = Field(
        "", max_length=300, description="Postal address, shown at the foot of mails and on the legal page."
    )
    TIME_ZONE: str = Field("UTC", description="The company's own zone, such as `Europe/Berlin`.")
    BUSINESS_HOURS: str = Field(
        "Mon-Fri 09:00-17:00", description="When the company answers; `;` between rules, `,` between spans."
    )
    CLOSED_DAYS: str = Field("", description="Dates on which nobody answers, such as `2026-12-25, 2027-01-01`.")
    HOLIDAYS: str = Field(
        "", description="Whose public holidays are closed too: a country such as `DE` or a region such as `DE-BY`."
    )
    ACKNOWLEDGE_HOURS: int = Field(
        8, ge=1, le=200, description="First promise: working hours until a suggestion is acknowledged."
    )
    DECIDE_DAYS: int = Field(
        14, ge=1, le=365, description="Second promise: calendar days until it ends in an action or an explanation."
    )
    FORGET_DAYS: int = Field(
        30,
        ge=0,
        le=3650,
        description="Days until words and names of people nobody judged or contacted are forgotten; 0 means never.",
    )
    PUBLIC_LEDGER: bool = Field(False, description="Whether anyone may read the ledger without signing in.")
    WITNESS_ADDRESS: str = Field(
        "", description="Who gets the newest hashes of the ledger each day, so that nobody can cut off its end unseen."
    )
    ADMIN_EMAIL: str = Field(
        "admin@example.com", description="Whose sign-in link `bin/run` prints; made an admin at first."
    )
    MAIL_SERVER: str = Field(
        "", description="SMTP host; empty means that nothing is sent and mails wait in the outbox."
    )
    MAIL_PORT: int = Field(587, ge=1, le=65535, description="SMTP port.")
    MAIL_USERNAME: str = Field("", description="SMTP user, if the server asks for one.")
    MAIL_PASSWORD: str = Field("", description="SMTP password.")
    MAIL_USE_TLS: bool = Field(True, description="STARTTLS before anything is said.")
    MAIL_USE_SSL: bool = Field(False, description="TLS from the first byte (port 465).")
    MAIL_SENDER: str = Field("", description="The address that mails come from; needed with MAIL_SERVER.")
    MAIL_TIMEOUT: int = Field(20, ge=1, le=300, description="Seconds to wait in each step of an SMTP exchange.")
    OWN_ACCOUNTS: str = Field(
        "",
        description="Accounts of the brand and its staff, with commas: `x:lumen`, or `lumen` on every channel. "
        "They are never ranked or invited.",
    )
    TRUSTED_HOSTS: str = Field(
        "", description="Further host names the portal answers to, with commas; the base address always counts."
    )
    PROXIES: int = Field(
        0, ge=0, le=5, description="How many reverse proxies stand in front (for the visitor's address)."
    )
    RATE_LIMITS: str = Field(
        "memory://", description="Where rate limits are counted; `redis://…` when several machines serve."
    )
    QUEUE_URL: str = Field(
        "", description="Where jobs are queued: `redis://…` or `postgresql://…`; empty means beside the database."
    )
    FETCH_ALLOW_LOOPBACK: bool = Field(
        False, description="For development only: lets feeds be fetched from this machine."
    )
    CREDENTIALS_KEYS: str = Field(
        "",
        description="Secrets that the sources' keys are encrypted with, with commas: the first writes, all read; "
        "empty means SECRET_KEY.",
    )
    CHANNEL_ADDRESSES: str = Field(
        "", description="Other addresses of a channel's API, such as `github.api=https://github.example/api/v3`."
    )
    DEMO: bool = Field(False, description="Marks the portal as a demonstration with invented people.")

    @field_validator("SECRET_KEY")
    @classmethod
    def _secret_is_real(cls, value: str) -> str:
        if value.lower() in _PLACEHOLDERS or len(set(value)) < 8:
            raise ValueError(
                "is a placeholder; make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"
            )
        return value

    @field_validator("BASE_URL")
    @classmethod
    def _base_is_safe(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("must be like https://heard.example.com")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
            raise ValueError("must be https outside this machine")
        return value.rstrip("/")

    @field_validator("DATABASE_URL")
    @classmethod
    def _database_is_known(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("TIME_ZONE")
    @classmethod
    def _zone_is_known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as problem:
            raise ValueError(f"'{value}' is not a time zone such as Europe/Berlin") from problem
        return value

    @model_validator(mode="after")
    def _parts_fit(self) -> "Settings":
        self.hours  # noqa: B018 - reading it checks it
        if self.MAIL_SERVER and "@" not in self.MAIL_SENDER:
            raise ValueError("MAIL_SENDER: an address such as community@example.com is needed with MAIL_SERVER")
        if self.MAIL_USE_TLS and self.MAIL_USE_SSL:
            raise ValueError("MAIL_USE_TLS and MAIL_USE_SSL: switch on one of the two")
        return self

    @property
    def database_url(self) -> str:
        """The database address, with the default filled in."""
        return self.DATABASE_URL or f"sqlite:///{self.DATA_FOLDER / 'heard.sqlite3'}"

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.TIME_ZONE)

    @property
    def hours(self) -> BusinessHours:
        """The company's business hours.

        Raises:
            ValueError: the words of BUSINESS_HOURS or CLOSED_DAYS cannot be read.
        """
        days = (day.strip() for day in self.CLOSED_DAYS.split(","))
        try:
            closed = frozenset(date.fromisoformat(day) for day in days if day)
        except ValueError as problem:
            raise ValueError(f"CLOSED_DAYS: {problem}; write 2026-12-25, 2027-01-01") from problem
        try:
            check_holidays(self.HOLIDAYS)
        except ValueError as problem:
            raise ValueError(f"HOLIDAYS: {problem}") from problem
        try:
            return BusinessHours.parse(self.BUSINESS_HOURS, self.zone, closed, self.HOLIDAYS)
        except ValueError as problem:
            raise ValueError(f"BUSINESS_HOURS: {problem}") from problem

    @property
    def credentials_keys(self) -> tuple[str, ...]:
        """What encrypts the keys of sources: the first for writing, all of them for reading."""
        named = tuple(key.strip() for key in self.CREDENTIALS_KEYS.split(",") if key.strip())
        return named or (self.SECRET_KEY,)

    @property
    def channel_addresses(self) -> dict[str, str]:
        """Addresses that stand in for a channel's own, by `channel.name`."""
        pairs = (pair.partition("=") for pair in self.CHANNEL_ADDRESSES.split())
        return {name: address for name, _equals, address in pairs if address}

    @property
    def is_https(self) -> bool:
        """Whether people reach the portal over TLS."""
        return self.BASE_URL.startswith("https://")

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is set."""
        return bool(self.MAIL_SERVER)


_current: list[Settings] = []


def use(settings: Settings) -> None:
    """Make these the settings of this process."""
    _current[:] = [settings]


def current() -> Settings:
    """The settings of this process."""
    return _current[0]


def address(path: str) -> str:
    """The full address of a path, from the configured base and never from a request."""
    return current().BASE_URL + path


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment over the file named by HEARD_SETTINGS (or `heard.toml` beside the README).

    Raises:
        BadSettings: a setting is unknown, missing or bad; the message names every one.
    """
    environ = os.environ if environ is None else environ
    known = set(Settings.model_fields)
    named = environ.get("HEARD_SETTINGS")
    path = Path(named) if named else ROOT / "heard.toml"
    values: dict[str, Any] = {}
    if path.exists():
        try:
            values = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise BadSettings(f"{path.name} cannot be read: {problem}") from problem
    elif named:
        raise BadSettings(f"HEARD_SETTINGS names {named}, and there is no such file.")
    strangers = [name for name in values if name not in known]
    strangers += [name for name in environ if name.startswith(_FAMILIES) and name not in known and name not in _OTHERS]
    values |= {name: environ[name] for name in known & set(environ) if environ[name] != ""}
    problems = [_stranger(name, known) for name in strangers]
    values = {name: value for name, value in values.items() if name in known}
    if "SECRET_KEY" not in values:
        values["SECRET_KEY"] = _own_secret(Path(values.get("DATA_FOLDER", ROOT / "data")))
    try:
        settings = Settings(**values)
    except ValidationError as refused:
        problems += [_problem(error) for error in refused.errors()]
    if problems:
        raise BadSettings("The portal cannot start:\n" + "\n".join(f"  - {line}" for line in problems))
    return settings


def _own_secret(folder: Path) -> str:
    """The secret this machine made for itself on its first start, readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()


def _stranger(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name.upper(), known, 1)
    return f"{name} is not a setting" + (f"; did you mean {close[0]}?" if close else ".")


def _problem(error: Any) -> str:
    words = str(error["msg"]).removeprefix("Value error, ")
    name = ".".join(str(part) for part in error["loc"])
    return f"{name}: {words}" if name else words
