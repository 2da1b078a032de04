"""Every way out is known: one fetcher, a named list of who uses it, and a test of closed addresses for each."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OPENERS = {"fetch", "listen_lines", "listen_messages"}
# Who asks the fetcher, and the test that tries every closed address there.
DOORS = {
    "listening/connectors/wire.py": "test_a_source_that_stands_reaches_none_either",
    "listening/connectors/feeds.py": "test_the_form_of_a_source_reaches_no_closed_address",
    "listening/connectors/feed_pages.py": "test_the_page_of_an_entry_that_is_looked_up_is_no_door",
    "listening/connectors/mastodon/connector.py": "test_a_hub_and_a_stream_reach_none",
    "listening/connectors/bluesky/connector.py": "test_a_hub_and_a_stream_reach_none",
    "listening/connectors/webmention/connector.py": "test_a_webmention_reaches_no_closed_address",
    "listening/services/pictures.py": "test_a_picture_reaches_no_closed_address",
}
# What can open a connection; beside each the parts that may, to an address that the operator set.
LINES = {
    "socket", "ssl", "http.client", "urllib.request", "urllib3", "httpx", "httpcore", "requests", "aiohttp", "asyncio",
    "websockets", "smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "xmlrpc.client", "socketserver",
}  # fmt: skip
OPERATORS_OWN = ("foundation/http/", "foundation/mail/", "serving.py")


def imported(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports, as (module, name); the name is empty where the module is taken whole."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


@functools.cache
def parts() -> dict[str, list[tuple[str, str]]]:
    """Every part of the portal, by its path, with all that it imports."""
    paths = sorted((ROOT / "portal").rglob("*.py"))
    return {path.relative_to(ROOT / "portal").as_posix(): list(imported(path)) for path in paths}


def test_whoever_uses_the_fetcher_is_on_the_list_and_its_door_is_tried():
    users, whole = set(), []
    for name, imports in parts().items():
        if name.startswith("foundation/http/"):
            continue
        for module, taken in imports:
            if module.startswith("portal.foundation.http") and taken in OPENERS:
                users.add(name)
            # Taken whole, it would hide what is used of it.
            if (module, taken) == ("portal.foundation", "http") or (
                module.startswith("portal.foundation.http.") and not taken
            ):
                whole.append(name)
    tried = (ROOT / "tests" / "listening" / "test_closed_addresses.py").read_text("utf-8")

    assert users == DOORS.keys()
    assert whole == []
    assert [test for test in DOORS.values() if f"def {test}(" not in tried] == []


def test_nothing_else_opens_a_connection():
    others = []
    for name, imports in parts().items():
        for module, _taken in imports:
            is_line = any(module == line or module.startswith(f"{line}.") for line in LINES)
            if is_line and not name.startswith(OPERATORS_OWN):
                others.append(f"{name}: {module}")

    assert others == []
