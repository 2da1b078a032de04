"""The group that the commands of the ledger belong to."""

from flask.cli import AppGroup

commands = AppGroup("ledger", help="Suggestions and the answers to them.")
