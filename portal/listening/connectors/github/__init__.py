"""GitHub: issues, discussions and, by webhook, comments."""

from portal.listening.connectors.github.connector import GitHub

__all__ = ["GitHub"]
