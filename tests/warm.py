"""What every process of ours would load or work out anew, done once, in the parent that they are forked from."""

import gc

gc.disable()

import alembic.command  # noqa: E402, F401 - loaded, no more
import huey  # noqa: E402, F401 - loaded, no more
import psycopg  # noqa: E402, F401 - loaded, no more

import portal.app  # noqa: E402, F401 - loaded, no more
from portal.listening.signals import read  # noqa: E402 - only now

# The words of the tone and the cues, and the model of languages, take longer to put together than a command to run.
read("The lamp on my desk hums. Is that normal?")
read("La lampe sur mon bureau fait du bruit.")
gc.freeze()
gc.enable()
