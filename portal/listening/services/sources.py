"""Where is listened: sources that are added, changed, paused and removed."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import CheckResult, Connector
from portal.listening.models import Health, Push, Source
from portal.listening.services.credentials import seal, unseal
from portal.listening.services.handing_on import hand_on, take_over
from portal.listening.services.turns import make_context


class SourceRefused(Refusal):
    """This cannot be listened to."""


def check_source(
    connector: str,
    settings: Mapping[str, str],
    *,
    known_secrets: str | None = None,
    known_settings: Mapping[str, str] | None = None,
    words: tuple[str, ...] = (),
) -> CheckResult:
    """Ask the other side once whether a source would work; touches no database.

    Args:
        connector: the channel's key.
        settings: everything that was filled in, secrets too; a secret that is left empty is the known one.
        known_secrets, known_settings: the sealed secrets of a source that stands already, and what else it is set to.
        words: what the trackers ask for.
    """
    known = connector_for(connector)
    plain, private = _parted(connector, settings)
    kept = unseal(known_secrets) if _is_same_place(known, plain, known_settings or {}) else {}
    private = {**kept, **{name: value for name, value in private.items() if value}}
    missing = [
        field.label
        for field in known.form_fields
        if field.required and not (private if field.secret else plain).get(field.name)
    ]
    if missing:
        return CheckResult(ok=False, sentence=_("Still missing: %(what)s.", what=", ".join(missing)))
    checked = known.check(replace(make_context(connector, plain, private, words=words)))
    return replace(checked, config={**plain, **checked.config}) if checked.ok else checked


def add_source(*, connector: str, settings: Mapping[str, str], name: str, keeps_all: bool, by: User | None) -> Source:
    """Listen to a checked place from now on; the first turn comes at once.

    Raises:
        SourceRefused: it is listened to already.
    """
    known = connector_for(connector)
    plain, private = _parted(connector, settings)
    address = known.address(plain)[:2000]
    _refuse_second(connector, address)
    source = Source(
        connector=connector,
        address=address,
        settings=plain,
        secrets=seal(private),
        usage={},
        state={},
        name=_name(name, known, plain),
        keeps_all=keeps_all,
        interval_s=known.caps.min_interval_s,
        push_token=secrets.token_urlsafe(24) if "webhook" in known.caps.modes else None,
        created_by_id=by.id if by else None,
    )
    session().add(source)
    session().flush()
    take_over(source)
    record("source.added", source, by=by, after={"address": address})
    return source


def change_source(source: Source, settings: Mapping[str, str], *, name: str, keeps_all: bool, by: User) -> None:
    """Give a source other settings; a secret that is left empty stays as it was, and it is asked at once.

    Raises:
        SourceRefused: another source listens there already.
    """
    plain, private = _parted(source.connector, settings)
    address = connector_for(source.connector).address(plain)[:2000]
    if address != source.address:
        _refuse_second(source.connector, address)
        # Another place has another beginning, and knows nothing of what the old one said.
        source.state = {}
        looked_up_by = connector_for(source.connector).caps.looks_up
        if plain.get(looked_up_by) != source.settings.get(looked_up_by):
            hand_on(source)
    given = {key: value for key, value in private.items() if value}
    if not _is_same_place(connector_for(source.connector), plain, source.settings):
        source.secrets = seal(given)
    elif given:
        source.secrets = seal({**unseal(source.secrets), **given})
    before = {"address": source.address, "name": source.name}
    source.address, source.settings = address, plain
    source.name = _name(name, connector_for(source.connector), plain)
    source.keeps_all = keeps_all
    record("source.changed", source, by=by, before=before, after={"address": address, "new_keys": bool(given)})
    if source.health is not Health.PAUSED:
        source.health, source.failures, source.last_error, source.next_due_at = Health.NEW, 0, None, now()


def pause_source(source: Source, *, by: User) -> None:
    """Stop asking until someone resumes."""
    if source.health is not Health.PAUSED:
        record("source.paused", source, by=by, before={"health": source.health.value})
        source.health = Health.PAUSED


def resume_source(source: Source, *, by: User) -> None:
    """Ask again, at once, with a clean slate of failures."""
    if source.health in {Health.PAUSED, Health.STOPPED}:
        record("source.resumed", source, by=by, before={"health": source.health.value})
        source.health = Health.NEW
        source.failures, source.last_error, source.next_due_at = 0, None, now()


def fetch_now(source: Source) -> None:
    """Give a source the next turn."""
    if source.health in {Health.PAUSED, Health.STOPPED}:
        raise SourceRefused(_("Resume this source first."))
    source.next_due_at = now()


def remove_source(source: Source, *, by: User) -> int | None:
    """Forget where it was, and its keys; what it brought stays for as many days as are given, None for no end."""
    record("source.removed", source, by=by, before={"address": source.address, "name": source.name})
    days = hand_on(source)
    session().execute(delete(Push).where(Push.source_id == source.id))
    session().delete(source)
    return days


def _is_same_place(connector: Connector, plain: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Whether the keys still go where they were given for; whoever names another server must write them in again."""
    names = [field.name for field in connector.fields if field.kind == "url"]
    return all(_origin(plain.get(name, "")) == _origin(known.get(name, "")) for name in names)


def _name(said: str, connector: Connector, settings: Mapping[str, str]) -> str:
    """The name that somebody gave, else what is listened to."""
    return (" ".join(said.split()) or connector.place(settings) or _(connector.caps.channel_name))[:120]


def _origin(address: str) -> tuple[str, str]:
    scheme, _slashes, rest = (address if "://" in address else f"https://{address}").partition("://")
    return scheme.lower(), re.split(r"[/?#\\]", rest, maxsplit=1)[0].lower()


def _refuse_second(connector: str, address: str) -> None:
    known = session().scalars(select(Source.id).where(Source.connector == connector, Source.address == address))
    if known.first() is not None:
        raise SourceRefused(_("This address is listened to already."))


def _parted(connector: str, settings: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The plain and the secret part of what was filled in; what the channel does not ask for is left out."""
    fields = connector_for(connector).form_fields
    plain = {
        field.name: settings.get(field.name, "").strip() or (field.default if field.required else "")
        for field in fields
        if not field.secret
    }
    private = {field.name: settings.get(field.name, "").strip() for field in fields if field.secret}
    return plain, private
