"""Several of the staff at once, each with a connection of their own, from pages that they opened at the same state."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.accounts.services import LastAdmin, give_role
from portal.community.models import Ask, Circle, EntryRule, Event
from portal.community.services import plan_event, put_ask
from portal.foundation.clock import now
from portal.foundation.database import end_work, looking, transaction
from portal.ledger.models import Idea, Reason, Response
from portal.ledger.services import add_reason, comment
from portal.moderation.models import Appeal, Decision
from portal.moderation.services import appeal, remove, suspend
from tests.community.test_once import typed
from tests.conftest import browser_with, let_in, portal_for
from tests.factories import make_circle, make_idea, make_user

HANDS = 3


def browsers(kind: str, people: list[User]) -> list[FlaskClient]:
    """A signed-in browser for each of these people."""
    app = portal_for(kind)
    app.config["WTF_CSRF_ENABLED"] = False
    tokens = [let_in(person) for person in people]
    end_work(commit=True)
    return [browser_with(app, token) for token in tokens]


def send_at_once(hands: list[FlaskClient], path: str, forms: list[dict[str, str]]) -> list[int]:
    """What each is answered, all of them sent together."""
    gate = Barrier(len(hands))

    def press(one: tuple[FlaskClient, dict[str, str]]) -> int:
        gate.wait()
        return one[0].post(path, data=one[1]).status_code

    with ThreadPoolExecutor(len(hands)) as pool:
        return sorted(pool.map(press, zip(hands, forms, strict=True)))


def test_of_several_who_send_at_once_one_is_kept_and_the_others_are_shown_it(committing_db: str) -> None:
    people = [make_user(f"m{number}@example.com", f"Manager {number}", Role.MANAGER) for number in range(HANDS)]
    sam, moment = people[0], now() + timedelta(days=2)
    circle = make_circle(*people)
    ask = put_ask(question="Which?", opens_at=moment, closes_at=moment + timedelta(days=1), owner=sam, by=sam)
    hour = {"starts_at": moment, "ends_at": moment + timedelta(hours=1), "time_zone": "Europe/Berlin"}
    event = plan_event(title="A call", host=sam, by=sam, place="Here", **hour)
    idea = make_idea(proposed_by=make_user("maya@example.org"), owner=sam)
    reason = add_reason(title="Too heavy", words="It would be too heavy to carry home.", by=sam)
    paths = {
        f"/circles/{circle.id}": (f"/circles/{circle.id}/edit", "name", select(Circle.name)),
        f"/asks/{ask.id}": (f"/asks/{ask.id}/edit", "question", select(Ask.question)),
        f"/events/{event.id}": (f"/events/{event.id}/edit", "title", select(Event.title)),
        "/review/rules": ("/review/rules", "words", select(EntryRule.words)),
        f"/reasons/{reason.id}/changes": (f"/reasons/{reason.id}/edit", "words", select(Reason.words)),
    }
    suggestion = f"/ideas/{idea.id}"
    hands = browsers(committing_db, people)
    try:
        for path, (page, name, stands) in paths.items():
            forms = [typed(browser.get(page).text) | {name: f"Of hand {at}"} for at, browser in enumerate(hands)]
            answers = send_at_once(hands, path, forms)
            assert answers == [303, *[409] * (HANDS - 1)], path
            with transaction() as current:
                assert current.scalar(stands).startswith("Of hand"), path

        # The company's promises stand on a page with other forms; a circle's own are nobody else's.
        seen = re.findall('name="terms-seen" type="hidden" value="([^"]+)"', hands[0].get("/answering").text)
        terms = [{"terms-circle": 0, "terms-decide_days": at + 3, "terms-seen": seen[0]} for at in range(HANDS)]
        assert send_at_once(hands, "/answering/terms", terms) == [303, *[409] * (HANDS - 1)]
        apart = terms[0] | {"terms-circle": circle.id}
        assert hands[0].post("/answering/terms", data=apart).status_code == 303

        # An answer is never lost either: whoever comes second reads the first one before theirs goes on the record.
        forms = [{"answer-kind": "question", "answer-message": f"Which one, {at}?"} for at in range(HANDS)]
        seen = [{"answer-seen": "0"} for _ in hands]
        assert 'name="answer-seen" value="0"' in hands[0].get(suggestion).text
        both = [form | mark for form, mark in zip(forms, seen, strict=True)]
        assert send_at_once(hands, f"{suggestion}/responses", both) == [303, *[409] * (HANDS - 1)]
        with transaction() as current:
            number, words = current.execute(select(Response.id, Response.message)).one()
            assert current.get_one(Idea, 1).standing.value == "asked-back"
        late = next(at for at in range(HANDS) if forms[at]["answer-message"] != words)
        # Sent back for another reason, it has not been read yet.
        other = hands[late].post(f"{suggestion}/responses", data=both[late] | {"answer-kind": "explanation"})
        assert (other.status_code, 'name="answer-seen" value="0"' in other.text) == (422, True)
        page = hands[late].post(f"{suggestion}/responses", data=both[late]).text
        assert "answered since you opened this page" in page
        assert (words in page, forms[late]["answer-message"] in page) == (True, True)
        again = both[late] | {"answer-seen": str(number)}
        assert f'name="answer-seen" value="{number}"' in page
        assert hands[late].post(f"{suggestion}/responses", data=again).status_code == 303
    finally:
        portal_for(committing_db).config["WTF_CSRF_ENABLED"] = True


def test_another_look_that_is_asked_for_several_times_at_once_is_one(committing_db: str) -> None:
    maya, sam = make_user("maya@example.org"), make_user("sam@example.com", "Sam Okafor", Role.MANAGER)
    decisions = [remove(make_idea(proposed_by=maya, owner=sam), reason="It hurts.", by=sam).id for _turn in range(3)]
    hands = browsers(committing_db, [maya] * HANDS)
    try:
        for number in decisions:
            words = [{"words": "It was a joke."}] * HANDS
            assert send_at_once(hands, f"/decisions/{number}/appeals", words) == [303] * HANDS
    finally:
        portal_for(committing_db).config["WTF_CSRF_ENABLED"] = True

    with transaction() as current:
        assert sorted(current.scalars(select(Appeal.decision_id))) == decisions


def test_of_several_who_decide_at_once_one_does(committing_db: str) -> None:
    maya, ada = make_user("maya@example.org"), make_user("ada@example.com", "Ada Novak", Role.ADMIN)
    people = [make_user(f"m{number}@example.com", f"Manager {number}", Role.MANAGER) for number in range(HANDS)]
    ideas = [make_idea(proposed_by=maya, owner=ada) for _turn in range(HANDS)]
    # Of what is kept and of what goes, of suggestions and of what stands beside them.
    paths = {f"/ideas/{idea.id}/decisions": "approve" for idea in ideas}
    paths |= {f"/comments/{comment(idea, body='Hm.', by=maya).id}/decisions": "remove" for idea in ideas}
    members = [make_user(f"o{turn}@example.org") for turn in range(HANDS)]
    out = [remove(make_idea(proposed_by=maya, owner=ada), reason="Out.", by=ada) for _turn in range(HANDS)]
    out += [suspend(make_user(f"s{turn}@example.org"), reason="Out.", by=ada) for turn in range(HANDS)]
    asked = [appeal(decision, words="Why?", by=decision.person).id for decision in out]
    before, numbers = len(out), [member.id for member in members]
    hands = browsers(committing_db, people)
    try:
        for path, ruling in paths.items():
            forms = [typed(browser.get(f"{path}/new").text) for browser in hands]
            forms = [form | {"ruling": ruling, "reason": f"Of hand {at}"} for at, form in enumerate(forms)]
            assert send_at_once(hands, path, forms) == [303, 422, 422]
        for number in numbers:
            forms = [{"reason": f"Of hand {at}"} for at in range(HANDS)]
            assert send_at_once(hands, f"/people-here/{number}/suspensions", forms) == [303, 422, 422]
        for number in asked:
            forms = [{"outcome": "no", "reason": f"Of hand {at}"} for at in range(HANDS)]
            # Whoever comes when it is settled already finds nothing.
            answers = send_at_once(hands, f"/appeals/{number}/outcomes", forms)
            assert (answers[0], set(answers[1:]) <= {404, 422}) == (303, True)
    finally:
        portal_for(committing_db).config["WTF_CSRF_ENABLED"] = True

    with transaction() as current:
        made = current.scalar(select(func.count()).select_from(Decision))
        assert made == before + len(paths) + len(numbers) + len(asked)


def put_out_at_once(pairs: list[tuple[int, int]]) -> list[bool]:
    """Admins who put each other out, each with pages from before: by demoting, or every second one by suspending."""
    gate = Barrier(len(pairs))

    def press(one: tuple[int, tuple[int, int]]) -> bool:
        place, numbers = one
        with looking() as current:
            by, other = (current.get_one(User, number) for number in numbers)
        gate.wait()
        try:
            with transaction() as current:
                # As a request knows them: read before its turn to write has come.
                current.add_all([by, other])
                if place % 2:
                    suspend(other, reason="You left.", by=by)
                else:
                    give_role(other, Role.RESPONDER, by=by)
        except LastAdmin:
            return False
        return True

    with ThreadPoolExecutor(len(pairs)) as pool:
        return list(pool.map(press, enumerate(pairs)))


@pytest.mark.parametrize("others", [1, 2], ids=["each other", "in a ring"])
def test_admins_who_put_each_other_out_at_once_leave_one(committing_db: str, others: int) -> None:
    for turn in range(3):
        people = [
            make_user(f"a{turn}-{place}@example.com", f"Admin {place}", Role.ADMIN) for place in range(1 + others)
        ]
        numbers = [person.id for person in people]
        end_work(commit=True)

        done = put_out_at_once([(one, numbers[place - 1]) for place, one in enumerate(numbers)])

        with transaction() as current:
            left = current.scalars(select(User).where(User.role == Role.ADMIN, User.suspended_at.is_(None))).all()
            assert len(left) == len(people) - sum(done) >= 1
            # The next turn begins without any.
            left[0].suspended_at = now()
