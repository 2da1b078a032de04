"""Channels whose terms forbid scoring people: nobody is scored there until a person says that it is allowed."""

import pytest
from sqlalchemy import select

from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.listening.models import MentionImport, Source
from portal.makers.models import Person, Score
from portal.makers.queries.channels import unscored_channels
from portal.makers.services import allow_scoring, claim_part, forbid_scoring, score_part
from portal.makers.services.weighing import InUseAlready
from tests.makers.heard import make_author, make_mention, person_of, place_and_score


def heard_on_x() -> dict[str, Person]:
    """One person heard on X alone, one there and on a forum, and one of X out of a file."""
    source = Source(connector="x", name="X", address="x", settings={})
    file = MentionImport(file_name="old.csv", key="k", path="nowhere.csv")
    session().add_all([source, file])
    session().flush()
    only, both, filed = (make_author(name, channel="x") for name in ("only", "both", "filed"))
    for author in (only, both):
        for day in range(3):
            make_mention(author, days=day + 1, source_id=source.id)
    make_mention(filed, import_id=file.id)
    forum = make_author("both_too")
    make_mention(forum)
    place_and_score()
    return {"only": person_of(only), "both": person_of(both), "filed": person_of(filed), "forum": person_of(forum)}


def rescore() -> None:
    while (part_id := claim_part()) is not None:
        score_part(part_id)
    session().commit()
    session().expire_all()


def test_nobody_is_scored_on_x_until_somebody_says_that_it_allows_it(sign_in, sam):
    people = heard_on_x()
    browser = sign_in(sam)

    assert [people[name].score > 0 for name in ("only", "both", "filed", "forum")] == [False, False, True, True]
    listed = browser.get("/people").text
    assert "Whoever is heard on X alone does not stand here" in listed
    assert ("Only</a>" in listed, "Filed</a>" in listed) == (False, True)
    page = browser.get(f"/people/{people['only'].id}").text
    assert "What they say on X does not count" in page
    assert "X does not let people be scored: no points" in page
    assert "Score people there" in browser.get("/people/proof").text

    assert browser.post("/people/channels/x/permissions").location == "/people/proof#channels"
    rescore()
    assert session().get(Person, people["only"].id).score > 0
    assert "Whoever is heard on X alone" not in browser.get("/people").text
    assert "Allowed, said Sam" in browser.get("/people/proof").text

    browser.post("/people/channels/x/withdrawals")
    rescore()
    assert session().get(Person, people["only"].id).score == 0
    assert "There is no score" in browser.get(f"/people/{people['only'].id}").text
    verbs = session().scalars(select(AuditEntry.verb).where(AuditEntry.subject_table == "scored_channel"))
    assert sorted(verbs) == ["channel.scored", "channel.unscored"]


def test_days_scored_before_stay_and_the_person_stands_at_nothing(sign_in, sam):
    people = heard_on_x()
    allow_scoring("x", by=sam)
    rescore()
    only = session().get(Person, people["only"].id)
    row = session().scalars(select(Score).where(Score.person_id == only.id)).one()
    row.day = row.day.replace(year=row.day.year - 1)
    number = only.id
    session().commit()

    forbid_scoring("x", by=sam)
    rescore()

    page = sign_in(sam).get(f"/people/{number}").text
    assert ("There is no score" in page, "As a table" in page) == (True, True)


@pytest.mark.usefixtures("db")
def test_a_channel_is_switched_once_and_only_one_that_forbids_it(sam):
    with pytest.raises(InUseAlready):
        allow_scoring("mastodon", by=sam)
    with pytest.raises(InUseAlready):
        forbid_scoring("x", by=sam)
    allow_scoring("x", by=sam)
    with pytest.raises(InUseAlready):
        allow_scoring("x", by=sam)
    assert unscored_channels() == {"discord"}


def test_whoever_asks_not_to_be_found_is_heard_and_not_ranked(sign_in, sam):
    quiet, open_one = (make_author(name, channel="mastodon") for name in ("quiet", "open"))
    for author in (quiet, open_one):
        for day in range(3):
            make_mention(author, days=day + 1)
    quiet.is_unlisted = True
    session().flush()
    place_and_score()
    numbers = [person_of(author).id for author in (quiet, open_one)]

    assert [session().get_one(Person, number).score > 0 for number in numbers] == [False, True]
    said = "does not count: this account asks not to be found by searches"
    browser = sign_in(sam)
    assert [said in browser.get(f"/people/{number}").text for number in numbers] == [True, False]
