from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.listening.drafts import MENTION_KINDS
from portal.makers.scoring.bars import heard_again, recompute, still_here, total_of
from portal.makers.scoring.reading import Act, Addressee, score
from portal.makers.scoring.weights import WEIGHTS

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def act(number=1, *, days=0.0, **given):
    values = {"channel": "forum", "kind": "post", "at": AT - timedelta(days=days), "length": 200, "is_copy": False}
    values |= {"tone": 0.0, "is_question": False, "is_suggestion": False, "is_creation": False}
    return Act(id=number, **(values | given))


acts = st.lists(
    st.builds(
        act,
        st.integers(1, 10**9),
        days=st.floats(-400, 1200),
        channel=st.sampled_from(["forum", "youtube"]),
        kind=st.sampled_from(sorted(MENTION_KINDS)),
        length=st.integers(0, 20_000),
        is_copy=st.booleans(),
        tone=st.none() | st.floats(-1, 1),
        is_question=st.booleans(),
        is_suggestion=st.booleans(),
        is_creation=st.booleans(),
        is_about=st.booleans(),
        addressee=st.sampled_from(Addressee),
        answers_question=st.booleans(),
        stance=st.none() | st.floats(-1, 1),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=50)
@given(acts, st.integers(-5, 10**9))
def test_every_bar_stays_between_0_and_1(said, followers):
    reading = score(said, at=AT, followers=followers)

    assert all(0 <= value <= 1 for value in reading.bars)
    assert 0 <= reading.total <= 100


@settings(deadline=None, max_examples=50)
@given(acts)
def test_one_more_work_never_lowers_create(said):
    before = score(said, at=AT)

    after = score([*said, act(0, kind="video")], at=AT)

    assert after.bars.create >= before.bars.create


@settings(deadline=None, max_examples=50)
@given(acts, st.integers(0, 10**7))
def test_the_stored_contributions_make_the_same_score_again(said, followers):
    reading = score(said, at=AT, followers=followers)

    bars = recompute([list(one) for one in reading.contributions], reach=reading.bars.reach)

    assert bars == reading.bars
    assert not reading.contributions or total_of(bars) == reading.total


@settings(deadline=None, max_examples=50)
@given(acts)
def test_the_order_of_mentions_does_not_matter(said):
    forwards, backwards = score(said, at=AT), score(said[::-1], at=AT)

    assert forwards.bars == pytest.approx(backwards.bars, abs=2e-4)


def test_the_shares_of_the_bars_add_up_to_one():
    assert sum(WEIGHTS.shares.values()) == pytest.approx(1)


def test_nobody_heard_of_has_no_score():
    reading = score([], at=AT, followers=1000)

    assert reading.total == 0
    assert reading.months == [0] * 12


def test_half_of_the_points_are_left_after_the_half_life():
    fresh, old = score([act(1), act(2, days=WEIGHTS.half_life)], at=AT).contributions[::-1]

    assert fresh.create == 2
    assert old.create == pytest.approx(1)


def test_what_is_older_than_five_years_does_not_count():
    assert score([act(days=1827)], at=AT).contributions == []


def test_a_time_in_the_future_counts_as_now():
    assert score([act(days=-30)], at=AT).contributions == score([act()], at=AT).contributions


def test_a_video_brings_more_than_a_comment_and_a_comment_more_than_a_repost():
    video, comment, repost = (score([act(kind=kind)], at=AT).total for kind in ("video", "comment", "repost"))

    assert video > comment > repost


def test_a_near_copy_keeps_a_fifth_and_a_repost_of_the_brand_nothing():
    own, copy = score([act()], at=AT), score([act(is_copy=True)], at=AT)
    repost = score([act(kind="repost", addressee=Addressee.BRAND)], at=AT)

    assert copy.contributions[0].create == pytest.approx(own.contributions[0].create / 5)
    assert repost.bars.create == 0


def test_words_that_say_something_was_made_count_as_a_work():
    assert score([act(is_creation=True)], at=AT).contributions[0].weight == 10
    assert score([act(is_creation=True, addressee=Addressee.OTHERS, kind="reply")], at=AT).contributions[0].weight == 5


def test_an_answer_to_someones_question_counts_for_advise():
    helped = score([act(kind="reply", addressee=Addressee.OTHERS, answers_question=True)], at=AT)
    asked_back = score([act(kind="reply", addressee=Addressee.OTHERS, is_question=True)], at=AT)
    alone = score([act(kind="reply", addressee=Addressee.THEMSELVES, answers_question=True)], at=AT)

    assert helped.contributions[0].advise == 6
    assert asked_back.bars.advise == alone.bars.advise == 0


def test_a_question_in_detail_counts_more_than_a_short_one():
    assert score([act(kind="question")], at=AT).contributions[0].weight == 3
    assert score([act(kind="question", length=50)], at=AT).contributions[0].weight == 2


def test_what_only_asks_counts_less_unless_it_suggests_or_shows_a_work():
    def weight(**given):
        return score([act(is_question=True, **given)], at=AT).contributions[0].weight

    assert weight(length=50) == 0.8
    assert weight() == 1.2
    assert weight(is_suggestion=True) == 3
    assert weight(is_creation=True) == weight(kind="video") == 10
    assert weight(kind="answer") == 6


def test_warm_words_fill_love_and_cold_ones_take_from_it():
    warm = [act(number, tone=0.6) for number in range(20)]
    mixed = [*warm, *(act(number, tone=-0.6) for number in range(20, 40))]

    assert score(warm, at=AT).bars.love > 0.6
    assert score(mixed, at=AT).bars.love < score(warm, at=AT).bars.love
    assert score([act(tone=-0.6)], at=AT).bars.love == score([act(tone=None)], at=AT).bars.love == 0


def test_ones_own_tone_elsewhere_is_the_measure_of_warmth():
    elsewhere = [act(number, tone=0.6, is_about=False) for number in range(3)]

    reading = score([*elsewhere, act(9, tone=0.6)], at=AT)

    assert reading.bars.love == 0
    assert [one.lift for one in reading.contributions if one.mention_id < 9] == [None] * 3


def test_the_authors_own_word_comes_before_our_reading():
    spoken_for, unsaid, against = (score([act(tone=0.5, stance=stance)], at=AT) for stance in (1, 0, -1))

    assert [one.contributions[0].relevance for one in (spoken_for, unsaid, against)] == [1, WEIGHTS.unsaid, 0]
    assert [one.contributions[0].lift for one in (spoken_for, unsaid, against)] == [1, 0, -1]
    assert spoken_for.total > unsaid.total > against.total == 0


def test_no_one_stands_level_with_someone_who_did_more():
    totals = [score([act(number, days=number / 9) for number in range(count)], at=AT).total for count in range(1, 200)]

    assert totals == sorted(set(totals))


def test_of_two_who_spoke_once_the_newer_comes_first():
    totals = [score([act(days=days)], at=AT).total for days in range(0, 1800, 25)]

    assert totals == sorted(set(totals), reverse=True)


def test_many_mentions_on_one_day_persist_less_than_the_same_on_many_days():
    burst = [act(number, days=1 + number / 200) for number in range(30)]
    evening_too = [*burst, act(30, days=1.4)]
    spread = [act(number, days=1 + number) for number in range(30)]

    assert score(spread, at=AT).bars.persist > 2 * score(burst, at=AT).bars.persist
    assert score(evening_too, at=AT).bars.persist > 1.5 * score(burst, at=AT).bars.persist


def test_silence_is_measured_by_the_time_they_are_known():
    assert still_here(60, 2000) > still_here(60, 90) > still_here(60, 60)
    assert still_here(0, 0) == 0.5
    assert still_here(400, 2000) < still_here(60, 2000) / 2


def test_silence_is_measured_by_ones_own_pace():
    daily_then_gone, rare_and_patient = heard_again(40, 60, 100), heard_again(3, 60, 180)

    assert heard_again(3, 1, 180) / rare_and_patient < 2
    assert daily_then_gone < heard_again(40, 1, 41) / 20
    assert daily_then_gone < rare_and_patient


def test_who_came_more_often_is_likelier_to_come_again_and_once_says_little():
    chances = [heard_again(days, 2, 100) for days in (1, 2, 3, 5, 10, 40)]

    assert chances == sorted(set(chances))
    assert heard_again(1, 0, 0) < 0.25 < 0.9 < heard_again(40, 2, 100) < 1


def test_whoever_spoke_daily_for_years_and_then_no_more_has_left():
    assert 0 <= heard_again(800, 1000, 1800) < 1e-6
    assert heard_again(1, 1800, 1800) > 0


def test_a_critic_who_cares_has_a_mark():
    cross = [act(number, days=12 * number, tone=-0.6, is_suggestion=True, is_creation=True) for number in range(30)]

    assert score(cross, at=AT).is_critic
    assert not score([one._replace(tone=0.6) for one in cross], at=AT).is_critic


def test_the_months_count_mentions_oldest_first():
    assert score([act(1), act(2, days=1), act(3, days=340)], at=AT).months == [1] + [0] * 10 + [2]


def test_the_best_mentions_are_the_strongest_in_own_words():
    said = [act(1, kind="video"), act(2, kind="photo"), act(3, is_copy=True), act(4)]

    assert score(said, at=AT).best == [1, 2, 4]


def test_a_hundred_thousand_mentions_of_one_person_are_a_sensible_score():
    said = [act(number, days=number / 200, tone=0.1) for number in range(100_000)]

    reading = score(said, at=AT)

    assert reading.bars.create == 1
    assert len(reading.contributions) == 100_000
