"""The application as gunicorn and the command line find it."""

import gc

# While everything is loaded nothing is thrown away, and to look for it takes a seventh of the time.
gc.disable()

from portal.app import create_app  # noqa: E402 - only now

app = create_app()
# What was loaded until here stays until the end: the collector need not go through it again and again, nor look so
# often at what every request leaves behind.
gc.freeze()
gc.set_threshold(10_000)
gc.enable()
