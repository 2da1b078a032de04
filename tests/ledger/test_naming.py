"""Who is offered after an @, and who is told of it: those who can read the words, and nobody whom that gives away."""

from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import CircleMember, Member
from portal.community.services import put_ask
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Naming, ResponseKind
from portal.ledger.queries import idea_page, named_in, names_found, names_to_offer, people_named
from portal.ledger.services import comment, respond, reword_comment, suggest
from tests.factories import make_circle, make_idea, make_user


def named(key: str) -> list[str]:
    rows = session().scalars(select(Naming).where(Naming.subject_key == key).order_by(Naming.user_id))
    return [row.user.name for row in rows]


def test_names_are_offered_of_those_who_can_read(maya: User, omar: User, rosa: User, sam: User) -> None:
    pavel = make_user("pavel@example.org", "Pavel Horák")
    gone = make_user("gone@example.org", "Pavlina Gone")
    gone.suspended_at = now()
    open_idea = make_idea(proposed_by=maya, owner=rosa)
    private = make_idea(proposed_by=maya, owner=rosa, is_private=True)

    assert names_to_offer("pav", maya, idea=open_idea) == ["Pavel Horák"]
    assert names_to_offer("HORAK", maya, idea=open_idea) == ["Pavel Horák"]
    assert names_to_offer("horák", maya, idea=open_idea) == ["Pavel Horák"]
    for nobody in ("", "%", "_", "avel", "maya"):
        assert names_to_offer(nobody, maya, idea=open_idea) == [], nobody
    assert names_to_offer("pav", maya, idea=private) == []
    assert names_to_offer("rosa", maya, idea=private) == ["Rosa Pereira"]
    assert pavel


def test_a_circle_offers_whom_its_directory_shows_and_nobody_else(
    maya: User, omar: User, rosa: User, sam: User, sign_in: Any
) -> None:
    lee, kim = make_user("lee@example.org", "Lee Park"), make_user("kim@example.org", "Kim Park")
    circle = make_circle(maya, lee, kim, rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle_id=circle.id)
    session().get_one(CircleMember, (circle.id, kim.id)).is_listed = False
    session().commit()

    assert names_to_offer("park", maya, idea=idea) == names_to_offer("park", maya, circle_id=circle.id) == ["Lee Park"]
    assert names_to_offer("o", maya, idea=idea) == []
    assert names_to_offer("park", maya) == ["Kim Park", "Lee Park"]
    # Someone outside, someone out of the directory and someone who never was look the same.
    said = comment(idea, body="@Omar Haddad, @Kim Park, @Nobody Here and @Lee Park!", by=maya)
    assert named(f"comment:{said.id}") == ["Lee Park"]
    session().commit()
    browser = sign_in(omar)
    assert browser.get(f"/ideas/{idea.id}/names?q=park").status_code == 404
    assert browser.get(f"/names?q=park&circle={circle.id}").status_code == 404
    assert browser.get("/names?q=park&circle=99999").status_code == 404
    assert sign_in(maya).get(f"/ideas/{idea.id}/names?q=le").json == {"names": ["Lee Park"]}


def test_names_in_words_are_kept_as_they_read_now(maya: User, omar: User, rosa: User) -> None:
    idea = suggest(title="A lamp for @Omar Haddad", body="", by=maya)
    said = comment(idea, body="@maya lindqvist. And me@Rosa Pereira, @Omar Haddadin, @Omar", by=omar)

    assert named(f"idea:{idea.id}") == ["Omar Haddad"]
    assert named(f"comment:{said.id}") == ["Maya Lindqvist"]
    reword_comment(said, body="@Rosa Pereira knows", by=omar)
    assert named(f"comment:{said.id}") == ["Rosa Pereira"]
    many = [make_user(f"many{number}@example.org", f"Many {number:02}") for number in range(14)]
    words = " ".join(f"@{person.name}" for person in many)
    assert people_named(words, idea, by=maya) == many[:10]
    assert people_named("@" * 9000 + " " + "@a " * 4000, idea, by=maya) == []


def test_nobody_is_named_where_they_cannot_read_yet(maya: User, omar: User, rosa: User, sam: User) -> None:
    ask = put_ask(
        question="Which?", opens_at=now(), closes_at=now().replace(year=2099), owner=rosa, by=sam, shows_others=False
    )
    idea = suggest(title="Linen", body="@Omar Haddad @Rosa Pereira", by=maya, ask=ask)

    assert named(f"idea:{idea.id}") == ["Rosa Pereira"]
    assert names_to_offer("oma", maya, idea=idea) == []


def test_names_lead_to_people_who_want_to_be_found(
    maya: User, omar: User, rosa: User, sign_in: Any, queries: list[str]
) -> None:
    short = make_user("short@example.org", "Omar")
    session().add_all(
        Member(user_id=one.id, founding_number=place, trusted_at=now())
        for place, one in enumerate((omar, maya), start=1)
    )
    idea = suggest(title="A lamp", body="Ask @Omar Haddad or @Rosa Pereira.", by=maya)
    said = comment(idea, body="@Maya Lindqvist, yes.", by=omar)
    session().commit()
    found, here, there = named_in(idea), f"idea:{idea.id}", f"comment:{said.id}"

    assert [(one.name, one.member_id is None) for one in found[here]] == [
        ("Omar Haddad", False),
        ("Rosa Pereira", True),
    ]
    assert short.id not in {one.user_id for one in found[here]}
    omars = found[here][0].member_id
    browser = sign_in(rosa)
    queries.clear()
    page = browser.get(f"/ideas/{idea.id}").text
    assert len(queries) <= 8
    for link in (f'/members/{omars}" ', f'/ideas?owner={rosa.id}" '):
        assert f'<a href="{link}rel="nofollow noopener ugc">@' in page, link
    assert f"/members/{found[there][0].member_id}" in browser.get(f"/comments/{said.id}").text
    session().get_one(Member, omars).is_listed = False
    session().commit()
    page = browser.get(f"/ideas/{idea.id}").text
    assert ("Ask @Omar Haddad or" in page, f"/members/{omars}" in page) == (True, False)


def test_names_in_answers_and_in_previews_lead_to_people_too(
    maya: User, omar: User, rosa: User, sam: User, sign_in: Any
) -> None:
    session().add(Member(user_id=omar.id, founding_number=1))
    idea, private = suggest(title="A lamp", body="", by=maya), suggest(title="B", body="", by=maya, is_private=True)
    words = "@Omar Haddad wove the first one, and **Sam** knows."
    said = {"kind": ResponseKind.ACKNOWLEDGEMENT, "language": "en", "in_languages": {"de": "Frag @Sam Okafor."}}
    answer = respond(idea, message=words, by=rosa, **said)
    hidden = respond(private, kind=ResponseKind.ACKNOWLEDGEMENT, message=words, by=rosa)
    session().commit()
    link = f'<a href="/members/{session().query(Member).one().id}" rel="nofollow noopener ugc">@Omar Haddad</a>'

    assert (named(f"response:{answer.id}"), named(f"response:{hidden.id}")) == (["Omar Haddad", "Sam Okafor"], [])
    page = sign_in(maya).get(f"/ideas/{idea.id}").text
    assert (link in page, f'<a href="/ideas?owner={sam.id}"' in page) == (True, True)
    browser, typed = (
        sign_in(rosa),
        {"answer-kind": "acknowledgement", "answer-message": words, "answer-stage": "planned"},
    )
    for row, is_led in ((idea, True), (private, False)):
        preview = browser.post(f"/ideas/{row.id}/answer-previews", data=typed, headers={"HX-Request": "true"}).text
        assert (link in preview, "data-names" in preview) == (is_led, True)
    for more, is_led in (({}, True), ({"is_private": "y"}, False)):
        preview = browser.post("/idea-previews", data={"title": "A", "body": words, **more}).text
        assert (link in preview) is is_led


def test_words_lead_to_nobody_who_hides_or_has_no_access(maya: User, omar: User, rosa: User) -> None:
    lee, kim, _new = (make_user(f"{name.lower()}@example.org", f"{name} Park") for name in ("Lee", "Kim", "New"))
    session().add_all(Member(user_id=one.id, founding_number=place) for place, one in enumerate((omar, lee, kim), 1))
    idea = suggest(title="A lamp", body="@Omar Haddad @Lee Park @Kim Park @New Park @Rosa Pereira", by=maya)
    suggest(title="A shade", body="@Rosa Pereira", by=maya)
    assert len(named(f"idea:{idea.id}")) == 5

    session().scalars(select(Member).where(Member.user_id == lee.id)).one().is_listed = False
    kim.suspended_at = now()
    session().commit()
    for found in (named_in(idea), idea_page(idea).beside.named):
        assert {key: [one.name for one in people] for key, people in found.items()} == {
            f"idea:{idea.id}": ["Omar Haddad", "Rosa Pereira"]
        }


def test_before_it_is_sent_a_circle_names_only_those_inside(maya: User, omar: User, rosa: User) -> None:
    """No suggestion stands there yet that says who sees it, so the room alone does."""
    names = ("Kim", "Lee", "Min", "Pat", "Ray")
    kim, lee, min_, pat, ray = (make_user(f"{name.lower()}@example.org", f"{name} Park") for name in names)
    circle = make_circle(maya, kim, lee, min_, ray, rosa)
    make_circle(pat, name="Another circle")
    session().get_one(CircleMember, (circle.id, lee.id)).confirmed_at = None
    # Whoever answers there is known, in the directory or not.
    session().get_one(CircleMember, (circle.id, rosa.id)).is_listed = False
    session().get_one(CircleMember, (circle.id, kim.id)).left_at = ray.suspended_at = now()
    session().commit()
    words = "@Kim Park, @Lee Park, @Min Park, @Pat Park, @Ray Park, @Maya Lindqvist and @Rosa Pereira"

    assert names_to_offer("park", maya, circle_id=circle.id) == ["Min Park"]
    assert people_named(words, None, by=maya, circle_id=circle.id) == [min_, rosa]
    # In everyone's room whoever can sign in is named, but who is no member yet is led to nowhere.
    assert people_named(words, None, by=maya) == [kim, lee, min_, pat, rosa]
    assert [one.name for one in names_found(words, maya)] == ["Rosa Pereira"]


def test_a_name_is_offered_first_to_whoever_begins_it_and_is_known_in_capitals(maya: User, omar: User) -> None:
    make_user("ann@example.org", "Ann Bosse")
    bo = make_user("bo@example.org", "Bo Zander")
    elodie = make_user("elodie@example.org", "ÉLODIE Park")

    assert names_to_offer("bo", maya) == ["Bo Zander", "Ann Bosse"]
    assert people_named("@ÉLODIE Park and @bo zander", None, by=maya) == [elodie, bo]
