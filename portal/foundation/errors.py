"""The one family of errors that speak to people."""


class Refusal(Exception):
    """A rule said no; the message is a sentence for the person who asked."""
