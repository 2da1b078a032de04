"""Settings: every bad one is named, and stops the start."""

import stat

import pytest

from portal.app import create_app
from portal.foundation.config import ROOT, BadSettings, Settings, load_settings, reading
from tests.conftest import settings_for_tests

SECRET = "0123456789abcdef0123456789abcdef"


def load(tmp_path, **environ):
    return load_settings({"SECRET_KEY": SECRET, "DATA_FOLDER": str(tmp_path), **environ})


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "heard.toml"
    file.write_text('COMPANY_NAME = "File"\nACKNOWLEDGE_HOURS = 4\n')

    settings = load(tmp_path, HEARD_SETTINGS=str(file), COMPANY_NAME="Environment")

    assert (settings.COMPANY_NAME, settings.ACKNOWLEDGE_HOURS) == ("Environment", 4)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"MAIL_SEVER": "smtp.example.com"}, "MAIL_SEVER is not a setting; did you mean MAIL_SERVER?"),
        ({"HEARD_COLOUR": "red"}, "HEARD_COLOUR is not a setting"),
        ({"MAIL_PORT": "many"}, "MAIL_PORT"),
        ({"MAIL_SERVER": "smtp.example.com"}, "MAIL_SENDER"),
        ({"MAIL_USE_TLS": "true", "MAIL_USE_SSL": "true"}, "MAIL_USE_TLS and MAIL_USE_SSL"),
        ({"BASE_URL": "http://heard.example.com"}, "BASE_URL: must be https outside this machine"),
        ({"BASE_URL": "https://heard.example.com/portal"}, "BASE_URL"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL: must start with sqlite:/// or postgresql://"),
        ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE"),
        ({"BUSINESS_HOURS": "whenever"}, "BUSINESS_HOURS"),
        ({"CLOSED_DAYS": "Christmas"}, "CLOSED_DAYS"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 40}, "SECRET_KEY: is a placeholder"),
        ({"HEARD_SETTINGS": "/nowhere/heard.toml"}, "there is no such file"),
        ({"BASE_URL": "http://127.0.0.1:many"}, "BASE_URL: must be like"),
        ({"BASE_URL": "https://ada:word@heard.example.com"}, "BASE_URL: must be like"),
        ({"LISTEN_PORT": "many"}, "LISTEN_PORT"),
        ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY"),
        ({"DATABASE_URL": "postgresql://host:port/heard"}, "DATABASE_URL: cannot be read"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL: names no file"),
        ({"COMPANY_NAM": "Lumen"}, "COMPANY_NAM is not a setting; did you mean COMPANY_NAME?"),
        ({"COMPANY_NAME": "Lumen\nBcc: all@example.org"}, "COMPANY_NAME: must be one line"),
        ({"ADMIN_EMAIL": "ada"}, "ADMIN_EMAIL: 'ada' is not a mail address"),
        ({"MAIL_SENDER": "Heard <heard@example.com>"}, "MAIL_SENDER: 'Heard"),
        ({"MAIL_REPLY_TO": "hello@"}, "MAIL_REPLY_TO: 'hello@"),
        ({"WITNESS_ADDRESS": "a@example.com, b@example.com"}, "WITNESS_ADDRESS"),
        ({"RATE_LIMITS": "memcached://x"}, "RATE_LIMITS: must start with memory:// or redis://"),
        ({"QUEUE_URL": "localhost:6379"}, "QUEUE_URL: must start with redis://"),
        (
            {"TRUSTED_HOSTS": "https://heard.example.com"},
            "TRUSTED_HOSTS: 'https://heard.example.com' is not a host name",
        ),
        ({"CHANNEL_ADDRESSES": "github.api"}, "CHANNEL_ADDRESSES: 'github.api' is not like"),
        ({"FILE_STORE": "buckets"}, "FILE_STORE: must start with"),
    ],
)
def test_a_bad_setting_names_itself(tmp_path, environ, words):
    with pytest.raises(BadSettings) as refused:
        load(tmp_path, **environ)

    assert words in str(refused.value)


def test_an_unknown_name_in_the_file_stops_the_start(tmp_path):
    file = tmp_path / "heard.toml"
    file.write_text('COMPANY = "Lumen"\n')

    with pytest.raises(BadSettings, match="COMPANY is not a setting"):
        load(tmp_path, HEARD_SETTINGS=str(file))


def test_several_faults_are_named_at_once(tmp_path):
    with pytest.raises(BadSettings) as refused:
        load(tmp_path, MAIL_PORT="0", TIME_ZONE="Nowhere")

    assert "MAIL_PORT" in str(refused.value)
    assert "TIME_ZONE" in str(refused.value)


def test_a_portal_without_a_secret_makes_its_own_and_keeps_it(tmp_path):
    first = load_settings({"DATA_FOLDER": str(tmp_path)})
    second = load_settings({"DATA_FOLDER": str(tmp_path)})

    assert first.SECRET_KEY == second.SECRET_KEY
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("environ", "port", "base"),
    [
        ({}, 8000, "http://127.0.0.1:8000"),
        ({"LISTEN_PORT": "8080"}, 8080, "http://127.0.0.1:8080"),
        ({"BASE_URL": "http://localhost:9000"}, 9000, "http://localhost:9000"),
        ({"BASE_URL": "http://localhost:9000", "LISTEN_PORT": "8080"}, 8080, "http://localhost:8080"),
        # What stands in front has an address of its own, whatever port it passes on to.
        ({"BASE_URL": "https://heard.example.com", "LISTEN_PORT": "8080"}, 8080, "https://heard.example.com"),
        ({"BASE_URL": "https://heard.example.com:8443"}, 8000, "https://heard.example.com:8443"),
        ({"BASE_URL": "http://localhost", "LISTEN_PORT": "8080", "PROXIES": "1"}, 8080, "http://localhost"),
    ],
)
def test_people_come_by_the_base_address_and_the_portal_listens_behind_it(tmp_path, environ, port, base):
    settings = load(tmp_path, **environ)

    assert (settings.port, settings.BASE_URL) == (port, base)


def test_on_this_machine_both_of_its_names_are_answered(tmp_path):
    here = load(tmp_path, TRUSTED_HOSTS="heard.test, ")
    elsewhere = load(tmp_path, BASE_URL="https://heard.example.com")

    assert here.hosts == ["127.0.0.1", "localhost", "heard.test"]
    assert elsewhere.hosts == ["heard.example.com"]


def test_a_folder_is_the_same_wherever_a_command_is_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = load_settings({"SECRET_KEY": SECRET, "DATA_FOLDER": "mine", "DATABASE_URL": "sqlite:///mine/heard.db"})

    assert settings.DATA_FOLDER == ROOT / "mine"
    assert settings.database_url == f"sqlite:///{ROOT}/mine/heard.db"


def test_an_empty_name_means_that_no_file_is_read(tmp_path, monkeypatch):
    (tmp_path / "heard.toml").write_text('COMPANY_NAME = "File"\n')
    monkeypatch.setattr(reading, "ROOT", tmp_path)

    assert load(tmp_path).COMPANY_NAME == "File"
    assert load(tmp_path, HEARD_SETTINGS="").COMPANY_NAME == "Our company"


def test_a_portal_that_shows_its_inside_does_not_start(monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")

    with pytest.raises(SystemExit, match="FLASK_DEBUG is on"):
        create_app(settings_for_tests())


def test_the_readme_says_of_each_setting_what_it_is_and_what_holds_without_it():
    rows = (line.strip("| ").split(" | ") for line in (ROOT / "README.md").read_text("utf-8").splitlines())
    said = {row[0].strip("`"): tuple(row[1:]) for row in rows if len(row) == 3 and row[0].startswith("`")}
    wanted = {name: (_default(name), field.description) for name, field in Settings.model_fields.items()}

    assert {name: words for name, words in said.items() if name.isupper()} == wanted


def _default(name: str) -> str:
    value = Settings.model_fields[name].default
    if name == "SECRET_KEY":
        return "made on first start, kept in the data folder"
    words = str(value).lower() if isinstance(value, bool) else str(value).removeprefix(f"{ROOT}/")
    return f"`{words}`" if words else "empty"


def test_a_data_folder_that_can_hold_nothing_is_named_with_what_mends_it(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("A file stands where the folder should.")
    said = f"DATA_FOLDER: nothing can be kept in {taken} .*chown -R"

    with pytest.raises(BadSettings, match=said):
        load_settings({"DATA_FOLDER": str(taken), "HEARD_SETTINGS": ""})
    with pytest.raises(SystemExit, match=said):
        create_app(settings_for_tests(DATA_FOLDER=taken, DATABASE_URL=""))
