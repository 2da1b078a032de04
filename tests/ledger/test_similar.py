"""What makes two suggestions alike, in memory and in both databases."""

import tracemalloc

from sqlalchemy import update

from portal.accounts.models import User
from portal.foundation.database import begin_work, end_work, session
from portal.foundation.database.store import Store
from portal.foundation.search import stems
from portal.ledger.models import Idea
from portal.ledger.queries import similar, similar_ideas
from portal.ledger.queries.similar import EACH
from portal.ledger.services import reword, suggest, vote
from portal.ledger.services.indexing import index_now
from portal.ledger.similar import COMPARED, Words, near, rank, rarity, worth_in
from tests.factories import make_circle, make_idea, make_user

SAID = {
    "A warmer light for reading in bed": "The cold white wakes me up.",
    "Let the arm stay where I put it": "It sinks over an evening.",
    "Sell the shade alone": "Mine is dented and the lamp is fine.",
    "A dimmer that remembers": "The light starts at full power each time.",
    "Longer cable": "The socket is far from the bed.",
}


def words(name: str, title: str, body: str = "") -> Words:
    return Words.of(name, " ".join(stems(title)), " ".join(stems(body)))


def test_rare_words_and_titles_decide() -> None:
    corpus = [words(title, title, body) for title, body in SAID.items()]
    worth = worth_in(corpus)

    ranked = rank(words("asked", "Buy a shade", "dented"), corpus, worth)

    assert ranked[0].id == "Sell the shade alone"
    assert set(ranked[0].shared) >= {"shade", "dent"}
    assert len(ranked) == len(corpus)
    warm = near(words("asked", "Reading lights that are warm"), corpus, worth)
    assert warm[0].id == "A warmer light for reading in bed"
    assert near(words("asked", "Deliver to Portugal"), corpus, worth) == []
    assert rank(words("asked", ""), corpus, worth) == []
    assert rank(corpus[0], corpus[:1], worth) == []


def test_of_a_long_text_the_words_that_say_the_most_are_compared() -> None:
    rare, common = [f"rare{number}" for number in range(COMPARED)], [f"common{number}" for number in range(20)]
    asked = words("asked", "", " ".join([*common, *rare]))
    telling = dict.fromkeys(rare, 6.0)
    corpus = [words("common", "", " ".join(common)), words("rare", "", " ".join(rare[:3]))]

    ranked = rank(asked, corpus, lambda word: telling.get(word, 2.0))

    assert [(one.id, bool(one.shared), one.score > 0) for one in ranked] == [
        ("rare", True, True),
        ("common", False, False),
    ]


def test_a_word_counts_as_often_as_it_is_said_and_in_a_title_three_times() -> None:
    bodies = {"once": "cable, so", "apart": "cable, so cable", "part": "cables1, so"}
    corpus = [words(name, "", body) for name, body in bodies.items()]
    corpus.append(words("title", "cable", "so"))
    held = {one.id: one.score for one in rank(words("asked", "", "cable"), corpus, lambda _word: 1.0)}

    assert min(held["title"], held["apart"]) > held["once"] > held["part"] == 0


def test_one_title_spelt_in_two_ways_is_shown_and_two_that_only_look_alike_are_not() -> None:
    corpus = [words(title, title, body) for title, body in SAID.items()]
    worth = worth_in(corpus)

    assert [one.id for one in near(words("asked", "Longercable"), corpus, worth)] == ["Longer cable"]
    assert near(words("asked", "Larger table"), corpus, worth) == []
    assert near(words("asked", "", "Larger table"), [words("other", "", "Nothing of that")], worth) == []


def test_one_word_shows_as_many_as_several_do(maya: User, omar: User, rosa: User) -> None:
    for number in range(7):
        suggest(title=f"A cable {number}", body="", by=maya)
    session().commit()

    assert len(similar_ideas("cable", "", omar)) == len(similar_ideas("a longer cable", "", omar)) == 5


def test_whoever_writes_at_length_is_shown_what_shares_the_telling_words() -> None:
    corpus = [words(title, title, body) for title, body in SAID.items()]
    told = (
        "We moved last spring, and on the way down the stairs one box fell out of my arms, so what was in it got "
        "dented on its left side, while the lamp itself works as well as it did on the first day we had it. Throwing "
        "all of it away for that seems a pity to us. Can somebody in your shop have a look at whether there is one "
        "more shade?"
    )
    asked = words("asked", "After the move", told)
    telling = dict.fromkeys(stems("shade dented lamp"), 4.0)

    found = near(asked, corpus, lambda word: telling.get(word, 0.8))

    assert [one.id for one in found] == ["Sell the shade alone"]


def test_among_few_suggestions_words_that_say_little_hide_nothing_and_show_nothing() -> None:
    said = {"Coloured cables": "Red, at least. The cable is half of what I see.", "A meeting of all makers": ""}
    corpus = [words(title, title, body) for title, body in (said | SAID).items()]
    worth = worth_in(corpus)
    asked = words("asked", "Cables", "If you could, cables should then also be in red for us and for those of you")

    assert near(asked, corpus, worth)[0].id == "Coloured cables"
    # "Make" is no misspelt "makers".
    assert near(words("asked", "Make a chair"), corpus, worth) == []


def test_what_has_far_less_in_common_than_the_nearest_is_not_shown_beside_it() -> None:
    said = {"Coloured cables": "Red, at least. The red cable is half of what I see.", "Sell the clips": "One is lost."}
    corpus = [words(title, title, body) for title, body in (said | SAID).items()]
    worth = worth_in(corpus)

    assert [one.id for one in near(words("asked", "Sell a red cable", "Red!"), corpus, worth)] == ["Coloured cables"]


def test_a_word_is_worth_more_the_rarer_it_is() -> None:
    assert rarity(0, 100) > rarity(1, 100) > rarity(50, 100) > rarity(100, 100) >= 0


def test_both_databases_find_what_is_like_it(maya: User, omar: User, rosa: User) -> None:
    ideas = {title: suggest(title=title, body=body, by=maya) for title, body in SAID.items()}
    session().commit()

    found = similar_ideas("Warm reading lights", "", omar)
    misspelt = similar_ideas("dimmmer", "", omar)
    accented = similar_ideas("Càble longér", "", omar)

    assert found[0].title == "A warmer light for reading in bed"
    assert (found[0].votes, found[0].has_voted, found[0].said_by) == (1, False, "Maya Lindqvist")
    assert [one.title for one in misspelt] == ["A dimmer that remembers"]
    assert [one.title for one in accented] == ["Longer cable"]
    assert similar_ideas("Longer cable", "", omar, but=ideas["Longer cable"].id) == []
    assert similar_ideas("", "", omar) == similar_ideas("zyx", "", omar) == []
    reword(ideas["Longer cable"], title="A battery", body="", by=maya)
    assert similar_ideas("Longer cable", "", omar) == []


def test_words_that_say_little_show_nothing_and_are_not_named(maya: User, omar: User, rosa: User) -> None:
    suggest(title="Paper, if it may be folded from one sheet", body="Would be nice for me.", by=maya)
    session().commit()

    assert similar_ideas("One for me, please", "It would be nice", omar) == []
    (found,) = similar_ideas("Would you fold it", "from sheets of Papers", omar)
    assert found.shared == ("fold", "Papers", "sheets")


def test_whose_words_they_are_and_where_they_stand_is_told(maya: User, sam: User, rosa: User) -> None:
    circle = make_circle(maya, rosa, name="Testers")
    suggest(title="Larger letters", body="", by=sam, on_behalf_of="Ruth Aldana")
    suggest(title="Letters on the switch", body="", by=maya, circle=circle)
    session().commit()

    told = {one.title: (one.said_by, one.circle) for one in similar_ideas("letters", "", maya)}
    assert told == {"Larger letters": ("Ruth Aldana", ""), "Letters on the switch": ("Maya Lindqvist", "Testers")}


def test_however_many_came_since_with_common_words_leave_the_telling_ones(maya: User, rosa: User) -> None:
    reader = make_user("lee@example.org")
    titles = ("Make the lamp better for sailors please", *(f"Make the lamp better please {n}" for n in range(EACH + 5)))
    for title in titles:
        index_now("idea", make_idea(proposed_by=maya, owner=rosa, title=title).id)

    assert similar_ideas("Make it better for sailors", "", reader)[0].title == "Make the lamp better for sailors please"


def test_the_newest_in_common_words_do_not_crowd_out_an_old_one_in_a_rare_word(maya: User, monkeypatch) -> None:
    monkeypatch.setattr(similar, "EACH", 20)
    monkeypatch.setattr(similar, "A_FEW", 100)
    # How many hold two words is told by the highest number, which other tests have raised.
    monkeypatch.setattr(similar, "PAIRED_WORDS", 1)
    reader = make_user("lee@example.org")
    for title in ("For sailors", *(f"A warmer softer calmer lighter lamp {n}" for n in range(25))):
        index_now("idea", make_idea(proposed_by=maya, title=title).id)

    found = similar_ideas("A warmer softer calmer lighter lamp for sailors", "", reader)

    assert [one.title for one in found] == ["For sailors"]


def test_an_old_one_in_two_common_words_is_found_by_both_together(maya: User, rosa: User, monkeypatch) -> None:
    monkeypatch.setattr(similar, "EACH", 3)
    reader = make_user("lee@example.org")
    newer = [f"The {word} is dark {n}" for n in range(4) for word in ("lamp", "cable")]
    for title in ("A cable for the lamp", *newer):
        index_now("idea", make_idea(proposed_by=maya, owner=rosa, title=title).id)

    assert similar_ideas("Lamp cable", "", reader)[0].title == "A cable for the lamp"


def test_among_few_suggestions_a_word_that_most_hold_is_looked_for_too(maya: User, omar: User, rosa: User) -> None:
    titles = {"A lamp by day", "A lamp by night", "A lamp in bed", "A lamp on a boat", "The shade"}
    for title in titles:
        suggest(title=title, body="", by=maya)
    session().commit()

    assert {one.title for one in similar_ideas("Lamp shade", "", omar)} == titles


def test_who_types_on_asks_for_new_words_alone_and_what_changes_is_found_at_once(
    maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    def typed(words: str) -> tuple[list[str], int]:
        begin_work(writing=False)
        queries.clear()
        found = [one.title for one in similar_ideas(words, "", omar)]
        return found, sum("search_index" in asked and "pg_stats" not in asked for asked in queries)

    cable = suggest(title="Longer cable", body="", by=maya)
    session().commit()

    # The words, and the pieces of those that hardly anyone wrote.
    assert typed("Longer cable") == (["Longer cable"], 2)
    assert typed("Longer cable") == (["Longer cable"], 0)
    assert typed("Is the cable longer") == (["Longer cable"], 2)
    assert typed("The cable is longer: longer!") == (["Longer cable"], 0)
    begin_work(writing=True)
    suggest(title="A longer cable for the desk", body="", by=maya)
    session().commit()
    assert sorted(typed("Longer cable")[0]) == ["A longer cable for the desk", "Longer cable"]
    begin_work(writing=True)
    reword(session().merge(cable), title="A battery", body="", by=maya)
    session().commit()
    assert typed("Longer cable") == (["A longer cable for the desk"], 2)


def test_what_is_kept_of_suggestions_is_each_readers_own_and_never_old(maya: User, omar: User, rosa: User) -> None:
    def typed(reader: User) -> list[tuple[str, int, bool]]:
        begin_work(writing=False)
        return [(one.title, one.votes, one.has_voted) for one in similar_ideas("Longer cable", "", reader)]

    cable = suggest(title="Longer cable", body="", by=maya)
    lee = make_user("lee@example.org")
    session().commit()
    assert typed(omar) == typed(lee) == [("Longer cable", 1, False)]

    begin_work(writing=True)
    vote(cable, by=omar)
    end_work(commit=True)
    assert (typed(omar), typed(lee)) == ([("Longer cable", 2, True)], [("Longer cable", 2, False)])

    begin_work(writing=True)
    session().execute(update(Idea).where(Idea.id == cable.id).values(is_private=True))
    session().commit()
    assert (typed(lee), typed(rosa)) == ([], [("Longer cable", 2, False)])


def test_long_suggestions_that_are_kept_take_no_more_memory_than_is_said() -> None:
    """What Python itself counts, of texts whose words are all different, which take the most."""
    texts = [" ".join(f"w{number}x{word}" for word in range(1_000)) for number in range(200)]
    place = Store(entries=1_000, size=1024 * 1024)
    tracemalloc.start()

    for number, text in enumerate(texts):
        place.put(number, 1, Words.of(number, "lamp", text))

    taken, _most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 10 < len(place) < len(texts)
    assert taken < 1.5 * 1024 * 1024
