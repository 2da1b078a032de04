"""Who said no: asked at intake, at the invitation and just before a mail leaves."""

import hashlib
import hmac
from collections.abc import Collection

from sqlalchemy import exists, select

from portal.accounts.services import BadAddress, clean_address
from portal.consent.models import Objection, Scope
from portal.foundation import config
from portal.foundation.database import session

# Asked with each batch that comes in, so it is built once.
_NOT_TRACKED = select(Objection.key_hash).where(Objection.scope == Scope.TRACK)


def may_contact(email: str) -> bool:
    """Whether nobody at this address said "never contact me"; False for what is no address at all.

    Asks by mailbox: a no from `maya+news@…` or from `maya@…` holds for every tag of that mailbox.
    """
    try:
        key = contact_key(email)
    except BadAddress:
        return False
    said_no = exists().where(Objection.scope == Scope.CONTACT, Objection.key_hash == key)
    return not session().scalar(select(said_no))


def objected_addresses(emails: Collection[str]) -> set[str]:
    """Those of the addresses that `may_contact` refuses, as they were given.

    One statement however many addresses; nothing is hashed while nobody has objected.
    """
    if not emails:
        return set()
    objected = set(session().scalars(select(Objection.key_hash).where(Objection.scope == Scope.CONTACT)))
    if not objected:
        return set()
    refused = {None, *objected}
    return {email for email in emails if _key_or_none(email) in refused}


def objected_accounts(accounts: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the (channel, handle) pairs that must not be tracked, as they were given.

    One statement however many accounts; nothing is hashed while nobody has objected.
    """
    if not accounts:
        return set()
    objected = set(session().scalars(_NOT_TRACKED))
    if not objected:
        return set()
    return {(channel, handle) for channel, handle in accounts if account_key(channel, handle) in objected}


def contact_key(email: str) -> str:
    """The keyed hash that stands for a mailbox; the tag after a plus is left out.

    Raises:
        BadAddress: the address cannot be one.
    """
    local, _, domain = clean_address(email).rpartition("@")
    return _keyed_hash(f"{local.partition('+')[0] or local}@{domain}")


def account_key(channel: str, handle: str) -> str:
    """The keyed hash that stands for one account on one channel, however its handle is written."""
    return _keyed_hash(f"{channel.strip().casefold()}:{handle.strip().lstrip('@').casefold()}")


def _key_or_none(email: str) -> str | None:
    try:
        return contact_key(email)
    except BadAddress:
        return None


def _keyed_hash(words: str) -> str:
    # A key of its own, so that these hashes say nothing about anything else the secret signs.
    secret = config.current().SECRET_KEY.encode()
    key = hmac.digest(secret, b"heard: objections and contact bases", hashlib.sha256)
    return hmac.digest(key, words.encode("utf-8", "replace"), hashlib.sha256).hex()
