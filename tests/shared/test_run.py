"""The folder of a run: in memory where there is room, and gone when nobody is left who uses it."""

import fcntl
import tempfile
from pathlib import Path

from tests import run


def test_what_a_killed_run_has_left_goes_and_what_is_in_use_stays(tmp_path: Path) -> None:
    left, used, other = (tmp_path / name for name in ("heard-tests-left", "heard-tests-used", "somebody-elses"))
    for folder in (left, used, other):
        folder.mkdir()
        (folder / "alive.lock").touch()

    with (used / "alive.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run.clear_away(tmp_path)

    assert sorted(tmp_path.iterdir()) == [used, other]


def test_the_folder_of_this_run_is_held_by_a_process() -> None:
    folder = run.run_folder()

    run.clear_away(folder.parent)

    assert folder.exists()


def test_a_run_is_kept_in_memory_only_where_there_is_room(tmp_path: Path, monkeypatch) -> None:
    on_disk = Path(tempfile.gettempdir())
    monkeypatch.setattr(run, "_ROOM_NEEDED", 1)

    assert run.roomiest(tmp_path) == (tmp_path if Path("/proc/meminfo").exists() else on_disk)
    assert run.roomiest(tmp_path / "missing") == on_disk
    monkeypatch.setattr(run, "_ROOM_NEEDED", 1 << 60)
    assert run.roomiest(tmp_path) == on_disk
