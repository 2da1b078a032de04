"""Whatever the order of its lines, an earlier record stands on the ledger by its dates."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Idea
from portal.ledger.services import bring_over, imports, rehearse

DAYS = [4, 2, None, 5, 1, 3]


def lines() -> list[bytes]:
    rows = [{"id": place, "title": f"Lamp {day or 'undated'}"} for place, day in enumerate(DAYS)]
    dated = [row | ({"created_at": f"2019-05-0{day}"} if day else {}) for row, day in zip(rows, DAYS, strict=True)]
    return [json.dumps(row).encode() for row in dated]


def titles() -> list[str]:
    return [title.removeprefix("Lamp ") for title in session().scalars(select(Idea.title).order_by(Idea.id))]


def test_the_oldest_goes_in_first_and_what_has_no_date_last(rosa: User) -> None:
    bad = [b"nothing", *lines(), b'{"id": 9, "title": "Lamp", "created_at": "2999-01-01"}', b"nothing"]

    brought = bring_over(bad, source="forum")

    assert titles() == ["1", "2", "3", "4", "5", "undated"]
    assert [number for number, _reason in brought.rejected] == [1, 8, 9]


def test_of_a_long_file_each_part_is_put_in_order_and_a_dry_run_counts_the_rest(
    app: Flask, rosa: User, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    monkeypatch.setattr(imports, "SORTED", 3)
    path = tmp_path / "forum.jsonl"
    path.write_bytes(b"\n".join(lines()))

    assert rehearse(lines(), source="forum").disordered == 2
    said = app.test_cli_runner().invoke(args=["ledger", "import", str(path), "--dry-run"]).output
    bring_over(lines(), source="forum")

    assert "  2 older than one that goes in before: sort the file by date, the oldest first\n" in said
    assert titles() == ["2", "4", "undated", "1", "3", "5"]
