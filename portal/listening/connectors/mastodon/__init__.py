"""Mastodon: hashtag timelines, search, and streaming of one server (https://docs.joinmastodon.org/methods/)."""

from portal.listening.connectors.mastodon.connector import Mastodon

__all__ = ["Mastodon"]
