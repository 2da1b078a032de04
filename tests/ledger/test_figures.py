"""The figures of an owner, an author, a circle, an ask and a tag are those of a plain recomputation."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import Role, User
from portal.community.models import Ask, Circle, Member
from portal.community.services import put_ask
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea, ResponseKind, Standing
from portal.ledger.queries import EVERYTHING, Scope, broken_now, figures, late_now, owner_figures
from portal.ledger.services import add_tag, merge_ideas, respond, say_whether_it_helped, split_idea
from portal.ledger.visibility import EVERYONE, Reach
from tests.factories import make_circle, make_idea, make_user

REASON = "The resin would crack in the first hard frost."
OPEN = {"waiting", "heard", "asked-back"}
Facts = tuple[Counter[str], int | None, int | None, datetime | None, int, int, int]


def plainly(ideas: list[Idea], moment: datetime) -> Facts:
    """Everything counted by hand, suggestion by suggestion."""
    minutes, kept, broken, late = [], 0, 0, 0
    for idea in ideas:
        decisions = [answer for answer in idea.responses if answer.kind.value in {"action", "explanation"}]
        minutes += [decisions[0].after_minutes or 0] if decisions else []
        for answer in idea.responses:
            for promised in (answer.acknowledge_by, answer.decide_by):
                if promised is not None:
                    kept, broken = kept + (answer.answered_at <= promised), broken + (answer.answered_at > promised)
        runs = {"waiting": (idea.acknowledge_by, idea.decide_by), "heard": (idea.decide_by,)}
        broken += sum(promised < moment for promised in runs.get(idea.standing.value, ()))
        due = {"waiting": idea.acknowledge_by, "heard": idea.decide_by}.get(idea.standing.value)
        late += due is not None and due < moment
    minutes.sort()
    many = len(minutes)
    return (
        Counter(idea.standing.value for idea in ideas),
        minutes[(many + 1) // 2 - 1] if many else None,
        minutes[(many * 9 + 9) // 10 - 1] if many else None,
        min((idea.created_at for idea in ideas if idea.standing.value in OPEN), default=None),
        kept,
        broken,
        late,
    )


def told(reach: Reach, scope: Scope) -> Facts:
    """The same as the portal says it."""
    found = figures(reach, scope)
    counts = Counter({standing.value: count for standing, count in found.counts.items()})
    minutes = found.median_minutes, found.p90_minutes
    return (
        counts,
        *minutes,
        found.oldest_open,
        found.kept,
        found.broken + broken_now(reach, scope),
        late_now(reach, scope),
    )


@pytest.fixture
def rooms(maya: User, rosa: User, sam: User) -> tuple[Circle, Ask]:
    """A circle and an ask that is open."""
    moment = now()
    times = {"opens_at": moment, "closes_at": moment + timedelta(days=1)}
    ask = put_ask(question="Which shade?", owner=rosa, by=sam, **times)
    ask.opened_at = moment
    return make_circle(maya, rosa), ask


@pytest.fixture
def world(rooms: tuple[Circle, Ask], maya: User, omar: User, rosa: User, sam: User) -> dict[str, Any]:
    """Forty-eight suggestions of two authors to two owners: some in a circle, to an ask, tagged, private or held."""
    chance = random.Random(20260301)
    circle, ask = rooms
    tag = 0
    for _place in range(48):
        author, owner, moment = chance.choice([maya, omar]), chance.choice([rosa, sam]), now()
        came = moment - timedelta(hours=chance.randrange(1, 1500))
        idea = make_idea(
            proposed_by=author,
            owner=owner,
            created_at=came,
            acknowledge_by=moment + timedelta(hours=chance.randrange(-40, 40) + 0.5),
            decide_by=moment + timedelta(hours=chance.randrange(-40, 200) + 0.5),
            circle=circle if author is maya and chance.random() < 0.3 else None,
            ask_id=ask.id if chance.random() < 0.4 else None,
            is_private=chance.random() < 0.15,
            held_at=moment if chance.random() < 0.1 else None,
        )
        if idea.held_at is None and (idea.circle_id is None or owner is rosa):
            for kind in chance.choice(["", "a", "q", "e", "ae", "qe", "aee"]):
                what = {"a": "acknowledgement", "q": "question", "e": "explanation"}[kind]
                respond(idea, kind=ResponseKind(what), message=f"{REASON} {len(idea.responses)}", by=owner)
        if chance.random() < 0.3:
            tag = add_tag(idea, "Shade", by=rosa).id if idea.circle_id or not idea.held_at else tag
    _open_again_and_join(chance, maya, omar, rosa)
    session().commit()
    return {"circle": circle.id, "ask": ask.id, "tag": tag}


def _open_again_and_join(chance: random.Random, maya: User, omar: User, rosa: User) -> None:
    """Some did not help and are answered once more, some were joined, and one of those was parted again."""
    merges = []
    for idea in list(session().query(Idea).filter(Idea.held_at.is_(None), Idea.circle_id.is_(None))):
        if idea.standing is Standing.EXPLAINED and chance.random() < 0.5:
            say_whether_it_helped(idea, helped=False, words="It cracked.", by=idea.proposed_by)
            if chance.random() < 0.5:
                respond(idea, kind=ResponseKind.EXPLANATION, message=f"{REASON} Once more.", by=rosa)
    for author in (maya, omar):
        alike = session().query(Idea).filter_by(proposed_by=author, circle_id=None, ask_id=None, is_private=False)
        first, *others = alike.filter(Idea.held_at.is_(None)).order_by(Idea.id).limit(4)
        merges += [merge_ideas(other, into=first, by=rosa) for other in others]
    split_idea(merges[0].source, by=rosa)


def test_each_scope_is_counted_as_a_person_would(
    world: dict[str, Any], maya: User, omar: User, rosa: User, sam: User
) -> None:
    session().expire_all()
    ideas, moment = list(session().query(Idea)), now()
    tagged = {row[0] for row in session().connection().exec_driver_sql("SELECT idea_id FROM idea_tag")}
    scopes: dict[Scope, Callable[[Idea], bool]] = {
        EVERYTHING: lambda idea: True,
        Scope(owner_id=rosa.id): lambda idea: idea.owner_id == rosa.id,
        Scope(owner_id=sam.id, ask_id=world["ask"]): lambda i: i.owner_id == sam.id and i.ask_id == world["ask"],
        Scope(proposed_by_id=omar.id): lambda idea: idea.proposed_by_id == omar.id,
        Scope(ask_id=world["ask"]): lambda idea: idea.ask_id == world["ask"],
        Scope(circle_id=world["circle"]): lambda idea: idea.circle_id == world["circle"],
        Scope(tag_id=world["tag"]): lambda idea: idea.id in tagged,
    }
    reaches: dict[Reach, Callable[[Idea], bool]] = {
        EVERYONE: lambda idea: idea.circle_id is None and not idea.is_private,
        Reach(circles=frozenset({world["circle"]})): lambda idea: not idea.is_private,
        Reach(is_staff=True): lambda idea: idea.circle_id is None,
    }

    for reach, sees in reaches.items():
        shown = [idea for idea in ideas if idea.held_at is None and idea.merged_into_id is None and sees(idea)]
        for scope, belongs in scopes.items():
            assert told(reach, scope) == plainly([idea for idea in shown if belongs(idea)], moment), (reach, scope)
        owned = {row.name: (row.figures, row.late, row.broken_now, row.open) for row in owner_figures(reach)}
        for owner in (rosa, sam):
            scope = Scope(owner_id=owner.id)
            known = figures(reach, scope)
            assert owned[owner.name] == (
                known,
                late_now(reach, scope),
                broken_now(reach, scope),
                known.total - known.answered,
            )

    assert sum(idea.merged_into_id is not None for idea in ideas) == 5
    assert any(answer.word for idea in ideas for answer in idea.responses)
    # Whoever reads their own sees what is held too; what was joined is counted where it stands.
    own = [idea for idea in ideas if idea.proposed_by_id == maya.id and idea.merged_into_id is None]
    inside = Reach(circles=frozenset({world["circle"]}))
    assert told(inside, Scope(proposed_by_id=maya.id, is_own=True)) == plainly(own, moment)


def test_the_pages_say_whose_figures_they_show_and_keep_what_is_not_for_the_reader(
    rooms: tuple[Circle, Ask], sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    circle, ask = (room.id for room in rooms)
    answered = make_idea(proposed_by=maya, owner=rosa, ask_id=ask)
    respond(answered, kind=ResponseKind.ACKNOWLEDGEMENT, message=REASON, by=rosa)
    make_idea(proposed_by=maya, owner=rosa, circle_id=circle)
    lin = make_user("lin@example.org", "Lin Chen", Role.MEMBER)
    hidden = make_idea(proposed_by=lin, owner=rosa, is_private=True)
    browser = sign_in(omar)

    page = browser.get(f"/figures?owner={rosa.id}&ask={ask}").text
    assert "Answered by Rosa Pereira · Which shade?" in page
    assert "Late now" in page
    assert f'href="/ideas?owner={rosa.id}&amp;ask={ask}"' in page
    assert "The shade circle" not in browser.get(f"/figures?circle={circle}").text
    assert "The shade circle" in sign_in(maya).get(f"/figures?circle={circle}").text
    for path in (f"/figures?author={lin.id}", f"/ideas?author={lin.id}"):
        assert "Lin Chen" not in browser.get(path).text, hidden.title
        assert "Suggested by Lin Chen" in sign_in(rosa).get(path).text
    assert "Suggested by Maya Lindqvist" in browser.get(f"/ideas?author={maya.id}").text
    assert f"/figures?author={maya.id}" in browser.get(f"/ideas?author={maya.id}&standing=heard").text
    assert "Yours" in browser.get(f"/figures?author={omar.id}").text
    member = Member(user_id=maya.id, founding_number=1)
    session().add(member)
    session().commit()
    assert f'href="/ideas?author={maya.id}"' in browser.get(f"/members/{member.id}").text
    # What is asked for is read, never handed on as it came.
    assert "javascript" not in browser.get("/figures?_scheme=javascript&_external=1&_anchor=x").text
    assert f'href="/figures?ask={ask}"' in browser.get(f"/asks/{ask}").text


def test_what_is_late_is_counted_and_listed_for_everyone(
    sign_in: Any, maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    hour = timedelta(hours=1)
    make_idea(proposed_by=maya, owner=rosa, title="The late lamp", acknowledge_by=now() - hour)
    make_idea(proposed_by=maya, owner=rosa, title="The fresh lamp", acknowledge_by=now() + hour)
    heard = make_idea(proposed_by=omar, owner=rosa, title="The heard lamp", decide_by=now() - hour)
    respond(heard, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
    asked = make_idea(proposed_by=omar, owner=rosa, title="The asked lamp", decide_by=now() - hour)
    respond(asked, kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    session().commit()
    browser = sign_in(omar)

    queries.clear()
    page = browser.get("/ideas?late=1").text

    assert len(queries) <= 8
    shown = [name for name in ("late", "fresh", "heard", "asked") if f"The {name} lamp" in page]
    assert shown == ["late", "heard"]
    assert "2 late" in page
    assert 'href="/ideas?late=1"' in browser.get("/ideas").text
    assert f'href="/ideas?owner={rosa.id}&amp;late=1"' in browser.get(f"/figures?owner={rosa.id}").text
