"""A run in several processes: what fails in one of them, or ends it, fails the run."""

import os
import subprocess
import sys
from pathlib import Path

from tests.spread import piece_of

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "test_good.py": "def test_it_stands(): print('quietly')\ndef test_it_stands_too(tmp_path): tmp_path.rmdir()\n",
    "test_bad.py": "def test_it_is_wrong():\n    print('these words')\n    assert 1 == 2\n",
    "test_torn.py": "import pytest\n@pytest.fixture\ndef house():\n    yield\n    raise OSError('the roof')\n"
    "def test_what_comes_after(house): pass\n",
    "test_dead.py": "import os\ndef test_it_dies(): os._exit(3)\ndef test_nobody_gets_here(): pass\n",
}


WORDS = ("-q", "-p", "tests.spread", "-p", "no:cacheprovider", "-c", "pytest.ini", "--processes", "2")


def test_what_fails_or_ends_in_another_process_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    for name, code in FILES.items():
        (tmp_path / name).write_text(code)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", *WORDS],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode == 1, done.stderr
    assert "2 failed, 3 passed, 1 error" in done.stdout
    for words in ("FAILED test_bad.py::test_it_is_wrong", "these words", "the roof", "this test ended with 3."):
        assert words in done.stdout
    assert "quietly" not in done.stdout


def test_where_there_are_few_processes_one_does_all_that_waits() -> None:
    pieces = {
        count: {
            piece_of(f"tests/{file}::test_it", count)
            for file in ("browser/test_events.py", "faults/test_killed_worker.py")
        }
        for count in (3, 4)
    }

    assert [len(pieces[count]) for count in (3, 4)] == [1, 2]
