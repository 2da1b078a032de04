"""Joining and parting: every voice counts once, either way, and nothing crosses a room's wall."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Ask
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.ledger.chain import verify
from portal.ledger.models import Idea, IdeaMerge, ResponseKind, Standing, Tag, Vote
from portal.ledger.policies import may_vote
from portal.ledger.queries import LedgerFilter, figures, late_now, ledger_page
from portal.ledger.services import (
    NotHere,
    NothingAsked,
    NothingNew,
    NotYours,
    merge_ideas,
    respond,
    say_whether_it_helped,
    split_idea,
    suggest,
    take_back_vote,
    take_out,
    vote,
)
from portal.ledger.services.indexing import index_now
from portal.ledger.visibility import reach_of
from tests.examples import examples
from tests.factories import make_idea, make_user
from tests.ledger.march import at


def behind(idea: Idea) -> set[int]:
    return set(session().scalars(select(Vote.user_id).where(Vote.idea_id == idea.id)))


def test_joined_voices_count_once_and_part_again(maya: User, omar: User, sam: User, rosa: User) -> None:
    lee, kim = make_user("lee@example.org"), make_user("kim@example.org")
    source, target = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=omar, owner=rosa)
    for person in (omar, lee, kim):
        vote(source, person)
    vote(target, lee)

    merge_ideas(source, into=target, by=sam)

    assert behind(target) == {maya.id, lee.id, kim.id}
    assert behind(source) == {omar.id, lee.id, kim.id}
    assert vote(target, kim) is False
    with pytest.raises(NotYours):
        vote(source, make_user("new@example.org"))
    split_idea(source, by=sam)
    # Lee was there before, and Kim has said so herself meanwhile.
    assert behind(target) == {lee.id, kim.id}
    assert source.merged_into_id is None
    merge = session().query(IdeaMerge).one()
    assert merge.undone_by_id == sam.id
    verbs = set(session().scalars(select(AuditEntry.verb)))
    assert {"idea.merged", "idea.split"} <= verbs
    assert verify().broken is None


def test_what_was_joined_moves_along_and_keeps_its_voices(maya: User, omar: User, rosa: User) -> None:
    lee = make_user("lee@example.org")
    one, two, three = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar, lee))

    merge_ideas(one, into=two, by=rosa)
    merge_ideas(two, into=three, by=rosa)

    assert one.merged_into_id == three.id
    assert behind(three) == {maya.id, omar.id}
    session().commit()
    assert figures().total == 1
    split_idea(two, by=rosa)
    # As it was before: the first stands in the second, with its voice.
    assert (one.merged_into_id, two.merged_into_id) == (two.id, None)
    assert (behind(two), behind(three)) == ({maya.id}, set())
    session().commit()
    assert figures().total == 2


def test_parting_from_the_middle_leaves_no_voice_behind(maya: User, omar: User, rosa: User) -> None:
    lee, kim, pat = (make_user(f"{name}@example.org") for name in ("lee", "kim", "pat"))
    one, two, three, four = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar, lee, pat))
    for idea in (one, four):
        vote(idea, kim)
    for source, into in ((one, two), (two, three), (four, three)):
        merge_ideas(source, into=into, by=rosa)
    assert behind(three) == {maya.id, omar.id, kim.id, pat.id}

    split_idea(one, by=rosa)

    # Kim came by two; she stays by the other.
    assert (behind(two), behind(three)) == (set(), {omar.id, kim.id, pat.id})
    assert (one.merged_into_id, two.merged_into_id) == (None, three.id)
    assert take_back_vote(three, kim)
    split_idea(two, by=rosa)
    assert behind(three) == {pat.id}
    assert behind(one) == {kim.id}


def test_what_goes_out_of_sight_takes_nothing_with_it(
    maya: User, omar: User, rosa: User, sam: User, sign_in: Any
) -> None:
    source, target = (
        make_idea(proposed_by=person, owner=rosa, title=title) for person, title in ((maya, "Warm"), (omar, "SECRET"))
    )
    merge_ideas(source, into=target, by=rosa)
    for hidden, reader, other, secret in ((target, maya, source, "SECRET"), (source, omar, target, "Warm")):
        session().get_one(Idea, hidden.id).held_at = now()
        session().commit()
        assert secret not in sign_in(reader).get(f"/ideas/{other.id}").text
        session().get_one(Idea, hidden.id).held_at = None

    take_out(session().get_one(Idea, target.id), by=sam)
    session().commit()

    assert session().get_one(Idea, source.id).merged_into_id is None
    page = sign_in(omar).get("/ideas").text
    assert ("Warm" in page, "SECRET" in page) == (True, False)


def test_what_cannot_be_joined_is_refused(maya: User, omar: User, rosa: User) -> None:
    one, two, hidden = (make_idea(proposed_by=maya, owner=rosa) for _ in range(3))
    hidden.is_private = True
    session().commit()

    for author in (maya, omar):
        other = make_idea(proposed_by=author, owner=rosa, is_private=True)
        if author is omar:
            # Neither author is to be led to what the other said to the company alone.
            with pytest.raises(NotHere, match="company’s eyes"):
                merge_ideas(hidden, into=other, by=rosa)
        else:
            split_idea(merge_ideas(other, into=hidden, by=rosa).source, by=rosa)
    for into, by, refusal in (
        (two, omar, NotYours),
        (one, rosa, NothingNew),
        (hidden, rosa, NotHere),
    ):
        with pytest.raises(refusal):
            merge_ideas(one, into=into, by=by)
    merge_ideas(one, into=two, by=rosa)
    for pair in ((one, two), (hidden, one)):
        with pytest.raises(NothingNew):
            merge_ideas(pair[0], into=pair[1], by=rosa)
    with pytest.raises(NothingNew):
        split_idea(two, by=rosa)
    with pytest.raises(NotYours):
        split_idea(one, by=omar)


def test_staff_join_and_part_on_the_page(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    source = make_idea(proposed_by=maya, owner=rosa, title="Warm light")
    target = make_idea(proposed_by=omar, owner=rosa, title="A warmer lamp")
    browser, address = sign_in(rosa), f"/ideas/{source.id}"

    assert "Join it with another" in browser.get(f"{address}/merges/new").text
    refused = [browser.post(f"{address}/merges", data={"into": into}) for into in ("999", "x", str(source.id))]
    assert ["There is no such suggestion." in answer.text for answer in refused] == [True, True, False]
    assert {answer.status_code for answer in refused} == {422}
    joined = browser.post(f"{address}/merges", data={"into": str(target.id)}, follow_redirects=True).text

    assert ("Warm light" in joined, "2 voices" in joined) == (True, True)
    assert "This says the same as" in sign_in(maya).get(address).text
    assert "Warm light" not in sign_in(omar).get("/ideas").text
    assert sign_in(maya).post(f"{address}/splits").status_code == 404
    browser.post(f"{address}/splits")
    assert "This says the same as" not in browser.get(address).text
    browser.post(f"{address}/tags", data={"name": "Light"})
    tag = session().query(Tag).one()
    page = sign_in(omar).get(f"/ideas?tag={tag.id}").text
    assert ("Warm light" in page, "A warmer lamp" in page, "Tag or join" in page) == (True, False, False)
    kept = browser.post(f"/ideas/{target.id}/tags", data={"name": "light"}, headers={"HX-Request": "true"}).text
    assert ("Light" in kept, "<html" in kept) == (True, False)
    assert "A warmer lamp" in browser.get(f"/ideas?tag={tag.id}").text
    for page in ("/ideas", "/desk"):
        assert "Tag or join" in browser.get(page).text
    for number in (source.id, target.id):
        browser.post(f"/ideas/{number}/tag-removals", data={"tag": str(tag.id)})
    assert "Nothing stands here" in browser.get(f"/ideas?tag={tag.id}").text


def test_the_other_one_is_found_by_its_words_its_number_or_its_address(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    source = make_idea(proposed_by=maya, owner=rosa, title="Warm light")
    target = make_idea(proposed_by=omar, owner=rosa, title="Softer lamps for the evening")
    hidden = make_idea(proposed_by=omar, owner=rosa, title="Softer for me alone", is_private=True)
    for idea in (source, target, hidden):
        index_now("idea", idea.id)
    session().commit()
    browser, address = sign_in(rosa), f"/ideas/{source.id}/merges/new"

    assert "Nothing that the same people see is like it" in browser.get(address).text
    for asked in (
        "evenings lamp",
        str(target.id),
        f"%23{target.id}",
        f"https://heard.example/ideas/{target.id}%23comments",
    ):
        page = browser.get(f"{address}?q={asked}").text
        assert f'name="into" value="{target.id}"' in page, asked
    # What cannot be joined with it is not offered: itself, and what others do not see.
    for asked in ("light", str(source.id), "alone", str(hidden.id), "9" * 30, '"'):
        page = browser.get(f"{address}?q={asked}").text
        assert ('name="into"' in page, "No other suggestion that the same people see" in page) == (False, True), asked


def test_what_answers_a_question_says_what_it_can_be_joined_with(sign_in: Any, maya: User, rosa: User) -> None:
    ask = Ask(question="Which?", owner=rosa, opens_at=now(), opened_at=now(), closes_at=now() + timedelta(days=9))
    session().add(ask)
    session().flush()
    ideas = [make_idea(proposed_by=maya, owner=rosa, ask_id=place) for place in (ask.id, None)]

    pages = [sign_in(rosa).get(f"/ideas/{idea.id}/merges/new").text for idea in ideas]
    assert ["what was given to the same question" in page for page in pages] == [True, False]


def test_an_author_reads_what_came_of_what_was_joined(maya: User, omar: User, rosa: User, sam: User) -> None:
    late = now() - timedelta(days=1)
    mine = make_idea(proposed_by=maya, owner=sam, title="Mine", acknowledge_by=late)
    theirs = make_idea(proposed_by=omar, owner=rosa, title="A dimmer")
    merge_ideas(mine, into=theirs, by=rosa)
    respond(theirs, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=rosa)
    session().commit()

    asked = LedgerFilter(proposed_by_id=maya.id, is_own=True)
    (row,) = ledger_page(asked, zone=UTC, reach=reach_of(maya)).rows

    assert (row.title, row.standing, row.is_overdue, row.promise) == ("Mine", "explained", False, "")
    assert (row.answered_by, row.answer_words) == ("Rosa Pereira", "The resin would crack in the frost.")
    assert row.notice == "Joined with “A dimmer”; it is answered and counted there."
    assert (figures(reach_of(maya), asked.scope).total, late_now(reach_of(maya), asked.scope)) == (0, 0)
    for narrowed in (replace(asked, standing=Standing.WAITING), replace(asked, is_late=True)):
        assert ledger_page(narrowed, zone=UTC, reach=reach_of(maya)).rows == ()
    # A "no" there would open what nobody looks at any more.
    settled = make_idea(proposed_by=maya, owner=rosa)
    respond(settled, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=rosa)
    merge_ideas(settled, into=theirs, by=rosa)
    with pytest.raises(NothingAsked, match="joined"):
        say_whether_it_helped(settled, helped=False, words="No.", by=maya)


def test_what_was_joined_keeps_the_time_it_had_left(maya: User, omar: User, rosa: User) -> None:
    with pretend(at("02 10:00")):
        mine, late, theirs = (suggest(title=name, body="", by=maya) for name in ("Mine", "Late", "Theirs"))
        late.acknowledge_by = at("02 10:30")
    with pretend(at("02 11:00")):
        for idea in (mine, late):
            merge_ideas(idea, into=theirs, by=rosa)
    with pretend(at("09 11:00")):
        for idea in (mine, late):
            split_idea(idea, by=rosa)
        answer = respond(mine, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)

    assert (mine.acknowledge_by, mine.decide_by) == (at("10 10:00"), at("23 10:00"))
    assert (late.acknowledge_by, late.decide_by) == (at("02 10:30"), at("23 10:00"))
    assert answer.after_minutes == 60


def test_a_voice_that_was_taken_back_comes_with_nothing_else_that_is_parted(maya: User, omar: User, rosa: User) -> None:
    ideas = [make_idea(proposed_by=person, owner=rosa) for person in (maya, omar, make_user("lee@example.org"))]
    for source in ideas[1:]:
        merge_ideas(source, into=ideas[0], by=rosa)

    take_back_vote(ideas[0], omar)
    split_idea(ideas[2], by=rosa)
    assert behind(ideas[0]) == set()
    # Nor with the whole group, in whatever else that stands.
    merge_ideas(ideas[0], into=ideas[2], by=rosa)
    assert behind(ideas[2]) == {maya.id}
    split_idea(ideas[0], by=rosa)
    assert (behind(ideas[0]), behind(ideas[2])) == (set(), set())
    # Whoever says it again stands there again, and it goes along.
    vote(ideas[0], omar)
    merge_ideas(ideas[0], into=ideas[2], by=rosa)
    assert behind(ideas[2]) == {maya.id, omar.id}


PEOPLE = 5
# The last was written by staff for somebody without an account; two voices without names came over with the first.
PLACES = st.integers(0, PEOPLE)


class Plain:
    """Suggestions, and who stands behind them, told from the beginning as a person would."""

    def __init__(self) -> None:
        self.given, self.silent, self.above = [set[int]() for _place in range(PEOPLE + 1)], set[int](), dict[int, int]()

    def family(self, top: int) -> list[int]:
        """Everything that stands in it, itself too."""
        below = [place for place, above in self.above.items() if above == top]
        return [top, *(each for place in below for each in self.family(place))]

    def behind(self, top: int) -> tuple[set[int], int]:
        """The members behind it beside its author, and how many voices without an account were brought."""
        joined = self.family(top)[1:]
        authors = {place for place in joined if place not in self.silent} - {PEOPLE}
        named = authors.union(self.given[top], *(self.given[place] for place in joined))
        return named - {top}, 2 * (0 in joined) + (PEOPLE in joined)

    def give(self, place: int, who: int) -> None:
        """Somebody stands behind one that stands by itself."""
        if place not in self.above and place != who:
            self.given[place].add(who)

    def take_back(self, place: int, who: int) -> None:
        """Somebody stands behind it no longer, and behind nothing that stands in it."""
        if place in self.above or place == who:
            return
        for each in self.family(place):
            self.given[each].discard(who)
            self.silent |= {each} & {who}

    def join(self, place: int, into: int) -> None:
        """One stands in the other from now on."""
        if not {place, into} & set(self.above) and place != into:
            self.above[place] = into

    def part(self, place: int) -> None:
        """It stands by itself again."""
        self.above.pop(place, None)


class Joinings(RuleBasedStateMachine):
    """The services do the same, and refuse what cannot be."""

    def __init__(self, people: list[User], rosa: User) -> None:
        super().__init__()
        self.people, self.rosa, self.plain, self.work = people, rosa, Plain(), session().begin_nested()
        given = {"title": "A zip", "owner": rosa, "acknowledge_by": now(), "decide_by": now()}
        self.ideas = [Idea(proposed_by=person, **given) for person in (*people, rosa)]
        self.ideas[0].imported_votes, self.ideas[PEOPLE].on_behalf_of = 2, "Ines"
        session().add_all(self.ideas)
        session().flush()

    @rule(place=PLACES, who=st.integers(0, PEOPLE - 1))
    def give(self, place: int, who: int) -> None:
        """A member adds their voice."""
        self.plain.give(place, who)
        with suppress(Refusal):
            vote(self.ideas[place], self.people[who])

    @rule(place=PLACES, who=st.integers(0, PEOPLE - 1))
    def take_back(self, place: int, who: int) -> None:
        """A member takes it back, where the page lets them."""
        self.plain.take_back(place, who)
        if may_vote(self.people[who], self.ideas[place]):
            take_back_vote(self.ideas[place], self.people[who])

    @rule(place=PLACES, into=PLACES)
    def join(self, place: int, into: int) -> None:
        """Staff join two."""
        self.plain.join(place, into)
        with suppress(Refusal):
            merge_ideas(self.ideas[place], into=self.ideas[into], by=self.rosa)

    @rule(place=PLACES)
    def part(self, place: int) -> None:
        """Staff part one from what it stands in."""
        self.plain.part(place)
        with suppress(Refusal):
            split_idea(self.ideas[place], by=self.rosa)

    @invariant()
    def counts_as_told_plainly(self) -> None:
        """Whoever stands behind a suggestion that is counted does so once, and nobody else does."""
        places = {person.id: who for who, person in enumerate(self.people)}
        found = [set[int]() for _idea in self.ideas]
        first = self.ideas[0].id
        for number, person in session().execute(select(Vote.idea_id, Vote.user_id).where(Vote.idea_id >= first)):
            found[number - first].add(places[person])
        for place, idea in enumerate(self.ideas):
            if place not in self.plain.above:
                assert (found[place], idea.joined_votes) == self.plain.behind(place)

    def teardown(self) -> None:
        """Nothing of it stays for the next one."""
        self.work.rollback()
        super().teardown()


def test_after_any_row_of_joinings_the_voices_are_those_of_a_plain_count(rosa: User, db: str) -> None:
    people = [make_user(f"p{number}@example.org") for number in range(PEOPLE)]
    asked = settings(deadline=None, max_examples=examples(8), stateful_step_count=16)

    run_state_machine_as_test(lambda: Joinings(people, rosa), settings=asked)
