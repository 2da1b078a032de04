"""The tests of the portal."""

import gc
import sys

# Nothing is thrown away while everything is loaded; the collector begins when all tests are known (conftest.py). What
# is measured borrows from here too, and is measured as it runs.
if "pytest" in sys.modules:
    gc.disable()
