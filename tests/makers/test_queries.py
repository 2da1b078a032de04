from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.models import Opinion, Person, PersonAuthor, Stage
from portal.makers.queries.acts import accounts_of, acts_of, bare_handle, brand_accounts, scoring_moment
from portal.makers.queries.evidence import Order, evidence_page, past, ranked, top_and_newest
from portal.makers.queries.people import COUNTED, PAGE, Tab, Wanted, people_page, person_rows, tab_counts
from portal.makers.scoring.bars import Contribution
from portal.makers.services import judge, move_to_stage
from tests.makers.heard import make_author, make_mention, make_person, person_of, place_and_score


def make_people(count, score=1, **given):
    session().add_all(Person(name=f"Maker {number}", score=score, **given) for number in range(count))
    session().commit()


def line(number, create=1.0, advise=0.0, lift=0.0):
    return Contribution(number, create, advise, lift, 2.0, 0.5, 1.0, 1.0, 1.0)


def test_a_fresh_record_is_read_as_of_now_and_an_archive_as_of_its_last_day(db):
    lena = make_author("lena")
    old = make_mention(lena, days=400)
    assert scoring_moment() == old.created_at

    make_mention(lena, days=2)
    assert abs(scoring_moment() - now()) < timedelta(minutes=1)


def test_a_mention_from_the_future_does_not_move_the_moment(db):
    make_mention(make_author("lena"), days=-90)

    assert abs(scoring_moment() - now()) < timedelta(minutes=1)


def test_the_accounts_of_a_person_speak_together(db):
    lena = make_author("Lena", followers=100, is_brand=True)
    make_mention(lena)
    place_and_score()
    person = person_of(lena)

    accounts = accounts_of([person.id])[person.id]

    assert (accounts.followers, accounts.is_brand, accounts.is_bot) == (100, True, False)
    assert (accounts.handles, accounts.pairs) == ({"lena"}, [("forum", "Lena")])
    assert brand_accounts() == ({lena.id}, {"lena"})


def test_what_several_accounts_said_comes_in_the_order_in_which_it_was_said(db):
    lena, other, between = make_author("lena"), make_author("lena2"), make_author("ben")
    said = [make_mention(who, days=days) for days, who in ((9, lena), (8, other), (7, between), (6, other), (5, lena))]
    place_and_score()
    one, stranger = person_of(lena), person_of(between)
    session().execute(update(PersonAuthor).where(PersonAuthor.author_id == other.id).values(person_id=one.id))
    accounts = accounts_of([one.id, stranger.id])

    found = {person: [act.id for act in acts] for person, acts in acts_of(accounts, at=now(), brand=(set(), set()))}

    assert found == {one.id: [said[n].id for n in (0, 1, 3, 4)], stranger.id: [said[2].id]}


def test_handles_are_compared_without_case_accents_and_the_at_sign():
    assert bare_handle("@Zoë") == bare_handle("zoe")


def test_equal_scores_are_paged_without_loss_or_repeat(db):
    make_people(PAGE * 2 + 3)

    seen, after = [], None
    for _page in range(3):
        page = people_page(Wanted(), after=after)
        seen += [person.id for person in page.people]
        after = page.after

    assert after is None
    assert len(seen) == len(set(seen)) == PAGE * 2 + 3


def test_a_row_holds_the_newest_score_without_its_contributions(db):
    lena = make_author("lena", followers=7)
    make_mention(lena, kind="video", text="How I wired it")
    place_and_score(now() - timedelta(days=3))
    make_mention(lena)
    place_and_score()

    (row,) = person_rows([person_of(lena)])

    assert row.score.day == now().date()
    assert (row.channels, row.followers) == (["forum"], 7)
    assert row.quotes[0].words == "How I wired it"
    with pytest.raises(Exception, match="contributions"):
        _loaded = row.score.contributions


def test_the_parts_of_the_list_are_counted(db, sam):
    make_people(3)
    make_people(2, score=0)
    make_people(2, later_until=now() + timedelta(days=3))
    make_people(1, later_until=now() - timedelta(days=3))
    make_people(1, stage=Stage.BOT), make_people(1, stage=Stage.OBJECTED)

    counts = tab_counts()

    assert counts[Tab.LIKELY] == len(people_page(Wanted()).people) == 4
    assert counts[Tab.LATER] == len(people_page(Wanted(tab=Tab.LATER)).people) == 2
    assert counts[Tab.LEFT_OUT] == 2
    assert counts[Tab.SHORTLISTED] == 0


def test_counting_stops_at_a_thousand(db):
    make_people(COUNTED + 5)

    assert tab_counts()[Tab.LIKELY] == COUNTED


def test_contributions_are_ranked_by_what_is_asked_for():
    lines = [line(1, create=3, lift=None), line(2, create=1, advise=1, lift=0.5), line(3, create=5, lift=-0.2)]

    assert [one.mention_id for one in ranked(lines)] == [3, 1, 2]
    assert [one.mention_id for one in ranked(lines, Order.ADVISE)] == [2]
    assert [one.mention_id for one in ranked(lines, Order.LOVE)] == [2, 3]


def test_the_strongest_and_the_newest_come_together(db):
    lena = make_author("lena")
    old, new = make_mention(lena, days=900, kind="video"), make_mention(lena)

    top, newest, held_since = top_and_newest([lena.id], [line(new.id)])

    assert [one.mention.id for one in top] == [new.id]
    assert [(one.mention.id, one.contribution is None) for one in newest] == [(new.id, False), (old.id, True)]
    assert held_since == max(old.first_seen_at, new.first_seen_at)


def test_a_mention_that_was_removed_leaves_its_line_out(db):
    lena = make_author("lena")
    there = make_mention(lena)

    page = evidence_page([lena.id], [line(there.id), line(there.id + 999)], Order.POINTS)

    assert [one.mention.id for one in page.items] == [there.id]


def test_the_past_tells_verdicts_and_moves_with_who_made_them(db, sam):
    lena = make_person("lena")
    judge(lena, Opinion.FIT, "good", sam)
    session().commit()
    move_to_stage(lena, Stage.INVITED, by=None)
    session().commit()

    told = [(one.verb, one.value, one.by) for one in past(lena)]

    assert sorted(told, key=str) == [
        ("judged", "fit", "Sam Okafor"),
        ("moved", "invited", None),
        ("moved", "shortlisted", "Sam Okafor"),
    ]
