"""What is stored with a name in it is read again for its tone when the names that are listened for change."""

from datetime import timedelta

from sqlalchemy import select

from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.judgements import ReadNames, Signal
from portal.listening.models import TrackerKind
from portal.listening.services import add_tracker, judge_reading, pause_tracker, rename_step, take_in
from portal.listening.services.renaming import SETTLED_AFTER
from tests.listening.heard import make_draft, stored_mentions


def settle() -> None:
    """What the worker's sweep does a while after a change."""
    rename_step()
    with pretend(now() + SETTLED_AFTER + timedelta(seconds=1)):
        while rename_step() is not None:
            # Each step reads a part; the last one finds nothing left.
            pass


def test_a_name_that_comes_or_goes_is_read_without_tone_or_with_it(db, sam):
    settle()
    take_in(
        [
            make_draft("1", text="There is a killer on my desk", lang="en", author="juno"),
            make_draft("2", text="A killer of a desk, awful", lang="en", author="omar"),
            make_draft("3", text="An awful desk", lang="en", author="maya"),
        ]
    )
    before = {mention.external_id: mention.tone for mention in stored_mentions()}
    judge_reading(next(one for one in stored_mentions() if one.external_id == "2"), Signal.TONE, "positive", by=sam)
    session().flush()
    revisions = {mention.external_id: mention.author.revision for mention in stored_mentions()}

    tracker = add_tracker(name="The Killer lamp", query="killer", by=sam, kind=TrackerKind.BRAND)
    session().flush()
    assert rename_step() is None
    settle()
    named = {mention.external_id: mention for mention in stored_mentions()}
    assert before["1"] < 0 == named["1"].tone
    assert "tone" not in (named["1"].marks or {})
    # What a person said stands, and what holds no such name was not touched.
    assert named["2"].tone > 0
    assert named["3"].tone == before["3"]
    assert named["1"].author.revision == revisions["1"] + 1
    assert named["3"].author.revision == revisions["3"]

    pause_tracker(tracker, by=sam)
    session().flush()
    settle()
    assert {mention.external_id: mention.tone for mention in stored_mentions()}["1"] == before["1"]
    assert session().scalars(select(ReadNames)).one().reread_to is None
    assert rename_step() is None


def test_a_name_that_changes_while_they_are_read_is_not_passed_by(db, sam):
    settle()
    take_in([make_draft("1", text="A killer and an awful one", lang="en")])
    add_tracker(name="Killer", query="killer", by=sam)
    session().flush()
    rename_step()
    add_tracker(name="Awful", query="awful", by=sam)
    session().flush()

    settle()

    assert stored_mentions()[0].tone == 0
    assert session().scalars(select(ReadNames)).one().changed == ["awful", "killer"]
