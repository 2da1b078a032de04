"""Alerts that arrive by mail, such as those of Google Alerts."""
