"""What there is to see of an entry: files on the record, and links that say where they lead."""

import hashlib
import json
import runpy
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.storage import BadFile, BadPicture, read_file
from portal.ledger.chain import export, verify, wrong_files
from portal.ledger.models import ActionStage, AnswerDraft, Progress, ResponseKind, read_link
from portal.ledger.services import (
    NothingNew,
    NothingToSee,
    TooMany,
    Typed,
    Upload,
    give,
    keep_answer_draft,
    proofs_kept,
    publish_drafts,
    record_progress,
    start_action,
)
from portal.ledger.services.proofs import file_name
from tests.conftest import settings_for_tests
from tests.factories import make_idea
from tests.pictures import photo

LINKS = {
    "https://github.com/lumen/lamp/issues/12": ("issue", "GitHub issue lumen/lamp#12"),
    "https://www.github.com/lumen/lamp/pull/7/files": ("change", "GitHub change lumen/lamp#7"),
    "https://github.com/lumen/lamp/commit/0a1b2c3d4e5f": ("change", "Change lumen/lamp@0a1b2c3 on GitHub"),
    "https://github.com/lumen/lamp/releases/tag/v2.1%2Bwarm": (
        "release",
        "Release v2.1+warm of lumen/lamp on GitHub",
    ),
    "https://gitlab.com/lumen/home/lamp/-/issues/3": ("issue", "GitLab issue lumen/home/lamp#3"),
    "https://git.lumen.example/home/lamp/issues/3": ("issue", "Issue home/lamp#3 on git.lumen.example"),
    "https://lumen.atlassian.net/browse/LAMP-42": ("issue", "Jira issue LAMP-42"),
    "https://lumen.atlassian.net/jira/software/projects/LAMP/boards/1?selectedIssue=LAMP-7": (
        "issue",
        "Jira issue LAMP-7",
    ),
    "https://jira.lumen.example/browse/LAMP-42?focusedId=1": ("issue", "Jira issue LAMP-42"),
    "https://linear.app/lumen/issue/LMP-9/warmer-light": ("issue", "Linear issue LMP-9"),
    "https://pypi.org/project/lumen/1.4.0/": ("release", "Release 1.4.0 of lumen on PyPI"),
    "https://www.npmjs.com/package/@lumen/lamp/v/3.0.1": ("release", "Release 3.0.1 of @lumen/lamp on npm"),
    "https://lumen.example/changelog#warm": ("release", "Release notes on lumen.example"),
    "https://lumen.example/shop/warm?q=1": ("page", "See for yourself on lumen.example"),
    # Whoever only looks like a known service is not called by its name.
    "https://github.com.evil.example/lumen/lamp/issues/1": ("issue", "Issue lumen/lamp#1 on github.com.evil.example"),
    "https://g\u0456thub.com/lumen/lamp/issues/1": ("issue", "Issue lumen/lamp#1 on xn--gthub-n2e.com"),
    "https://linear.app.evil.example/lumen/issue/LMP-9": ("page", "See for yourself on linear.app.evil.example"),
    "https://github.com/lumen/lamp/issues/\u202e12": ("page", "See for yourself on github.com"),
    "http://[": ("page", "http://["),
}


@pytest.fixture(autouse=True)
def folder(db: str, tmp_path: Path) -> Path:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    return tmp_path / "files"


def shade() -> Upload:
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    return Upload("shade.JPG", BytesIO(photo(exif=exif)))


def pdf(words: bytes = b"%PDF-1.7 the report", name: str = "report.pdf") -> Upload:
    return Upload(name, BytesIO(words))


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_link_says_where_it_leads_and_cannot_pass_for_another() -> None:
    assert {address: (read_link(address).kind.value, read_link(address).label) for address in LINKS} == LINKS


def test_an_entry_carries_its_files_and_its_hash_covers_them(rosa: User, folder: Path) -> None:
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
    with proofs_kept([shade(), pdf()]) as files:
        entry = record_progress(action, stage=ActionStage.DONE, words="Out.", by=rosa, files=files)
    session().commit()
    session().expire_all()

    picture, report = session().get_one(Progress, entry.id).proof_files
    assert (picture.name, picture.is_picture, report.name, report.is_picture) == (
        "shade.webp", True, "report.pdf", False,
    )  # fmt: skip
    kept = read_file(picture.stored.path) or b""
    assert (b"SECRET" in kept, Image.open(BytesIO(kept)).size) == (False, (60, 40))
    part = list(export())[-1]["part"]
    assert isinstance(part, dict)
    assert [file["sha256"] for file in part["files"]] == [
        hashlib.sha256(content).hexdigest() for content in (kept, b"%PDF-1.7 the report")
    ]
    assert verify().broken is None
    check = runpy.run_path(str(config.ROOT / "docs" / "verify_ledger.py"))["check"]
    assert check([json.dumps(link) for link in export()])[1]
    with proofs_kept([shade(), pdf()]) as again, pytest.raises(NothingNew):
        record_progress(action, stage=ActionStage.DONE, words="Out.", by=rosa, files=again)


def test_a_file_that_was_changed_or_is_gone_is_named(app: Flask, rosa: User, folder: Path) -> None:
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
    with proofs_kept([pdf(), pdf(b"%PDF-1.4 plan", "plan.pdf")]) as files:
        entry = record_progress(action, stage=ActionStage.DONE, words="Out.", by=rosa, files=files)
    session().commit()
    command = ["ledger", "verify", "--files"]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0

    (folder / files[0].stored.path).write_bytes(b"%PDF-1.7 another report")
    (folder / files[1].stored.path).unlink()

    name = f"Progress entry {entry.id} (of action {action.id})"
    changed, gone = "its file “report.pdf” was changed.", "its file “plan.pdf” is gone."
    assert list(wrong_files()) == [f"{name}: {changed}", f"{name}: {gone}"]
    ended = app.test_cli_runner().invoke(args=command)
    assert (ended.exit_code, "report.pdf" in ended.stderr) == (1, True)
    assert app.test_cli_runner().invoke(args=["ledger", "verify"]).exit_code == 0


def test_what_is_refused_leaves_no_file_behind(rosa: User, folder: Path) -> None:
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)

    with pytest.raises(NothingToSee), proofs_kept([shade(), pdf()]) as files:
        record_progress(action, stage=ActionStage.DROPPED, words="", by=rosa, files=files)
    with pytest.raises(TooMany), proofs_kept([pdf()] * 5):
        pytest.fail("they were taken")
    with pytest.raises(BadPicture), proofs_kept([pdf(), Upload("x.png", BytesIO(b"<svg/>"))]):
        pytest.fail("they were taken")

    assert stored(folder) == []


def archive(**parts: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, words in parts.items():
            made.writestr(name.replace("__", "/"), words)
    return target.getvalue()


def test_only_files_that_are_read_are_taken_and_only_as_what_they_are(folder: Path) -> None:
    sheet = {"[Content_Types].xml": "<Types/>", "xl__workbook.xml": "<w/>"}
    fine = {
        "plan.odt": archive(mimetype="application/vnd.oasis.opendocument.text"),
        "counts.xlsx": archive(**sheet),
        "counts.csv": b"lamp;3\n",
        "notes.TXT": "Wärmer".encode(),
    }
    with proofs_kept([Upload(name, BytesIO(content)) for name, content in fine.items()]) as files:
        assert [file.name for file in files] == ["plan.odt", "counts.xlsx", "counts.csv", "notes.txt"]
    wrong = {
        "page.html": b"<script>",
        "drawing.svg": b"<svg/>",
        "run.exe": b"MZ",
        "report": b"%PDF-1.7",
        "report.pdf": b"<html>",
        "notes.txt": b"\x00\xff\xfe",
        "empty.csv": b"",
        "macro.xlsx": archive(**sheet, **{"xl__vbaProject.bin": "x"}),
        "text.docx": archive(**sheet),
        "slides.odp": archive(mimetype="application/vnd.oasis.opendocument.text"),
        "broken.ods": b"PK\x03\x04 but no more",
        "large.pdf": b"%PDF-" + b"0" * 12 * 1024 * 1024,
    }
    for name, content in wrong.items():
        with pytest.raises(BadFile), proofs_kept([Upload(name, BytesIO(content))]):
            pass  # it is refused before anything could be done with the file
    assert len(stored(folder)) == len(fine)


def test_a_name_is_safe_to_show_and_to_save() -> None:
    assert file_name("C:\\plans\\..\\exe\u202efdp.report\n.pdf", is_picture=False) == "exefdp.report.pdf"
    assert file_name("/etc/" + "a" * 300 + ".csv", is_picture=False) == "a" * 100 + ".csv"
    assert file_name(".png", is_picture=True) == "png.webp"


@pytest.mark.parametrize("files", ["'[]'", "'null'"])
def test_the_database_takes_no_empty_list_for_a_proof(rosa: User, files: str) -> None:
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    values = f"{action.id}, 'done', '', '', {files}, {rosa.id}, '2026-01-01', 'a', 'b'"
    columns = "action_id, stage, words, proof_url, files, recorded_by_id, recorded_at, previous_hash, hash"

    with pytest.raises(DBAPIError, match="ck_progress_files_given"), session().begin_nested():
        session().execute(text(f"INSERT INTO progress ({columns}) VALUES ({values})"))


def test_files_wait_with_a_draft_and_go_where_it_goes(maya: User, omar: User, rosa: User, folder: Path) -> None:
    given: dict[str, Any] = {"title": "A warmer lamp", "stage": ActionStage.DONE, "words": "Out."}
    first, second = (make_idea(proposed_by=author, owner=rosa) for author in (maya, omar))
    with proofs_kept([shade(), pdf()]) as files:
        draft = keep_answer_draft(first, Typed(ResponseKind.ACTION, "Done.", **given, files=files), by=rosa)
    assert draft is not None
    assert (draft.problem, [file.name for file in draft.proof_files]) == ("", ["shade.webp", "report.pdf"])

    keep_answer_draft(first, Typed(ResponseKind.ACTION, "Done.", **given, files=files[:1]), by=rosa)
    assert not any(path.parent.name == "documents" for path in stored(folder))
    assert publish_drafts([session().query(AnswerDraft).one()], by=rosa)[1] == []
    assert [file.name for file in first.responses[0].action.progress[0].proof_files] == ["shade.webp"]  # type: ignore[union-attr]
    assert len(stored(folder)) == 2

    with proofs_kept([pdf()]) as files:
        keep_answer_draft(second, Typed(ResponseKind.ACTION, "Done.", **given, files=files), by=rosa)
    give(second, Typed(ResponseKind.EXPLANATION, "The resin would crack in the first hard frost."), by=rosa)
    assert len(stored(folder)) == 2
