"""Where settings come from, and the refusal to start on a bad one."""

import difflib
import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from portal.foundation.config.settings import Settings
from portal.foundation.config.values import ROOT

# Nobody else's names begin like this.
_FAMILIES = ("HEARD_", "MAIL_", "COMPANY_")
# Names that speak to the scripts in bin/ and to the tests, not to the portal.
_OTHERS = {"HEARD_SETTINGS", "HEARD_BROWSER", "HEARD_DATA", "HEARD_TEST_WORKERS", "HEARD_SAVE_MATRIX"}


class BadSettings(ValueError):
    """The portal cannot start like this; the message names each setting and what to do."""


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment over the file named by HEARD_SETTINGS (or `heard.toml` beside the README).

    An empty HEARD_SETTINGS means that there is no file.

    Raises:
        BadSettings: a setting is unknown, missing or bad; the message names every one.
    """
    environ = os.environ if environ is None else environ
    known = set(Settings.model_fields)
    values = _values_of_file(environ.get("HEARD_SETTINGS"))
    strangers = [name for name in values if name not in known]
    strangers += [name for name in environ if name.startswith(_FAMILIES) and name not in known and name not in _OTHERS]
    values |= {name: environ[name] for name in known & set(environ) if environ[name] != ""}
    problems = [_stranger(name, known) for name in strangers]
    values = {name: value for name, value in values.items() if name in known}
    if "SECRET_KEY" not in values:
        folder = ROOT / Path(values.get("DATA_FOLDER", "data")).expanduser()
        try:
            values["SECRET_KEY"] = _own_secret(folder)
        except OSError as problem:
            raise BadSettings(out_of_reach(folder, problem)) from problem
    try:
        settings = Settings(**values)
    except ValidationError as refused:
        problems += [_problem(error) for error in refused.errors()]
    if problems:
        raise BadSettings("The portal cannot start:\n" + "\n".join(f"  - {line}" for line in problems))
    return settings


def out_of_reach(folder: Path, problem: OSError) -> str:
    """What to do about a data folder that this user cannot keep anything in."""
    why = f"{problem.strerror}: {problem.filename}" if problem.filename else problem.strerror or str(problem)
    return (
        f"The portal cannot start:\n  - DATA_FOLDER: nothing can be kept in {folder} ({why}). "
        f"Name another folder, or let this user have it: sudo chown -R {os.getuid()} '{folder}'"
    )


def _values_of_file(named: str | None) -> dict[str, Any]:
    if named == "":
        return {}
    path = Path(named or ROOT / "heard.toml")
    if not path.is_file():
        if named:
            raise BadSettings(f"HEARD_SETTINGS names {named}, and there is no such file.")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSettings(f"{path.name} cannot be read: {problem}") from problem


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
