import pytest
from sqlalchemy import delete, func, select

from portal.consent.services import object_to_tracking
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.listening.models import Match, Tracker
from portal.makers.models import Opinion, Person, PersonAuthor, Score, Stage, Verdict
from portal.makers.scoring.bars import recompute
from portal.makers.services import judge, keep_notes, move_by_hand, move_to_stage, place_mentions, score_people
from tests.makers.heard import make_author, make_mention, make_person, person_of, place_and_score


def scores_of(person):
    return list(session().scalars(select(Score).where(Score.person_id == person.id)))


def moves_of(person):
    rows = select(AuditEntry).where(AuditEntry.subject_table == "person", AuditEntry.subject_id == person.id)
    return [entry for entry in session().scalars(rows.order_by(AuditEntry.id)) if entry.verb == "person.moved"]


def test_each_account_gets_one_person_however_often_it_is_placed(db):
    make_author("lena"), make_author("ben", name=" ")

    assert place_mentions() == 2
    assert place_mentions() == 0
    assert session().scalars(select(Person.name).order_by(Person.id)).all() == ["Lena", "ben"]
    assert session().scalar(select(func.count()).select_from(PersonAuthor)) == 2


def test_placing_goes_on_where_the_limit_stopped_it(db):
    for name in ("a", "b", "c"):
        make_author(name)

    assert [place_mentions(2), place_mentions(2), place_mentions(2)] == [2, 1, 0]


def test_an_account_that_lost_its_place_comes_back_to_the_same_person(db):
    author = make_author("lena")
    place_mentions()
    person = person_of(author)
    session().execute(delete(PersonAuthor))
    make_author("ben")

    assert place_mentions() == 2
    assert person_of(author) == person
    assert session().scalar(select(func.count()).select_from(Person)) == 2


def test_own_accounts_and_bots_start_where_they_are_not_ranked(db):
    make_author("brand", is_brand=True), make_author("robot", is_bot=True), make_author("quiet", muted_at=now())

    place_and_score()

    assert session().scalars(select(Person.stage).order_by(Person.id)).all() == [Stage.OWN_STAFF, Stage.BOT]
    assert session().scalar(select(func.count()).select_from(Score)) == 0


def test_whoever_is_one_of_us_no_longer_goes_back_to_where_they_stood(db, sam):
    first, later, by_hand = make_author("lumen", is_brand=True), make_author("lena"), make_author("ben")
    place_and_score()
    move_by_hand(person_of(later), Stage.SHORTLISTED, by=sam)
    move_by_hand(person_of(by_hand), Stage.OWN_STAFF, by=sam)
    for author, is_brand in ((later, True), (by_hand, True)):
        author.is_brand = is_brand
        make_mention(author)
    place_and_score()
    assert {person_of(each).stage for each in (first, later, by_hand)} == {Stage.OWN_STAFF}

    for author in (first, later, by_hand):
        author.is_brand = False
        make_mention(author)
    place_and_score()

    stages = [person_of(each).stage for each in (first, later, by_hand)]
    assert stages == [Stage.WATCHING, Stage.SHORTLISTED, Stage.OWN_STAFF]
    scored = select(Score.person_id)
    assert set(session().scalars(scored)) == {person_of(first).id, person_of(later).id}


def test_placing_takes_a_fixed_number_of_statements(db, queries):
    for number in range(12):
        make_author(f"maker{number}")
    queries.clear()

    place_mentions()

    assert len(queries) == 3


def test_a_person_is_scored_from_their_mentions(db):
    lena = make_author("lena", followers=900)
    make_mention(lena, kind="video", tone=0.5)
    make_mention(lena, days=40)

    assert place_and_score() == 1

    person = person_of(lena)
    (score,) = scores_of(person)
    assert person.score == score.total > 10
    assert score.mentions == len(score.contributions) == 2
    assert len(score.best) == 2
    assert score.reach == pytest.approx(0.4924, abs=0.001)


def test_nobody_is_scored_twice_without_something_new(db):
    lena, ben = make_author("lena"), make_author("ben")
    make_mention(lena), make_mention(ben)
    place_and_score()
    before = person_of(lena).score

    assert score_people() == 0
    make_mention(lena, kind="tutorial")
    assert place_and_score() == 1

    assert person_of(lena).score > before
    assert len(scores_of(person_of(lena))) == 1


def test_the_bars_can_be_made_again_from_what_is_stored(db):
    lena = make_author("lena", followers=50)
    for days in range(0, 400, 17):
        make_mention(lena, days=days, kind=("post", "photo", "reply")[days % 3], tone=(days % 7) / 7)
    place_and_score()

    (score,) = scores_of(person_of(lena))
    bars = recompute(score.contributions, reach=score.reach)

    assert bars == (score.create, score.persist, score.love, score.advise, score.reach)


def test_an_answer_to_a_strangers_question_is_seen_as_one(db):
    lena, ben = make_author("lena"), make_author("ben")
    asked = make_mention(ben, is_question=True, external_id="q1")
    make_mention(lena, kind="comment", parent_id=asked.external_id)
    make_mention(ben, kind="comment", parent_id=asked.external_id)
    place_and_score()

    (helper,) = scores_of(person_of(lena))
    (asker,) = scores_of(person_of(ben))

    assert [one[2] > 0 for one in helper.contributions] == [True]
    assert [one[2] > 0 for one in asker.contributions] == [False, False]


def test_a_reply_to_the_brand_is_no_advice(db):
    lena = make_author("lena")
    make_author("Lumen", is_brand=True)
    make_mention(lena, kind="reply", parent_author="@lumen")
    make_mention(lena, kind="reply", parent_author="@someone")
    place_and_score()

    (score,) = scores_of(person_of(lena))

    assert sorted(one[2] > 0 for one in score.contributions) == [False, True]


def test_what_no_tracker_found_counts_half_once_there_are_trackers(db):
    lena = make_author("lena")
    named, beside = make_mention(lena), make_mention(lena)
    tracker = Tracker(name="Lumen", query="lumen")
    session().add(tracker)
    session().flush()
    session().add(Match(mention_id=named.id, tracker_id=tracker.id, terms="lumen"))
    place_and_score()

    (score,) = scores_of(person_of(lena))

    assert {one[0]: one[6] for one in score.contributions} == {named.id: 1.0, beside.id: 0.5}


def test_an_old_archive_is_read_as_of_its_last_day(db):
    lena = make_author("lena")
    newest = make_mention(lena, days=2000)
    make_mention(lena, days=2100)
    place_and_score()

    (score,) = scores_of(person_of(lena))

    assert score.day == newest.created_at.date()
    assert score.mentions == 2


def test_what_has_faded_from_the_window_leaves_the_ranking(db):
    lena, ben = make_author("lena"), make_author("ben")
    make_mention(lena, days=1900), make_mention(ben)
    place_and_score()

    assert person_of(lena).score == 0
    assert scores_of(person_of(lena)) == []


def test_a_score_that_is_a_week_old_is_made_anew(db):
    person = make_person("lena")
    person.scored_at = now().replace(year=2020)
    session().commit()

    assert place_and_score() == 1
    assert place_and_score() == 0


def test_whoever_objected_to_tracking_is_not_scored_again(db, sam):
    person = make_person("lena")
    author = session().scalars(select(PersonAuthor.author_id)).one()
    object_to_tracking("forum", "Lena")
    session().get(type(make_author("x")), author).revision += 1
    session().commit()

    place_and_score()

    assert session().get(Person, person.id).stage is Stage.OBJECTED
    assert session().get(Person, person.id).score == 0
    assert moves_of(person)[-1].after == {"stage": "objected"}


def test_a_batch_of_people_takes_a_fixed_number_of_statements(db, queries):
    for number in range(25):
        make_mention(make_author(f"maker{number}"))
    place_mentions()
    queries.clear()

    assert score_people() == 25

    assert len([line for line in queries if not line.startswith("FETCH")]) <= 18


def test_a_fit_goes_to_the_shortlist_with_a_trace(db, sam):
    person = make_person("lena")

    verdict = judge(person, Opinion.FIT, "  makes   shades ", sam)
    session().commit()

    assert person.stage is Stage.SHORTLISTED
    assert (verdict.note, verdict.score_id) == ("makes shades", scores_of(person)[0].id)
    (move,) = moves_of(person)
    assert (move.by_id, move.before, move.after) == (
        sam.id,
        {"stage": "watching"},
        {"stage": "shortlisted", "why": "makes shades"},
    )


def test_a_later_verdict_wins_and_the_earlier_one_stays_as_a_label(db, sam):
    person = make_person("lena")

    judge(person, Opinion.FIT, "", sam)
    judge(person, Opinion.NOT_A_FIT, "a shop", sam)
    session().commit()

    assert person.stage is Stage.NOT_A_FIT
    assert session().scalar(select(func.count()).select_from(Verdict)) == 2


def test_later_keeps_watching_and_waits_a_month(db, sam):
    person = make_person("lena")

    judge(person, Opinion.LATER, "", sam)

    assert person.stage is Stage.WATCHING
    assert 29 <= (person.later_until - now()).days <= 30


def test_back_to_watching_undoes_each_verdict(db, sam):
    person = make_person("lena")

    for opinion in Opinion:
        judge(person, opinion, "", sam)
        move_to_stage(person, Stage.WATCHING, by=sam)
        assert (person.stage, person.later_until) == (Stage.WATCHING, None)


@pytest.mark.parametrize("stage", [Stage.OBJECTED, Stage.BOT, Stage.OWN_STAFF])
def test_nobody_judges_who_is_out_of_bounds(db, sam, stage):
    person = make_person("lena", stage=stage)

    with pytest.raises(Refusal, match="cannot be judged"):
        judge(person, Opinion.FIT, "", sam)


def test_whoever_was_invited_cannot_be_found_unfit_but_stays_invited(db, sam):
    person = make_person("lena", stage=Stage.INVITED)

    with pytest.raises(Refusal, match="invited already"):
        judge(person, Opinion.NOT_A_FIT, "", sam)
    judge(person, Opinion.FIT, "", sam)

    assert person.stage is Stage.INVITED


def test_staying_where_one_is_leaves_no_trace(db, sam):
    person = make_person("lena")

    move_to_stage(person, Stage.WATCHING, by=sam)
    session().commit()

    assert moves_of(person) == []


def test_whoever_objects_leaves_the_ranking(db):
    person = make_person("lena")

    move_to_stage(person, Stage.OBJECTED, by=None)

    assert person.score == 0


def test_notes_are_kept_and_the_audit_does_not_repeat_them(db, sam):
    person = make_person("lena")

    keep_notes(person, " met at the fair ", by=sam)
    session().commit()

    entry = session().scalars(select(AuditEntry).where(AuditEntry.verb == "person.noted")).one()
    assert person.notes == "met at the fair"
    assert entry.after == {"characters": 15}
