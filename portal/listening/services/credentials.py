"""The keys of sources, encrypted at rest: written once, opened only for a turn, never shown."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.foundation import config
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _


class CredentialsLost(Refusal):
    """The keys of a source were encrypted with a secret that is no longer set."""


def seal(credentials: Mapping[str, str]) -> str | None:
    """Encrypt the secret settings of one source, with the first of the keys that are set; None for none."""
    given = {name: value for name, value in credentials.items() if value}
    return _cipher().encrypt(json.dumps(given).encode()).decode() if given else None


def unseal(sealed: str | None) -> dict[str, str]:
    """What was sealed, under any of the keys that are set.

    Raises:
        CredentialsLost: none of them opens it.
    """
    if not sealed:
        return {}
    try:
        return {str(name): str(value) for name, value in json.loads(_cipher().decrypt(sealed.encode())).items()}
    except InvalidToken as problem:
        raise CredentialsLost(
            _("The stored keys cannot be read with today's secret. Write them in again, or set the old secret.")
        ) from problem


def reseal(sealed: str | None) -> str | None:
    """The same credentials under the first key, so that an old key can be taken away."""
    return seal(unseal(sealed))


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in config.current().credentials_keys])


def _key(secret: str) -> bytes:
    # The secret also signs cookies; a key of its own use is drawn from it (RFC 5869).
    return urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=b"heard source credentials").derive(secret.encode()))
