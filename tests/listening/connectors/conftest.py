"""Documents are read in this process here, as large runs read them: a process for each costs more than its test.

That process, and what it may do, is held in tests/listening/test_parsing.py, with a document of each kind.
"""

from collections.abc import Iterator

import pytest

from portal.listening.parsing import parse_here


@pytest.fixture(autouse=True)
def _parse_here() -> Iterator[None]:
    with parse_here():
        yield
