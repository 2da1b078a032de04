"""What is said beside the suggestions: comments, tags, words in the circle, what waits for a look, what is not sent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from portal.community.models import Ask, Circle, Member
from portal.community.services import end_trust, set_entry_rule
from portal.community.trust import FIRST_HELD
from portal.demo.pictures import lamp
from portal.demo.rooms import CIRCLE, OPEN, Record
from portal.demo.suggestions import SUGGESTIONS
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Comment, Idea, ResponseKind
from portal.ledger.services import add_tag, comment, keep_draft, keep_pictures, name_owner_of_tag, respond, suggest
from portal.moderation.models import Concern, Decision, Ruling
from portal.moderation.services import appeal, remove, report


@dataclass(frozen=True)
class Said:
    """A comment beside a suggestion, so many days after it, with replies to it a few hours later."""

    title: str
    by: str
    after_days: float
    words: str
    replies: tuple[tuple[str, str], ...] = ()
    is_case: bool = False


SAID = (
    Said("Show how to open each lamp", "Callum", 2, "Torque figures too: cracked bases were closed with a drill.", (
        ("Jonas", "They go on the page of each lamp. Thank you for saying why."),)),
    Said("Show how to open each lamp", "Ikenna", 3, "Me too: I had to cut one open to find the fuse.", is_case=True),
    Said("A dimmer in the base of the Alba", "Pavel", 1, "Mind the hum. Cheap dimmers sing with warm bulbs.", (
        ("Ikenna", "Mine is silent from 4 % up; I will send the parts list."),
        ("Rosa", "@Ikenna Obi yes please, to the workshop."))),
    Said("Coloured cables", "Aiko", 4, "Mustard would be lovely, and it hides the dust."),
    Said("Coloured cables", "Tomasz", 40, "I would buy ten metres at once, whatever the colour.", is_case=True),
    Said("A meeting of all makers", "Sofia", 1, "The library here would lend us chairs. **Forty** of them."),
    Said("A meeting of all makers", "Noor", 2, "Could those who live far off join by film?", (
        ("Sam", "Yes. We put one camera over the big table, so that hands are seen."),)),
    Said("Let me order thread by weight", "Ingrid", 1, "I spin my own and would still buy 120 g for the edges."),
    Said("A pattern library with a search", "Esther", 1, "With the age from which a child can do it, please.", (
        ("Ruth", "@Esther Kimani I mark mine by years of practice; that could be a field."),)),
    Said("Tell us the flicker numbers", "Ikenna", 2, "I measured two of them. Happy to share how.", (
        ("Pavel", "Please do; then we can compare."),)),
)  # fmt: skip
TAGS = {
    "Wiring": ("A dimmer in the base of the Alba", "Tell us the flicker numbers", "Coloured cables"),
    "Repair": ("Show how to open each lamp", "Spare switch in black", "A quieter click"),
    "Thread": ("Let me order thread by weight", "Heat-safe thread list"),
    "Meeting": ("A meeting of all makers", "A lending box for weaving evenings"),
    "In the box": ("No more foam in the box", "Print the drawing in the box"),
}
# Who answers what carries a tag, from a day on after which one more suggestion gets one of them.
OWNERS = {"Wiring": "Rosa", "Thread": "Jonas"}
GIVEN = (
    ("Tomasz", "Paper, if it may be folded from one sheet", "No glue means I can replace it myself."),
    ("Lena", "Linen, with a seam that opens", "So that it can be washed."),
    ("Priya", "Glass, but sell the ring alone", "I would knit over it, and nobody else has the thread for the ring."),
)
HEARD = {
    "Tomasz": "Good point about the glue. I ask the paper maker how often it can be unfolded.",
    "Lena": "A seam that opens is on the table already; yours makes it two.",
    "Priya": "The ring alone has a part number. I find out what keeps us from listing it.",
}
INSIDE = (
    "The outdoor lamp hums when it is cold",
    "From about minus five on, for the first minute. A film of it is in my folder.",
)
# A comment that was taken out, with the reason, and why its author asks for another look.
SOLD = (
    "Send me your singing dimmers; I take 30 each for the mended ones. Most of them need nothing but a new triac, "
    "the BTA06 in place of the one with the cracked tab."
)
SOLD_WHY = "Offers to buy and sell do not stand beside suggestions. The hint about the part was good; say that alone."
SOLD_AGAIN = (
    "The price was meant for Ikenna, who asked me for two. Which part fails is what people want to know here: may the "
    "comment come back if I take out the first sentence?"
)
# What Maya has begun on her phone and not sent, and where the pictures of it were taken.
BEGUN = (
    "The cord of my Fjara has a kink just where it leaves the ceiling cup. I have tried a felt ring under the cup, and"
)
BEGUN_PICTURES = (("ceiling-cup.webp", "felting", 3), ("felt-ring.webp", "felting", 8))


def talk(record: Record) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The events of all that; every suggestion and both rooms stand by then."""
    days = {suggestion.title: suggestion.days_ago for suggestion in SUGGESTIONS}
    for said in SAID:
        yield record.at(days[said.title] - said.after_days), lambda said=said: _say(record, said)  # type: ignore[misc]
    for name, titles in TAGS.items():
        for title in titles:
            moment = record.at(days[title], 5)
            yield moment, lambda name=name, title=title: _sort(record, name, title)  # type: ignore[misc]
    for index, (by, title, body) in enumerate(GIVEN):
        yield record.at(4, 7 * index), lambda by=by, title=title, body=body: _give(record, by, title, body)  # type: ignore[misc]
    yield record.at(20), lambda: _whisper(record)
    yield record.at(19, 4), lambda: _answer_inside(record)
    yield record.at(3), lambda: _name_owners(record)
    yield record.at(2), lambda: _watch(record)
    yield record.at(1.3), lambda: _take_out(record)
    yield record.at(0.6), lambda: _hold(record)
    yield record.at(0.5), lambda: _appeal(record)
    yield record.at(0.4), lambda: _begin(record)


def _say(record: Record, said: Said) -> None:
    idea = _idea(said.title)
    first = comment(idea, body=said.words, by=record.user(said.by), is_case=said.is_case)
    for name, words in said.replies:
        reply = comment(idea, body=words, by=record.user(name), reply_to=first)
        reply.created_at = first.created_at + timedelta(hours=3)


def _sort(record: Record, name: str, title: str) -> None:
    add_tag(_idea(title), name, by=record.user("Sam"))


def _name_owners(record: Record) -> None:
    """From here on two tags name who answers."""
    for tag, owner in OWNERS.items():
        name_owner_of_tag(tag, record.user(owner), by=record.user("Sam"))


def _give(record: Record, by: str, title: str, body: str) -> None:
    ask = session().scalars(select(Ask).where(Ask.question == OPEN)).one()
    idea = suggest(title=title, body=body, by=record.user(by), ask=ask)
    with pretend(now() + timedelta(hours=2)):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message=HEARD[by], by=record.user("Sam"))


def _whisper(record: Record) -> None:
    circle = session().scalars(select(Circle).where(Circle.name == CIRCLE)).one()
    title, body = INSIDE
    idea = suggest(title=title, body=body, by=record.user("Tomasz"), circle=circle)
    comment(idea, body="Mine too, and it stops once the case is warm.", by=record.user("Maya"))


def _answer_inside(record: Record) -> None:
    words = (
        "Heard, and measured: the driver starts too slowly in the cold. Which of you has the thermometer with the log?"
    )
    respond(_idea(INSIDE[0]), kind=ResponseKind.QUESTION, message=words, by=record.user("Sam"))


def _watch(record: Record) -> None:
    """From here on links are looked at first too, and those who came last are not trusted blindly any more."""
    sam = record.user("Sam")
    for member in session().scalars(select(Member).where(Member.founding_number > 12)):
        end_trust(member.user, by=sam)
    set_entry_rule(first_held=FIRST_HELD, holds_links=True, words="", by=sam)


def _hold(record: Record) -> None:
    """One suggestion waits for a look, and one comment was reported."""
    suggest(
        title="A list of shops that sell the frames",
        body="I keep one at https://makers.example.org/frames and would rather see it on your page.",
        by=record.user("Diego"),
    )
    said = session().scalars(select(Comment).where(Comment.body.like("I would buy ten metres%"))).one()
    report(said, concern=Concern.ADVERTISING, by=record.user("Noor"), why="Is he selling them on?")


def _take_out(record: Record) -> None:
    """A comment that sells something is taken out."""
    said = comment(_idea("A dimmer in the base of the Alba"), body=SOLD, by=record.user("Pavel"))
    remove(said, reason=SOLD_WHY, by=record.user("Sam"))


def _appeal(record: Record) -> None:
    """Its author asks for another look."""
    decision = session().scalars(select(Decision).where(Decision.ruling == Ruling.REMOVED)).one()
    appeal(decision, words=SOLD_AGAIN, by=record.user("Pavel"))


def _begin(record: Record) -> None:
    """Maya has begun a suggestion, with two pictures."""
    draft = keep_draft(record.user("Maya"), "begun-on-the-phone", title="", body=BEGUN)
    if draft is not None:
        keep_pictures(draft, ((name, BytesIO(lamp(craft, number))) for name, craft, number in BEGUN_PICTURES))


def _idea(title: str) -> Idea:
    return session().scalars(select(Idea).where(Idea.title == title, Idea.created_at <= now())).one()
