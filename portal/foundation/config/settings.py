"""Every setting, what it may be, and what follows from it."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from portal.foundation.clock import BusinessHours, read_days, read_place
from portal.foundation.config.values import (
    LOOPBACK,
    ROOT,
    check_base,
    check_channels,
    check_database,
    check_hosts,
    check_secret,
    is_address,
    is_here,
    starts_with,
)


class Settings(BaseModel):
    """The settings of one portal; each is read from the environment or from one TOML file, in capitals."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, str_strip_whitespace=True)

    SECRET_KEY: str = Field(
        min_length=32,
        description="At least 32 random characters; signs cookies and links. Keep it for good: objections are stored "
        "as hashes keyed by it.",
    )
    BASE_URL: str = Field(
        "http://127.0.0.1:8000", description="The address people see; every link in a mail starts with it."
    )
    LISTEN_PORT: int = Field(
        0,
        ge=0,
        le=65535,
        description="The port of this machine to listen on; 0 means that of a local BASE_URL, or 8000.",
    )
    WEB_CONCURRENCY: int = Field(2, ge=1, le=64, description="How many web processes answer.")
    DATABASE_URL: str = Field(
        "", description="`sqlite:///…` or `postgresql://…`; empty means a SQLite file in the data folder."
    )
    DATA_FOLDER: Path = Field(ROOT / "data", description="Where the database file, the job queue and uploads live.")
    FILE_STORE: str = Field(
        "",
        description="Where pictures and other files live: `s3://bucket/folder` and the like; "
        "empty means the data folder.",
    )
    COMPANY_NAME: str = Field("Our company", min_length=1, max_length=80, description="The brand, as members know it.")
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
    CLOSED_DAYS: str = Field(
        "", description="Days on which nobody answers, such as `2026-12-24..2027-01-01, 2027-05-28`."
    )
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
    MAIL_REPLY_TO: str = Field(
        "", description="The address that replies go to, which somebody reads; empty means MAIL_SENDER."
    )
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
        "memory://",
        description="Where rate limits are counted: by each web process for itself, or for all in `redis://…`.",
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
        "empty means `SECRET_KEY`.",
    )
    CHANNEL_ADDRESSES: str = Field(
        "", description="Other addresses of a channel's API, such as `github.api=https://github.example/api/v3`."
    )
    DEMO: bool = Field(False, description="Marks the portal as a demonstration with invented people.")

    _secret = field_validator("SECRET_KEY")(check_secret)
    _base = field_validator("BASE_URL")(check_base)
    _database = field_validator("DATABASE_URL")(check_database)
    _hosts = field_validator("TRUSTED_HOSTS")(check_hosts)
    _channels = field_validator("CHANNEL_ADDRESSES")(check_channels)

    @model_validator(mode="before")
    @classmethod
    def _port_is_seen(cls, values: Any) -> Any:
        """Where nothing stands in front, people come by the port that the portal listens on."""
        port, base = str(values.get("LISTEN_PORT") or "0"), str(values.get("BASE_URL") or "http://127.0.0.1")
        if not port.isdigit() or not int(port) or not is_here(base) or str(values.get("PROXIES") or "0") != "0":
            return values
        return {**values, "BASE_URL": f"http://{urlsplit(base).hostname}:{port}"}

    @field_validator("DATA_FOLDER")
    @classmethod
    def _folder_is_one(cls, value: Path) -> Path:
        # The same folder wherever a command is typed.
        return ROOT / value.expanduser()

    @field_validator("ADMIN_EMAIL", "MAIL_SENDER", "MAIL_REPLY_TO", "WITNESS_ADDRESS")
    @classmethod
    def _address_is_one(cls, value: str) -> str:
        if value and not is_address(value):
            raise ValueError(f"'{value}' is not a mail address such as community@example.com")
        return value

    @field_validator("COMPANY_NAME")
    @classmethod
    def _name_is_a_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("must be one line of plain letters; mails carry it in their headers")
        return value

    @field_validator("RATE_LIMITS")
    @classmethod
    def _counter_is_known(cls, value: str) -> str:
        return starts_with(value, ("memory://", "redis://", "rediss://"))

    @field_validator("FILE_STORE")
    @classmethod
    def _store_is_known(cls, value: str) -> str:
        return starts_with(value, ("s3://", "gs://", "az://", "https://", "file://", "/"))

    @field_validator("QUEUE_URL")
    @classmethod
    def _queue_is_known(cls, value: str) -> str:
        return starts_with(value, ("redis://", "rediss://", "postgresql://"))

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
        if self.MAIL_SERVER and not self.MAIL_SENDER:
            raise ValueError("MAIL_SENDER: an address such as community@example.com is needed with MAIL_SERVER")
        if self.MAIL_USE_TLS and self.MAIL_USE_SSL:
            raise ValueError("MAIL_USE_TLS and MAIL_USE_SSL: switch on one of the two")
        return self

    @property
    def port(self) -> int:
        """Where the portal listens on this machine."""
        return self.LISTEN_PORT or (urlsplit(self.BASE_URL).port if is_here(self.BASE_URL) else None) or 8000

    @property
    def hosts(self) -> list[str]:
        """The host names that the portal answers to."""
        name = urlsplit(self.BASE_URL).hostname or "localhost"
        # On one's own machine one types either name.
        here = LOOPBACK[:2] if name in LOOPBACK else ()
        others = (part.strip() for part in self.TRUSTED_HOSTS.split(","))
        return [*dict.fromkeys([name, *here, *filter(None, others)])]

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
        try:
            closed = read_days(self.CLOSED_DAYS)
        except ValueError as problem:
            raise ValueError(f"CLOSED_DAYS: {problem}") from problem
        try:
            place = read_place(self.HOLIDAYS)
        except ValueError as problem:
            raise ValueError(f"HOLIDAYS: {problem}") from problem
        try:
            return BusinessHours.parse(self.BUSINESS_HOURS, self.zone, closed, place)
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
