"""The keys of sources: sealed, opened by any key that is set, told to nobody."""

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.database import session
from portal.listening.models import Source
from portal.listening.services import add_source
from portal.listening.services.credentials import CredentialsLost, reseal, seal, unseal
from tests.conftest import settings_for_tests


@pytest.fixture(autouse=True)
def _settings():
    config.use(settings_for_tests())


def test_what_is_sealed_opens_again_and_shows_nothing():
    sealed = seal({"token": "hush-hush", "empty": ""})

    assert sealed is not None
    assert "hush" not in sealed
    assert unseal(sealed) == {"token": "hush-hush"}
    assert sealed != seal({"token": "hush-hush"})


def test_nothing_needs_no_seal():
    assert seal({"token": ""}) is None
    assert unseal(None) == {}


def test_a_new_key_writes_and_an_old_one_still_reads():
    old, new = "the-old-key-of-the-sources", "the-new-key-of-the-sources"
    config.use(settings_for_tests(CREDENTIALS_KEYS=old))
    sealed = seal({"token": "hush"})

    config.use(settings_for_tests(CREDENTIALS_KEYS=f"{new}, {old}"))
    again = reseal(sealed)
    assert unseal(sealed) == unseal(again) == {"token": "hush"}

    config.use(settings_for_tests(CREDENTIALS_KEYS=new))
    assert unseal(again) == {"token": "hush"}
    with pytest.raises(CredentialsLost):
        unseal(sealed)


def test_the_command_gives_every_source_a_new_seal(app, sam):
    config.use(settings_for_tests(CREDENTIALS_KEYS="the-old-key-of-the-sources"))
    add_source(connector="github", settings={"token": "hush"}, name="G", keeps_all=True, by=sam)
    session().commit()

    config.use(settings_for_tests(CREDENTIALS_KEYS="the-new-key-of-the-sources, the-old-key-of-the-sources"))
    told = app.test_cli_runner().invoke(args=["listening", "reseal"])

    assert told.output == "1 source has a new seal.\n"
    config.use(settings_for_tests(CREDENTIALS_KEYS="the-new-key-of-the-sources"))
    session().expire_all()
    assert unseal(session().scalars(select(Source.secrets)).one()) == {"token": "hush"}
