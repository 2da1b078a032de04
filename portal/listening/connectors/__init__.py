"""One file for each channel that is listened to, and the register of those that may load."""

from portal.listening.connectors.app_store.connector import AppStore
from portal.listening.connectors.bluesky import Bluesky
from portal.listening.connectors.contract import Connector, UndeclaredRules, check_caps
from portal.listening.connectors.discourse import Discourse
from portal.listening.connectors.feeds import Feeds
from portal.listening.connectors.flickr.connector import Flickr
from portal.listening.connectors.github import GitHub
from portal.listening.connectors.google_play.connector import GooglePlay
from portal.listening.connectors.hackernews import HackerNews
from portal.listening.connectors.linkedin.connector import LinkedIn
from portal.listening.connectors.mail.connector import AlertMail
from portal.listening.connectors.mastodon import Mastodon
from portal.listening.connectors.meta.facebook import FacebookPage
from portal.listening.connectors.meta.instagram import Instagram
from portal.listening.connectors.meta.threads import Threads
from portal.listening.connectors.reddit.connector import Reddit
from portal.listening.connectors.stackexchange import StackExchange
from portal.listening.connectors.trustpilot.connector import Trustpilot
from portal.listening.connectors.tumblr.connector import Tumblr
from portal.listening.connectors.webhook import Webhook
from portal.listening.connectors.webmention import Webmention
from portal.listening.connectors.x.connector import X
from portal.listening.connectors.yelp.connector import Yelp
from portal.listening.connectors.youtube.connector import YouTube

__all__ = ["UndeclaredRules", "connector_for", "known_connectors", "register"]

_connectors: dict[str, Connector] = {}


def register(connector: Connector) -> None:
    """Let a connector load.

    Raises:
        UndeclaredRules: one of its channel's rules is not declared.
        ValueError: another connector has its key.
    """
    check_caps(connector.key, connector.caps)
    if connector.key in _connectors:
        raise ValueError(f"Two connectors are called {connector.key!r}.")
    _connectors[connector.key] = connector


def connector_for(key: str) -> Connector:
    """The connector of a channel.

    Raises:
        KeyError: no such connector is loaded.
    """
    return _connectors[key]


def known_connectors() -> tuple[Connector, ...]:
    """Every connector that is loaded, in the order of loading."""
    return tuple(_connectors.values())


# One line for each channel, in the order in which the page offers them.
for _connector in (
    Feeds(),
    Webmention(),
    Bluesky(),
    Mastodon(),
    HackerNews(),
    YouTube(),
    GitHub(),
    StackExchange(),
    Discourse(),
    X(),
    Reddit(),
    FacebookPage(),
    Instagram(),
    Threads(),
    LinkedIn(),
    Tumblr(),
    Flickr(),
    GooglePlay(),
    AppStore(),
    Trustpilot(),
    Yelp(),
    AlertMail(),
    Webhook(),
):
    register(_connector)
