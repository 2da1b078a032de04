"""What somebody reported and what came of it stands on a page of theirs, and says nothing of anybody else."""

from sqlalchemy import update

from portal.community.services import take_seat
from portal.foundation.database import session
from portal.ledger.services import comment
from portal.moderation.models import Concern, Report
from portal.moderation.queries import reported_by, reports
from portal.moderation.services import appeal, approve, remove, report, settle_appeal
from tests.factories import here, make_circle, make_idea


def test_the_page_says_what_came_of_each_report_and_nothing_of_anybody(sign_in, maya, omar, rosa, sam, ada, queries):
    idea = make_idea(proposed_by=maya, owner=rosa, title="A warm lamp")
    out = make_idea(proposed_by=maya, owner=rosa, title="SECRET lamp")
    said, kept = (comment(idea, body=words, by=maya) for words in ("SECRET offer", "SECRET but fine"))
    for words in (idea, out, said, kept):
        report(words, concern=Concern.ADVERTISING, by=omar, why="They sell it.")
    decision = remove(out, reason="SECRET reason.", note="SECRET note", by=sam)
    remove(said, reason="SECRET reason.", by=sam)
    approve(kept, by=sam)
    session().commit()
    reader, other = sign_in(omar), sign_in(rosa)
    queries.clear()

    page = reader.get("/reports").text

    assert len(queries) <= 12
    assert [page.count(words) for words in ("waits for a look", "it was taken out", "it stays")] == [1, 2, 1]
    assert (page.count("A warm lamp"), page.count("out of your sight"), page.count("They sell it.")) == (3, 1, 4)
    assert not any(words in page for words in ("SECRET", "Maya", "Sam Okafor"))
    assert "You reported nothing" in other.get("/reports").text
    assert "Someone will look at it." in reader.get(f"/ideas/{idea.id}/reports/new").text
    assert "it stays." in reader.get(f"/comments/{kept.id}/reports/new").text
    # What is put back stands again.
    settle_appeal(appeal(here(decision), words="Why?", by=here(maya)), is_upheld=True, answer="", by=here(ada))
    session().commit()
    assert "SECRET lamp" in reader.get("/reports").text


def test_nothing_of_a_circle_that_one_has_left(maya, omar, rosa, sam):
    circle = make_circle(maya, omar, rosa, sam)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    report(inside, concern=Concern.OTHER, by=omar)
    assert [one.circle_id for one in reported_by(omar)] == [circle.id]

    take_seat(circle, omar, by=omar)

    assert reported_by(omar) == []


def test_reports_stand_newest_first_with_no_title_that_went_out(monkeypatch, maya, omar, rosa, sam, ada, queries):
    idea, out = (make_idea(proposed_by=maya, owner=rosa, title=title) for title in ("A warm lamp", "SECRET lamp"))
    said = comment(out, body="Mine.", by=omar)
    for words in (idea, said, out):
        report(words, concern=Concern.OTHER, by=sam)
    report(said, concern=Concern.OTHER, by=rosa)
    remove(out, reason="Out.", by=ada)
    session().execute(update(Report).where(Report.comment_id == said.id).values(words="Written anew."))
    session().commit()
    session().expunge_all()
    reader, other = here(sam), here(rosa)
    queries.clear()

    found = reported_by(reader)

    # Whoever decides still reads beside what it was said.
    assert [(one.kind, one.title) for one in found] == [
        ("idea", ""),
        ("comment", "SECRET lamp"),
        ("idea", "A warm lamp"),
    ]
    # What they may see, and the reports.
    assert len(queries) == 2
    assert [one.title for one in reported_by(other)] == [""]
    monkeypatch.setattr(reports, "SHOWN", 1)
    assert [one.is_out for one in reported_by(reader)] == [True]
    assert reported_by(reader, numbers=[found[2].report.id]) == found[2:]
