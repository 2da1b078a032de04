"""Suggestions, and every answer given to them."""
