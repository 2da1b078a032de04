"""The page on which the company sets its promises, its absences and its fall-back person."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.accounts.services import change_role
from portal.community.models import Circle
from portal.community.services import close_circle
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.ledger.models import Absence, Idea, OwnerRule, ResponseKind
from portal.ledger.promises import forget_promises, promise_for
from portal.ledger.queries import rule_owners
from portal.ledger.services import name_fall_back, name_owner_of_tag, plan_absence, respond
from tests.factories import here, make_circle, make_idea
from tests.outbox import mails

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAYS = {"absence-from_day": "2026-12-01", "absence-until_day": "2026-12-05"}


def test_managers_set_the_promises_and_staff_read_them(sign_in: Any, sam: User, rosa: User) -> None:
    terms = {"terms-circle": 0, "terms-acknowledge_hours": 4, "terms-decide_days": 7, "terms-holidays": "de-by"}

    assert sign_in(rosa).post("/answering/terms", data=terms).status_code == 403
    assert sign_in(sam).post("/answering/terms", data=terms).status_code == 303
    forget_promises()
    assert (promise_for().acknowledge_hours, promise_for().hours.holidays) == (4, "DE-BY")
    assert "within 4 working hours" in sign_in(rosa).get("/answering").text


def test_the_hours_that_staff_set_stand_above_every_page_at_once(
    sign_in: Any, maya: User, sam: User, rosa: User, queries: list[str]
) -> None:
    """Pages that are shared and kept, the home pages and the form go by the same hours; none costs a statement more."""
    member, manager = sign_in(maya), sign_in(sam)
    paths = ("/ideas", "/home", "/ideas/new")

    def lines(words: str) -> list[int]:
        return [member.get(path).text.count(words) for path in paths]

    with pretend(datetime(2026, 3, 3, 12, tzinfo=UTC)):
        assert lines("We answer Mon–Fri 09:00–17:00; open now") == [1, 2, 1]
        assert "We are closed now" not in member.get("/ideas/new").text
        evening = {
            "terms-circle": 0,
            "terms-business_hours": "Mon-Fri 20:00-23:00,23:30-23:45",
            "terms-closed_days": "2026-03-03",
        }
        assert manager.post("/answering/terms", data=evening).status_code == 303
        assert lines("We answer Mon–Fri 20:00–23:00, 23:30–23:45; closed now, back in") == [1, 2, 1]
        queries.clear()
        member.get("/ideas")
        assert len(queries) == 1
        form = member.get("/ideas/new").text
        assert "We are closed now and back on Wednesday 20:00. Send it now and" in form
        sent = member.post("/ideas", data={"body": "A cord that reaches"}, follow_redirects=True).text
        assert "We are closed now and back on Wednesday 20:00; Rosa will answer by Friday 21:30." in sent
        assert manager.post("/answering/terms", data={"terms-circle": 0}).status_code == 303
        assert lines("We answer Mon–Fri 09:00–17:00; open now") == [1, 2, 1]


def test_hours_that_nobody_can_count_by_come_back_as_typed(sign_in: Any, sam: User) -> None:
    answer = sign_in(sam).post("/answering/terms", data={"terms-circle": 0, "terms-business_hours": "Soon & late"})

    assert answer.status_code == 422
    assert "That cannot be read: &#39;Soon &amp; late&#39; is not like" in answer.text
    assert "Soon &amp; late" in answer.text


def test_each_field_says_what_cannot_be_read_and_the_days_off_are_named(sign_in: Any, sam: User) -> None:
    browser = sign_in(sam)
    odd = {"terms-business_hours": "Mon 9-25", "terms-closed_days": "2026-13-40", "terms-holidays": "xx-yy"}

    answer = browser.post("/answering/terms", data={"terms-circle": 0, **odd})

    assert answer.status_code == 422
    for why in (
        "&#39;9-25&#39; is not like",
        "&#39;2026-13-40&#39; is no day",
        "the holidays of &#39;xx-yy&#39; are not",
    ):
        assert f"<li>That cannot be read: {why}" in answer.text
    fine = {"terms-closed_days": "2026-12-24", "terms-holidays": "de-by"}
    with pretend(datetime(2026, 12, 2, 12, tzinfo=UTC)):
        page = browser.post("/answering/terms", data={"terms-circle": 0, **fine}, follow_redirects=True).text
    assert "24 December 2026 to 25 December 2026 · 1 January 2027 · 6 January 2027" in page
    assert 'value="DE-BY"' in page


def test_staff_plan_their_own_absence_once_and_take_it_back(sign_in: Any, sam: User, rosa: User) -> None:
    with pretend(BEFORE):
        browser = sign_in(rosa)
        theirs = {**DAYS, "absence-person": rosa.id, "absence-stand_in": sam.id}
        later = {"absence-from_day": "2026-12-05", "absence-until_day": "2026-12-09"}
        over = {**theirs, "absence-from_day": "2026-11-01", "absence-until_day": "2026-11-19"}

        assert browser.post("/absences", data={**theirs, "absence-person": sam.id}).status_code == 422
        assert browser.post("/absences", data={**theirs, "absence-stand_in": rosa.id}).status_code == 422
        assert "Those days are over." in browser.post("/absences", data=over).text
        assert browser.post("/absences", data=theirs).status_code == 303
        again = browser.post("/absences", data={**theirs, **later})
        assert "Rosa Pereira is away from 1 December 2026 to 5 December 2026 already." in again.text
        (absence,) = session().scalars(select(Absence))
        page = browser.get("/answering").text
        assert all(words in page for words in ("Sam Okafor stands in", "From its first minute, Berlin time."))
        assert browser.post(f"/absences/{absence.id}/removals").status_code == 303
        assert session().scalars(select(Absence)).all() == []
        (told,) = mails("stand_in_over")
        assert (told.recipient, told.subject) == (sam.email, "You do not stand in for Rosa Pereira any more")
        for part in (told.text, told.html):
            assert "Rosa Pereira is not away from 1 December 2026 to 5 December 2026 after all" in part


def test_whoever_plans_an_absence_hears_that_the_stand_in_is_away_too(
    sign_in: Any, sam: User, rosa: User, ada: User
) -> None:
    with pretend(BEFORE):
        manager = sign_in(sam)
        first = {**DAYS, "absence-person": rosa.id, "absence-stand_in": ada.id}
        second = {**DAYS, "absence-person": sam.id, "absence-stand_in": rosa.id}
        away = "Rosa Pereira is away as well, from 1 December 2026 to 5 December 2026; Ada Novak stands in then."

        assert "is away as well" not in manager.post("/absences", data=first, follow_redirects=True).text
        assert away in manager.post("/absences", data=second, follow_redirects=True).text


def test_managers_name_the_fall_back_person_and_nobody_again(sign_in: Any, sam: User, rosa: User) -> None:
    browser = sign_in(sam)

    assert browser.post("/answering/fall-backs", data={"fall-back-owner": rosa.id}).status_code == 303
    assert rule_owners() == {"": rosa.id}
    assert browser.post("/answering/fall-backs", data={"fall-back-owner": 0}).status_code == 303
    assert rule_owners() == {}


def test_what_gets_a_tag_goes_to_whoever_a_rule_names_for_it(
    sign_in: Any, maya: User, sam: User, rosa: User, ada: User
) -> None:
    fresh, listed, answered, inside = (make_idea(proposed_by=maya, owner=rosa, title=f"Lamp {n}") for n in range(4))
    respond(answered, kind=ResponseKind.ACKNOWLEDGEMENT, message="Heard, thank you.", by=rosa)
    inside.circle = make_circle(maya, rosa, sam)
    inside.circle.owner_id = rosa.id
    session().commit()
    manager, staff = sign_in(sam), sign_in(rosa)
    rule = {"tag-rule-tag": "Wiring", "tag-rule-owner": ada.id}

    def owner_of(idea: Idea, browser: Any = staff, **how: Any) -> int:
        assert browser.post(f"/ideas/{idea.id}/tags", data={"name": "WIRING"}, **how).status_code in (200, 303)
        return session().get_one(Idea, idea.id, populate_existing=True).owner_id

    assert staff.post("/answering/tag-rules", data=rule).status_code == 403
    assert manager.post("/answering/tag-rules", data={**rule, "tag-rule-tag": " "}).status_code == 422
    assert manager.post("/answering/tag-rules", data=rule).status_code == 303
    assert manager.post("/answering/tag-rules", data={**rule, "tag-rule-tag": "wiring"}).status_code == 303
    page = staff.get("/answering").text
    steps = ("Whoever the ask names", "Whoever the circle names", "Wiring</span> <strong>Ada", "Whoever has the fewest")
    assert sorted(steps, key=page.index) == list(steps)

    assert owner_of(fresh) == ada.id
    assert "Handed over to Ada Novak by the rule of this tag." in staff.get(f"/ideas/{fresh.id}").text
    (entry,) = session().scalars(select(AuditEntry).where(AuditEntry.verb == "idea.handed_over"))
    assert entry.after == {"owner": ada.id, "word": "It is tagged “Wiring”, which Ada Novak answers."}
    (mail,) = mails("idea_handed_over")
    assert (mail.recipient, "which Ada Novak answers" in mail.text) == (ada.email, True)
    assert (owner_of(answered), owner_of(inside)) == (rosa.id, rosa.id)

    days = {"absence-from_day": "2020-01-01", "absence-until_day": "2099-01-01"}
    away = {**days, "absence-person": ada.id, "absence-stand_in": sam.id}
    assert manager.post("/absences", data=away).status_code == 303
    sent = manager.post(f"/ideas/{listed.id}/tags", data={"name": "Wiring"}, headers={"HX-Request": "true"}).text
    assert "Handed over to Sam Okafor" in sent
    (kept,) = session().scalars(select(OwnerRule))
    assert manager.post(f"/answering/tag-rules/{kept.id}/removals").status_code == 303
    assert "No tag names anybody yet." in staff.get("/answering").text


def test_while_somebody_is_away_everyone_reads_who_stands_in(
    sign_in: Any, maya: User, rosa: User, sam: User, ada: User
) -> None:
    idea, other = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    with pretend(BEFORE):
        nobody = sign_in(rosa).post("/absences", data=DAYS | {"absence-person": rosa.id, "absence-stand_in": 0})
    assert (nobody.status_code, "Choose who stands in." in nobody.text) == (422, True)
    # Whoever is away is not on offer, and the page opens where it says what is wrong, under its own entry.
    assert f'<option value="{rosa.id}">' not in nobody.text.partition("Who stands in")[2]
    assert nobody.text.count("autofocus") == 1
    assert '<a href="/desk" aria-current="true"' in nobody.text
    with pretend(BEFORE):
        assert sign_in(ada).post("/absences", data=DAYS | {"absence-person": rosa.id, "absence-stand_in": sam.id})
    respond(here(other), kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=here(rosa))
    session().commit()

    (mail,) = mails("stand_in")
    assert (mail.recipient, mail.subject) == (sam.email, "You stand in for Rosa Pereira from 1 December 2026")
    for part in (mail.text, mail.html):
        assert "Rosa Pereira is away from 1 December 2026 to 5 December 2026, and you stand in." in part
    with pretend(datetime(2026, 12, 2, 9, tzinfo=UTC)):
        pages = [sign_in(maya).get(f"/ideas/{one.id}").text for one in (idea, other, inside)]
        desks = [sign_in(one).get("/desk").text for one in (sam, rosa, ada)]
    away = "Rosa is away until 5 December 2026"
    assert f"{away}; Sam Okafor stands in." in pages[0]
    # What is decided waits for nobody; and not everyone who stands in is inside of a circle.
    assert away not in pages[1]
    assert f"{away}." in pages[2]
    assert "You stand in for Rosa Pereira until 5 December 2026: what is new goes to you." in desks[0]
    assert "You are away until 5 December 2026, and Sam Okafor stands in." in desks[1]
    assert "5 December" not in desks[2]
    with pretend(datetime(2026, 12, 6, 9, tzinfo=UTC)):
        assert away not in sign_in(maya).get(f"/ideas/{idea.id}").text
    # Who stands in may be away as well: then whoever stands in for them.
    days = {"from_day": date(2026, 12, 2), "until_day": date(2026, 12, 2)}
    with pretend(datetime(2026, 12, 2, 10, tzinfo=UTC)):
        plan_absence(here(sam), stand_in=here(ada), by=here(sam), **days)
        session().commit()
        assert f"{away}; Ada Novak stands in." in sign_in(maya).get(f"/ideas/{idea.id}").text


def test_a_rule_that_outlasts_its_person_says_so(sign_in: Any, maya: User, sam: User, rosa: User, ada: User) -> None:
    name_owner_of_tag("Wiring", rosa, by=sam)
    name_fall_back(rosa, by=sam)
    change_role(rosa, Role.MEMBER, by=ada)
    session().commit()

    page = sign_in(sam).get("/answering").text

    assert page.count("does not answer here any more, so the next one counts") == 2


def test_a_refused_answer_offers_only_what_fits(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser, path = sign_in(rosa), f"/ideas/{idea.id}/responses"
    assert "Outcome" not in browser.post(path, data={"answer-kind": "question"}).text
    respond(here(idea), kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=here(rosa))
    session().commit()

    assert "Acknowledge</label>" not in browser.post(path, data={"answer-kind": "outcome"}).text
    # One that was chosen on a page from before is refused by its own sentence.
    late = browser.post(path, data={"answer-kind": "acknowledgement"}).text
    assert ("Acknowledge</label>" in late, "This has its answer already." in late) == (True, True)


def test_a_circle_s_own_promise_is_reached_from_its_page_and_never_becomes_the_company_s(
    sign_in: Any, maya: User, sam: User, rosa: User
) -> None:
    circle = make_circle(maya, sam, name="Hinge testers")
    circle.owner_id = sam.id
    session().commit()
    browser, path = sign_in(sam), f"/answering?circle={circle.id}"
    assert f'href="{path}#terms-title"' in browser.get(f"/circles/{circle.id}").text
    browser.post("/answering/terms", data={"terms-circle": 0, "terms-acknowledge_hours": 6})
    terms = {"terms-circle": circle.id, "terms-acknowledge_hours": 2, "terms-decide_days": 3}
    assert browser.post("/answering/terms", data=terms).status_code == 303

    shown = browser.get(path).text
    assert f'<option selected value="{circle.id}">Hinge testers' in shown
    assert 'name="terms-acknowledge_hours" type="number" value="2"' in shown
    assert 'value="6"' in browser.get("/answering?circle=99999").text
    assert "Hinge testers" not in sign_in(rosa).get(path).text

    close_circle(session().get_one(Circle, circle.id), is_closed=True, by=sam)
    session().commit()
    refused = browser.post("/answering/terms", data={**terms, "terms-acknowledge_hours": 1})
    assert refused.status_code == 422
    assert '<option selected value="">Choose again' in refused.text
    forget_promises()
    assert promise_for().acknowledge_hours == 6
