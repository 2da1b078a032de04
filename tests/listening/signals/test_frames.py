"""Frames of words, found together."""

import pytest

from portal.listening.signals.frames import compile_frames, whole_frames


def found(frames, text):
    tokens = text.split()
    graph = compile_frames(("sign", frame) for frame in frames)
    ends = (
        whole_frames(tokens, start, graph.get((tokens[start], tokens[start + 1]))) for start in range(len(tokens) - 1)
    )
    return [" ".join(tokens[start : end["sign"]]) for start, end in enumerate(ends) if end]


def test_each_place_has_a_choice():
    frames = [("would / could", "be", "nice / really nice")]

    assert found(frames, "it would be nice and could be really nice but must be nice") == [
        "would be nice",
        "could be really nice",
    ]


def test_a_place_may_be_left_out():
    assert found([("a", "_ / b / c d", "e")], "a e a b e a c d e a c e") == ["a e", "a b e", "a c d e"]


def test_a_place_may_be_any_word_of_the_sentence():
    frames = [("needs", "a / an", "*", "button / switch")]

    assert found(frames, "needs a big switch needs a . switch needs a switch") == ["needs a big switch"]
    assert found([*frames, ("needs", "a", "big", "knob")], "needs a big knob needs a big button") == [
        "needs a big knob",
        "needs a big button",
    ]


def test_the_longest_of_several_frames_is_taken():
    assert found([("make", "it"), ("make", "it", "so")], "make it so make it") == ["make it so", "make it"]


def test_a_frame_that_is_cut_off_is_none():
    assert found([("a", "b", "c")], "a b") == []


def test_many_choices_stay_small():
    words = " / ".join(f"w{number}" for number in range(50))
    graph = compile_frames([("sign", (words, words, words, words))])
    seen = set()

    def walk(node):
        if id(node) not in seen:
            seen.add(id(node))
            for token, following in node.items():
                if token != " ":
                    walk(following)

    walk(graph)
    assert len(seen) < 10


def test_frames_are_signs_of_different_things():
    graph = compile_frames([("ask", ("can you", "add")), ("wish", ("can you", "add", "it / that"))])

    assert whole_frames(["can", "you", "add", "it"], 0, graph["can", "you"]) == {"ask": 3, "wish": 4}


@pytest.mark.parametrize("frame", [("beware", "_ / of"), ("beware",), ("_ / please",), ("needs", "* / a"), ("*", "a")])
def test_a_frame_begins_with_two_words_that_are_known(frame):
    with pytest.raises(ValueError, match="two words"):
        compile_frames([("sign", frame)])
