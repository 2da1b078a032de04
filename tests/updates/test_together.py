"""Answers that are given together reach each person in one mail, in their language, and quietly where so chosen."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Idea, ResponseKind
from portal.ledger.services import Typed, keep_answer_draft, publish_drafts, respond
from portal.updates import jobs
from portal.updates.jobs import gather
from portal.updates.mail import ANSWERS_IN_ONE
from portal.updates.models import Level, Notice, Telling
from portal.updates.queries import may_send
from portal.updates.services import follow, ideas_of_token
from tests.factories import make_circle
from tests.updates.stories import action_for, answer_with, explanation, mails, notices, recipients, step, suggestion
from tests.updates.test_mail import words_of_html, words_of_text


def publish(ideas: list[Idea], by: User, **given: Any) -> None:
    drafts = [
        keep_answer_draft(
            session().get_one(Idea, idea.id),
            Typed(ResponseKind.EXPLANATION, f"The resin of {idea.title} would crack in the frost."),
            by=session().get_one(User, by.id),
        )
        for idea in ideas
    ]
    publish_drafts([draft for draft in drafts if draft], by=session().get_one(User, by.id), **given)
    session().commit()


def test_whoever_is_behind_several_gets_one_mail_and_the_others_theirs(maya: User, omar: User, rosa: User) -> None:
    circle = make_circle(maya, rosa)
    ideas = [suggestion(maya, omar, title="Lamp"), suggestion(maya, title="Shade")]
    publish([*ideas, suggestion(maya, title="Secret", circle=circle)], rosa)

    assert gather() == 4
    assert gather() == 0

    assert recipients() == ["maya", "maya", "omar"]
    subjects = {(mail.recipient, mail.subject) for mail in mails()}
    assert subjects == {
        (maya.email, "Rosa answered 2 suggestions"),
        (maya.email, "Rosa wrote in a circle of yours"),
        (omar.email, "Rosa answered: Lamp"),
    }
    [together] = [mail for mail in mails() if "2 suggestions" in mail.subject]
    for words in ("The resin of Lamp would crack", "The resin of Shade would crack", f"/ideas/{ideas[1].id}"):
        assert words in together.text
        assert words in together.html
    assert "Secret" not in together.text + together.html
    assert together.text.count("Hello Maya Lindqvist,") == 1
    assert len(notices()) == 4


def test_the_way_out_of_a_mail_about_several_stops_them_all(maya: User, rosa: User, client: Any) -> None:
    ideas = [suggestion(maya, title="Lamp"), suggestion(maya, title="Shade")]
    publish(ideas, rosa)
    gather()
    [mail] = mails()
    assert mail.unsubscribe_url is not None
    way_out = mail.unsubscribe_url.removeprefix("http://localhost:8000")

    page = client.get(way_out)
    assert "Lamp”, “Shade" in page.text
    assert "Stop mails about these 2 suggestions" in page.text
    assert [idea.title for idea in ideas_of_token(way_out.rsplit("/", 1)[1])] == ["Lamp", "Shade"]
    assert may_send(session().get_one(OutgoingMail, mail.id))
    client.post(way_out, data={"List-Unsubscribe": "One-Click"})

    assert not may_send(session().get_one(OutgoingMail, mail.id))


def test_a_mail_about_several_leaves_while_one_is_wanted_and_all_are_seen(maya: User, omar: User, rosa: User) -> None:
    ideas = [suggestion(maya, omar, title="Lamp"), suggestion(maya, omar, title="Shade")]
    publish(ideas, rosa)
    gather()
    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.recipient == omar.email)).one()

    follow(session().get_one(Idea, ideas[0].id), level=Level.NOTHING, by=omar)
    assert may_send(mail)
    session().get_one(Idea, ideas[1].id).is_private = True
    session().flush()
    assert not may_send(mail)


def test_a_long_row_of_answers_comes_in_several_mails(maya: User, rosa: User) -> None:
    publish([suggestion(maya, title=f"Lamp {number}") for number in range(ANSWERS_IN_ONE + 1)], rosa)

    gather()

    assert [mail.subject for mail in mails()] == [
        f"Rosa answered {ANSWERS_IN_ONE} suggestions",
        "Rosa answered: Lamp 8",
    ]


def test_published_quietly_it_stands_on_the_page_and_is_never_told_by_mail(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    publish([idea], rosa, is_quiet=True)

    gather()
    gather()

    assert mails() == []
    assert [user for user, _ in notices()] == [maya.id]


def test_each_reads_the_answer_in_their_own_language(maya: User, omar: User, rosa: User, sam: User) -> None:
    idea = suggestion(
        maya, omar, title="Eine wärmere Lampe", body="Das weiße Licht ist mir am Abend zu kalt und macht mich wach."
    )
    follow(idea, level=Level.EVERYTHING, by=sam)
    omar.language = "fr"
    respond(
        idea,
        kind=ResponseKind.EXPLANATION,
        message="The resin would crack in the frost.",
        by=rosa,
        language="en",
        in_languages={"de": "Das Harz würde im Frost springen.", "fr": "La résine se fendrait par grand froid."},
    )
    session().commit()

    gather()

    words = {mail.recipient: mail.text for mail in mails()}
    # Omar said so; Maya wrote in German; of Sam nothing is known.
    assert "La résine se fendrait" in words[omar.email]
    assert "Das Harz würde im Frost springen." in words[maya.email]
    assert "On the page it stands in English, Français too." in words[maya.email]
    assert "The resin would crack" in words[sam.email]
    assert "Harz" not in words[sam.email]


def test_what_is_new_is_looked_for_each_time_and_everything_once_a_minute(
    maya: User, omar: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    idea, asked = suggestion(maya, omar), []
    first, second = explanation(idea, rosa), explanation(idea, rosa, "This one would make the lamp too heavy to carry.")
    untold = jobs.untold
    monkeypatch.setattr(jobs, "untold", lambda what, **given: asked.append(given["after_id"]) or untold(what, **given))

    assert gather() == 4
    asked.clear()
    third = explanation(idea, rosa, "And the glass would have to be blown by hand.")
    assert gather() == 2
    # A long ledger is not looked through for what is new.
    assert min(asked) == 0 < second.id in asked
    assert third.id in asked
    # One whose number is lower was committed only now, on another connection.
    session().execute(delete(Telling).where(Telling.response_id == first.id))
    session().execute(delete(Notice).where(Notice.response_id == first.id))
    session().commit()
    assert gather() == 0
    with pretend(now() + timedelta(minutes=1)):
        assert gather() == 2


def test_whoever_is_asked_in_a_mail_about_several_is_spoken_to(maya: User, omar: User, rosa: User) -> None:
    first, second = (suggestion(maya, omar, title=title) for title in ("Lamp", "Shade"))
    for idea in (first, second):
        respond(
            session().get_one(Idea, idea.id),
            kind=ResponseKind.QUESTION if idea is first else ResponseKind.EXPLANATION,
            message=f"What about the resin of {idea.title}: would it crack in the frost?",
            by=session().get_one(User, rosa.id),
        )
    session().commit()
    gather()

    hers, his = (next(mail for mail in mails() if mail.recipient == one.email) for one in (maya, omar))

    assert (hers.subject, his.subject) == (
        "Rosa has a question for you, and answers",
        "Rosa answered 2 suggestions",
    )
    for words in (hers.text, hers.html):
        assert "Rosa Pereira asks you back; the clock stands still until you reply:" in words
        assert f"/ideas/{first.id}#your-word" in words
        assert "until Maya Lindqvist replies" not in words
    for words in (his.text, his.html):
        assert "the clock stands still until Maya Lindqvist replies:" in words
        assert "#your-word" not in words
    assert words_of_text(hers.text) == words_of_html(hers.html)


def test_a_mail_of_questions_alone_says_so(maya: User, rosa: User) -> None:
    for title in ("Lamp", "Shade"):
        idea = suggestion(maya, title=title)
        respond(
            session().get_one(Idea, idea.id),
            kind=ResponseKind.QUESTION,
            message=f"Which {title}?",
            by=session().get_one(User, rosa.id),
        )
    session().commit()
    gather()

    [mail] = mails()

    assert mail.subject == "Rosa has 2 questions for you"


def test_whoever_wrote_something_down_for_somebody_is_asked_to_pass_it_on(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    ideas = [suggestion(sam, omar, title=title) for title in ("Lamp", "Shade")]
    for idea, kind in zip(ideas, (ResponseKind.QUESTION, ResponseKind.EXPLANATION), strict=True):
        idea = session().get_one(Idea, idea.id)
        idea.on_behalf_of = "Jana Novotna"
        respond(idea, kind=kind, message="The resin would crack in the frost.", by=session().get_one(User, rosa.id))
    session().commit()
    gather()

    his, mine = (next(mail for mail in mails() if mail.recipient == one.email) for one in (omar, sam))

    for words in (mine.text, mine.html):
        assert words.count("You wrote this down for Jana Novotna: please pass it on.") == 2
        assert "the clock stands still until Jana Novotna replies:" in words
    assert "pass it on" not in his.text
    assert "Sam Okafor" not in his.text.replace("Hello Sam Okafor", "")
    assert words_of_text(mine.text) == words_of_html(mine.html)


def test_a_step_names_every_suggestion_of_its_reader_that_the_action_answers(
    maya: User, omar: User, rosa: User
) -> None:
    lamp, shade = suggestion(maya, omar, title="Lamp"), suggestion(maya, title="Shade")
    for idea, name in ((lamp, "Jana Novotna"), (shade, "Ida Roth")):
        session().get_one(Idea, idea.id).on_behalf_of = name
    session().commit()
    action = action_for(lamp, rosa)
    answer_with(shade, action, rosa, "The same thing.")
    entry = step(action, rosa)
    gather()

    told = {mail.recipient: mail for mail in mails("progress")}

    mine, his = told[maya.email], told[omar.email]
    for words in (mine.text, mine.html):
        assert "which answers “Lamp”" in words
        assert words.index("It answers this suggestion too") < words.index("Shade")
        assert "please pass it on" in words
        assert "Jana Novotna, Ida Roth" in words
    for words in (his.text, his.html):
        assert ("“Lamp”" in words, "Shade" in words, "too, which" in words) == (True, False, False)
    for mail in (mine, his):
        assert words_of_text(mail.text) == words_of_html(mail.html)
    assert [row for row in notices() if row[1] == f"progress:{entry.id}"] == [
        (maya.id, f"progress:{entry.id}"), (omar.id, f"progress:{entry.id}"),
    ]  # fmt: skip
    assert mine.unsubscribe_url is not None
    named = ideas_of_token(mine.unsubscribe_url.rpartition("/")[2])
    assert [idea.title for idea in named] == ["Lamp", "Shade"]


def test_a_step_in_a_circle_names_none_of_the_suggestions(maya: User, rosa: User) -> None:
    circle = make_circle(maya, rosa)
    lamp, shade = (suggestion(maya, title=title, circle=circle) for title in ("SECRET one", "SECRET two"))
    action = action_for(lamp, rosa)
    answer_with(shade, action, rosa, "The same thing.")
    step(action, rosa)
    gather()

    [mail] = mails("progress")

    assert "SECRET" not in mail.text + mail.html
