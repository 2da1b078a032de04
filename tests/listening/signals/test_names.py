"""The words of a name carry no tone, and everything around them keeps its own."""

import pytest

from portal.foundation.database import session
from portal.listening.models import Tracker, TrackerKind
from portal.listening.queries import names_in_use
from portal.listening.services import take_in
from portal.listening.services.aside import ReadingAside
from portal.listening.signals import read
from portal.listening.signals.names import names_of, without_names
from tests.listening.heard import make_draft, stored_mentions

NAMES = names_of(["Loom Hack", "#terror", "Killer", "Killer Lamp", ""])


def test_names_are_taken_as_plain_words_the_longest_first():
    assert NAMES == {"killer": [["killer", "lamp"], ["killer"]], "loom": [["loom", "hack"]]}


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("my loom hack is great", "my _ _ is great"),
        ("a hack of my loom", "a hack of my loom"),
        ("killer lamp killer", "_ _ _"),
        ("loom", "loom"),
    ],
)
def test_only_the_whole_name_is_taken_out(words, left):
    assert without_names(words.split(), NAMES) == left.split()


def test_a_name_says_nothing_and_what_is_said_of_it_does():
    plain, about = "I took my Killer Lamp to the desk", "My Killer Lamp is not good"

    assert read(plain, lang="en", names=NAMES).tone == 0
    assert read(plain, lang="en").tone < 0
    assert read(about, lang="en", names=NAMES).tone == read("My Brass Lamp is not good", lang="en").tone
    assert [word for word, _weight in read(about, lang="en", names=NAMES).tone_words] == ["not good"]


def test_what_is_listened_for_by_name_is_read_without_tone_here_and_in_the_process_beside(db, sam):
    rows = (("killer none:(toy)", TrackerKind.BRAND), ('"awful lamps"', TrackerKind.RIVAL), ("hate", "opportunity"))
    for query, kind in rows:
        session().add(Tracker(name=query, query=query, kind=TrackerKind(kind), created_by_id=sam.id))
    session().flush()
    drafts = [
        make_draft("1", text="I have a killer and some awful lamps on my desk", lang="en"),
        make_draft("2", text="I hate the one on my desk", lang="en"),
    ]

    take_in(drafts)

    assert names_in_use()["killer"] == [["killer"]]
    assert names_in_use()["awful"] == [["awful", "lamps"]]
    tones = [mention.tone for mention in stored_mentions()]
    assert tones[0] == 0 > tones[1]
    with ReadingAside([], names_in_use()) as aside:
        aside.hand_over(drafts)
        assert [row[1] for row in aside.collect()] == tones
