"""What there is to see of an entry: files that were kept with it, and links that say where they lead."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from portal.foundation.storage import StoredFile
from portal.foundation.text import gettext as _


@dataclass(frozen=True)
class ProofFile:
    """A file of an entry: its name for people, and where and how it is kept."""

    name: str
    stored: StoredFile

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ProofFile":
        """As an entry keeps it."""
        rest = dict(row)
        return cls(rest.pop("name"), StoredFile(**rest))

    @property
    def row(self) -> dict[str, Any]:
        """As an entry keeps it."""
        return {"name": self.name, **asdict(self.stored)}

    @property
    def is_picture(self) -> bool:
        """Whether the page can show it."""
        return self.stored.width is not None

    def hashed_part(self) -> dict[str, object]:
        """What the hash of its entry covers: not its place in the store, which may be moved."""
        kept = self.stored
        return {"name": self.name, "media_type": kept.media_type, "size": kept.size, "sha256": kept.digest}


class LinkKind(StrEnum):
    """What a link leads to, as far as its address says."""

    ISSUE = "issue"
    CHANGE = "change"
    RELEASE = "release"
    PAGE = "page"


@dataclass(frozen=True)
class ProofLink:
    """Where a link leads, in words; read from its address alone, nothing is fetched."""

    kind: LinkKind
    label: str


_NAME = r"[A-Za-z0-9_.-]{1,100}"
_KEY = r"[A-Z][A-Z0-9_]{1,19}-[1-9][0-9]{0,8}"
_VERSION = r"[A-Za-z0-9_.+@-]{1,80}"
# GitLab puts a dash before its own words; a group may hold groups.
_REPOSITORY = rf"(?P<repository>{_NAME}(?:/{_NAME}){{1,5}}?)(?:/-)?"
_ISSUE = re.compile(rf"/{_REPOSITORY}/(?:issues|work_items)/(?P<number>[1-9][0-9]{{0,9}})/?$")
_CHANGE = re.compile(rf"/{_REPOSITORY}/(?:pull|pulls|merge_requests)/(?P<number>[1-9][0-9]{{0,9}})(?:/[a-z]+)?/?$")
_COMMIT = re.compile(rf"/{_REPOSITORY}/commit/(?P<number>[0-9a-f]{{7,64}})/?$")
_RELEASE = re.compile(rf"/{_REPOSITORY}/(?:releases/tag|releases|tags)/(?P<version>{_VERSION})/?$")
_JIRA = re.compile(rf"/browse/(?P<key>{_KEY})/?$")
_JIRA_CLOUD = re.compile(rf"/jira/.*/issues/(?P<key>{_KEY})/?$")
_LINEAR = re.compile(rf"/{_NAME}/issue/(?P<key>{_KEY})(?:/[^/]*)?/?$")
_PYPI = re.compile(rf"/project/(?P<name>{_NAME})/(?P<version>{_VERSION})/?$")
_NPM = re.compile(rf"/package/(?P<name>(?:@{_NAME}/)?{_NAME})/v/(?P<version>{_VERSION})/?$")
_NOTES = re.compile(r"/(?:changelog|release-notes|releases|whats-new)(?:/|\.[a-z]+|$)", re.IGNORECASE)
_HOSTS = {"github.com": "GitHub", "gitlab.com": "GitLab", "codeberg.org": "Codeberg", "bitbucket.org": "Bitbucket"}


def read_link(address: str) -> ProofLink:
    """What a proof's address leads to: an issue, a change or a release of the places people use, or any page.

    The shapes are those of the services' own pages: GitHub, GitLab, Forgejo, Jira (cloud and own host), Linear, PyPI
    and npm. A service is named by its whole host, so that no other host can pass for it.
    """
    try:
        parts = urlsplit(address)
        host, path = _plain(parts.hostname or ""), unquote(parts.path)
    except ValueError:
        return ProofLink(LinkKind.PAGE, address[:80])
    if host == "linear.app":
        if key := _LINEAR.match(path):
            return ProofLink(LinkKind.ISSUE, _("Linear issue %(key)s", key=key["key"]))
    elif name := _jira_key(host, path, parts.query):
        return ProofLink(LinkKind.ISSUE, _("Jira issue %(key)s", key=name))
    elif found := _in_repository(host, path) or _package(host, path):
        return found
    if _NOTES.search(path):
        return ProofLink(LinkKind.RELEASE, _("Release notes on %(host)s", host=host))
    return ProofLink(LinkKind.PAGE, _("See for yourself on %(host)s", host=host))


def _plain(host: str) -> str:
    """A host in the letters that a browser would show for one that looks like another."""
    try:
        return host.encode("idna").decode("ascii").removeprefix("www.")
    except UnicodeError:
        return host.encode("ascii", "replace").decode("ascii")


def _jira_key(host: str, path: str, query: str) -> str:
    found = _JIRA.search(path)
    if found is None and host.endswith(".atlassian.net"):
        found = _JIRA_CLOUD.match(path)
        chosen = parse_qs(query).get("selectedIssue", [""])[0]
        if found is None and re.fullmatch(_KEY, chosen):
            return chosen
    return found["key"] if found else ""


def _in_repository(host: str, path: str) -> ProofLink | None:
    known = _HOSTS.get(host)
    if found := _ISSUE.match(path):
        where = f"{found['repository']}#{found['number']}"
        if known:
            return ProofLink(LinkKind.ISSUE, _("%(service)s issue %(where)s", service=known, where=where))
        return ProofLink(LinkKind.ISSUE, _("Issue %(where)s on %(host)s", where=where, host=host))
    if found := _CHANGE.match(path):
        where = f"{found['repository']}#{found['number']}"
        if known:
            return ProofLink(LinkKind.CHANGE, _("%(service)s change %(where)s", service=known, where=where))
        return ProofLink(LinkKind.CHANGE, _("Change %(where)s on %(host)s", where=where, host=host))
    if found := _COMMIT.match(path):
        where = f"{found['repository']}@{found['number'][:7]}"
        return ProofLink(LinkKind.CHANGE, _("Change %(where)s on %(host)s", where=where, host=known or host))
    if found := _RELEASE.match(path):
        return ProofLink(LinkKind.RELEASE, _release(found["repository"], found["version"], known or host))
    return None


def _package(host: str, path: str) -> ProofLink | None:
    shape, place = {"pypi.org": (_PYPI, "PyPI"), "npmjs.com": (_NPM, "npm")}.get(host, (None, ""))
    found = shape.match(path) if shape else None
    return ProofLink(LinkKind.RELEASE, _release(found["name"], found["version"], place)) if found else None


def _release(name: str, version: str, place: str) -> str:
    return _("Release %(version)s of %(name)s on %(place)s", version=version, name=name, place=place)
