"""Settings: every bad one is named, and stops the start."""

import stat

import pytest

from portal.foundation.config import BadSettings, load_settings

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


def test_every_setting_stands_in_the_readme_with_its_default():
    from portal.foundation.config import ROOT, Settings

    readme = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in Settings.model_fields if f"`{name}`" not in readme] == []
