"""A person's word on a reading: it wins, it is kept, it can be taken back."""

import pytest
from sqlalchemy import select

from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.listening.judgements import Judgement, Signal
from portal.listening.services import NothingToUndo, judge_reading, take_in, undo_judgement
from portal.listening.services.judging import NotAReading, judged_signals
from tests.listening.heard import make_draft, stored_mentions


@pytest.fixture
def mention(db):
    take_in([make_draft(text="I love this lamp, does it fit outside?")])
    return stored_mentions()[0]


def test_a_persons_word_wins_and_is_kept_with_who_and_when(mention, sam):
    revision = mention.author.revision

    row = judge_reading(mention, Signal.TONE, "negative", by=sam)
    judge_reading(mention, Signal.QUESTION, "no", by=sam)

    assert (mention.tone, mention.is_question) == (-0.5, False)
    assert judged_signals(mention) == {"tone", "question"}
    assert (row.was, row.value, row.judged_by_id, row.judged_at is not None) == ("positive", "negative", sam.id, True)
    assert mention.author.revision > revision
    assert [entry.verb for entry in session().scalars(select(AuditEntry))].count("reading.judged") == 2


def test_agreeing_changes_nothing_but_is_a_label(mention, sam):
    tone, revision = mention.tone, mention.author.revision

    judge_reading(mention, Signal.TONE, "positive", by=sam)

    assert (mention.tone, mention.author.revision) == (tone, revision)
    assert session().scalars(select(Judgement.value)).all() == ["positive"]


def test_a_judgement_taken_back_leaves_what_was_read(mention, sam):
    tone = mention.tone
    row = judge_reading(mention, Signal.TONE, "negative", by=sam)

    undo_judgement(row, by=sam)

    assert mention.tone == tone
    assert judged_signals(mention) == set()
    assert mention.marks["tone"]
    with pytest.raises(NothingToUndo):
        undo_judgement(row, by=sam)


def test_one_word_stands_for_each_signal(mention, sam):
    judge_reading(mention, Signal.SUGGESTION, "yes", by=sam)
    judge_reading(mention, Signal.SUGGESTION, "no", by=sam)

    standing = session().scalars(select(Judgement).where(Judgement.undone_at.is_(None))).all()
    assert [row.value for row in standing] == ["no"]
    assert not mention.is_suggestion


def test_who_thinks_twice_gets_back_what_was_read_and_not_their_first_word(mention, sam):
    tone = mention.tone
    judge_reading(mention, Signal.TONE, "negative", by=sam)
    second = judge_reading(mention, Signal.TONE, "neutral", by=sam)

    assert (mention.tone, second.was) == (0.0, "positive")
    undo_judgement(second, by=sam)
    assert (mention.tone, judged_signals(mention)) == (tone, set())
    judge_reading(mention, Signal.TONE, "negative", by=sam)
    judge_reading(mention, Signal.TONE, "positive", by=sam)
    assert mention.tone == tone


def test_a_word_that_is_no_reading_is_refused(mention, sam):
    with pytest.raises(NotAReading):
        judge_reading(mention, Signal.TONE, "yes", by=sam)
