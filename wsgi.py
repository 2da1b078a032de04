"""The application as gunicorn and the command line find it."""

import gc

from portal.app import create_app

app = create_app()
# What was loaded until here stays until the end: the collector need not go through it again and again, nor look so
# often at what every request leaves behind.
gc.freeze()
gc.set_threshold(10_000)
