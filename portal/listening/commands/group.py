"""The one group of all commands of listening."""

from flask.cli import AppGroup

commands = AppGroup("listening", help="What is heard: read files of mentions, try the readings.")
