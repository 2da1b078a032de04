"""Webmention (https://www.w3.org/TR/webmention/): pages that say they link to us, believed once they are fetched."""

from portal.listening.connectors.webmention.connector import Webmention

__all__ = ["Webmention"]
