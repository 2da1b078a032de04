"""Bluesky: search with a session, or the public stream of all posts (https://docs.bsky.app, atproto lexicons)."""

from portal.listening.connectors.bluesky.connector import Bluesky

__all__ = ["Bluesky"]
