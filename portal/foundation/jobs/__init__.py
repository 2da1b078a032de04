"""The worker and its timetable."""

from portal.foundation.jobs.beside import Beside
from portal.foundation.jobs.timetable import LANES, Sweep, finds_nothing, run_lane, sweep, until_done
from portal.foundation.jobs.worker import Worker

__all__ = ["LANES", "Beside", "Sweep", "Worker", "finds_nothing", "run_lane", "sweep", "until_done"]
