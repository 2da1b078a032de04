"""The tests of the portal."""

import gc

# Nothing is thrown away while everything is loaded; the collector begins when all tests are known (conftest.py).
gc.disable()
