"""The application as gunicorn and the command line find it."""

import gc

from portal.app import create_app

app = create_app()
# What was loaded until here stays until the end: the collector need not go through it again and again.
gc.freeze()
