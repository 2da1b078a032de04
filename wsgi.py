"""The application as gunicorn and the command line find it."""

from portal.app import create_app

app = create_app()
