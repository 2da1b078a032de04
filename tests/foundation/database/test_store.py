"""What a process keeps is bounded."""

from portal.foundation.database.store import PLAIN, Store


def test_the_least_used_goes_first():
    store = Store(entries=2, size=10_000)
    store.put("a", 1, 1)
    store.put("b", 1, 2)
    store.find("a", 1)

    store.put("c", 1, 3)

    assert [store.find(key, 1) for key in "abc"] == [1, None, 3]


def test_several_are_found_and_kept_together():
    store = Store(entries=3, size=10_000)
    store.put("a", 1, 1)
    store.put("b", 0, 2)

    store.put_each({"c": 3, "d": 4}, 1)

    assert store.find_each("abcd", 1) == [None, None, 3, 4]
    assert store.find_each("bd", 0) == [2, None]
    # What was found was used; what holds for another stamp was not.
    store.find_each("bc", 0)
    store.put("e", 1, 5)
    assert (store.find("b", 0), store.find_each("cde", 1)) == (2, [None, 4, 5])


def test_long_texts_make_room_for_each_other():
    store = Store(entries=100, size=10 * PLAIN)

    for number in range(20):
        store.put(number, 1, "x" * 2 * PLAIN)

    assert len(store) == 4


def test_something_newer_takes_the_place_and_the_room_of_the_older():
    store = Store(entries=100, size=10 * PLAIN)

    for stamp in range(50):
        store.put("key", stamp, "x" * 6 * PLAIN)

    assert (len(store), store.find("key", 48), store.find("key", 49)) == (1, None, "x" * 6 * PLAIN)
