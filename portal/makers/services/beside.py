"""A process that scores people beside the one that asks for it: a line of JSON for each chunk, until the end.

The first line holds the settings and the address of the database; each further one the ids of people. The answer to a
chunk says that it is done.
"""

import gc
import os
import sys

from pydantic_core import from_json

from portal.foundation import config
from portal.foundation.config import Settings
from portal.foundation.database import database
from portal.makers.services.rating import score_apart


def main() -> None:
    """Work until there is no more input, which is when whoever asks is done or gone."""
    # Whatever else is printed goes where faults go: the answers have their pipe to themselves.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    settings, address = from_json(sys.stdin.buffer.readline())
    config.use(Settings(**settings))
    database.bind(address)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
    for line in sys.stdin.buffer:
        score_apart(from_json(line))
        answers.write(b"true\n")


if __name__ == "__main__":
    main()
