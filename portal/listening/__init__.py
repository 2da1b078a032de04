"""Trackers, sources, connectors and the public mentions they bring."""
