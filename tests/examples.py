"""How many random cases a law is held against: few with every run, ten thousand when somebody asks for them.

bin/test --hypothesis-profile=ten-thousand tests/ledger/test_laws.py tests/ledger/test_clocks.py
"""

from hypothesis import settings

MANY = "ten-thousand"
settings.register_profile(MANY, max_examples=10_000, deadline=None)


def examples(few: int) -> int:
    """So many random cases; ten thousand under the profile of that name."""
    return 10_000 if settings.get_current_profile_name() == MANY else few
