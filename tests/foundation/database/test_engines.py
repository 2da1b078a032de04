"""Connections as each kind of process has them."""

import pytest

from portal.foundation.database import engines


def test_only_who_serves_pages_reads_the_file_where_the_system_keeps_it(tmp_path, monkeypatch: pytest.MonkeyPatch):
    address = f"sqlite:///{tmp_path / 'heard.sqlite3'}"

    def mapped() -> int:
        with engines.connect(address).connect() as connection:
            return connection.exec_driver_sql("PRAGMA mmap_size").scalar_one()

    monkeypatch.setattr(engines, "_mapped", 0)
    assert mapped() == 0
    engines.map_files()
    assert mapped() > 1_000_000_000
