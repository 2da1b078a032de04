"""GitHub's webhooks, and whether issues, comments and discussions still stand."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from portal.foundation.clock import pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Change, Deletion, Push, PushRefused
from portal.listening.drafts import MentionDraft
from portal.listening.models import Health
from tests.channels.api_server import NOON, Corpus, Post, posts
from tests.channels.feed_server import Answer
from tests.channels.github_server import GitHubServer, comment, issue
from tests.listening.connectors.asking import context, listen, take_turns
from tests.listening.heard import stored_mentions

GITHUB = connector_for("github")
SAID = Post("7", "The lamp hums", NOON)


def sent(event: str, document: dict[str, Any], *, form: bool = False, secret: str | None = None) -> list[Any]:
    """What an event comes to, as it is signed and sent."""
    ctx = context("github", token="good")
    said = json.dumps(document)
    body = urlencode({"payload": said}).encode() if form else said.encode()
    signature = hmac.new((secret or ctx.push_secret).encode(), body, hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded" if form else "application/json"
    headers = {
        "x-hub-signature-256": f"sha256={signature}", "x-github-event": event, "x-github-delivery": "d-1",
        "content-type": kind,
    }  # fmt: skip
    push = Push(headers=headers, body=body)
    accepted = GITHUB.accept(ctx, {}, push)
    assert accepted.event_id == "d-1"
    with pretend(NOON):
        return [GITHUB.normalise(raw, ctx) for raw in GITHUB.unpack(ctx, push)] if accepted.keep else [accepted]


def test_an_event_says_what_it_is_about_and_nothing_else():
    beside = {"issue": issue(Post("1", "An old issue", NOON)), "repository": {"private": False}}
    (opened,) = sent("issues", {"action": "opened", "issue": issue(SAID)})
    (said,) = sent("issue_comment", {"action": "created", "comment": comment(SAID), **beside}, form=True)
    (answered,) = sent(
        "discussion_comment", {"action": "edited", "comment": comment(SAID, "discussions/3#discussioncomment-")}
    )
    (gone,) = sent("issue_comment", {"action": "deleted", "comment": comment(SAID), **beside})
    (moved,) = sent("issues", {"action": "transferred", "issue": issue(SAID)})
    (ping,) = sent("ping", {"zen": "Keep it logically awesome."})

    assert (opened.kind, opened.external_id, opened.text) == ("issue", "issue:lumen/lamps/7", "The lamp hums")
    assert (said.kind, said.external_id, said.parent_id) == ("comment", "comment:lumen/lamps/7", "issue:lumen/lamps/1")
    assert (answered.external_id, answered.parent_id) == ("comment:7", "discussion:lumen/lamps/3")
    assert gone == Deletion(channel="github", external_id="comment:lumen/lamps/7")
    assert moved == Deletion(channel="github", external_id="issue:lumen/lamps/7")
    assert ping.keep is False


def test_what_is_private_is_not_heard_and_who_does_not_sign_is_not_let_in():
    hidden = {"action": "opened", "issue": issue(SAID), "repository": {"private": True}}
    odd = [sent("issues", document) for document in ({}, {"issue": None}, {"issue": []}, {"issue": {"id": 1}})]

    assert sent("issues", hidden) == []
    assert odd == [[], [], [], []]
    with pytest.raises(PushRefused):
        sent("issues", {"action": "opened", "issue": issue(SAID)}, secret="another")


def test_issues_comments_and_discussions_are_looked_up_and_an_outage_is_no_end():
    with GitHubServer(Corpus(posts(2, 3, 6))) as server, pretend(NOON):
        ctx = context("github", server, token="good")
        names = [
            "issue:lumen/lamps/2", "issue:lumen/lamps/4", "discussion:lumen/lamps/3", "discussion:lumen/lamps/5",
            "comment:lumen/lamps/6", "comment:lumen/lamps/8", "comment:9", 'discussion:lumen/la"mps/1',
        ]  # fmt: skip
        found = {told.external_id: told for told in GITHUB.refresh(ctx, [("", name) for name in names])}
        server.faults = [Answer(body=b'{"errors": [{"type": "RATE_LIMITED", "message": "later"}]}')]
        with pytest.raises(Exception, match="come back later"):
            list(GITHUB.refresh(ctx, [("", "discussion:lumen/lamps/3")]))

    standing = {name for name, told in found.items() if isinstance(told, Change)}
    ended = {name: told.certain for name, told in found.items() if isinstance(told, Deletion)}
    assert standing == {"issue:lumen/lamps/2", "discussion:lumen/lamps/3", "comment:lumen/lamps/6"}
    assert ended == {"issue:lumen/lamps/4": True, "discussion:lumen/lamps/5": False, "comment:lumen/lamps/8": False}
    assert not any(isinstance(told, MentionDraft) for told in found.values())


def test_a_word_in_a_comment_is_found_under_its_issue_however_old_that_is(db):
    later = NOON + timedelta(hours=1)
    with GitHubServer() as server, pretend(later):
        for number in ("10", "12", "14"):
            at = NOON + timedelta(minutes=int(number))
            server.commented[number] = [Post(f"{number}1", "My LAMP hums too", at), Post(f"{number}2", "Weather", at)]
        source = listen("github", server, token="good", kinds="issues")
        take_turns(source, dying=True)
        first = {mention.external_id for mention in stored_mentions()}
        server.asked.clear()
        take_turns(source)
        # What has not changed since is not opened again.
        assert not [asked for asked in server.asked if "/comments?" in asked.path]
        server.commented["12"].append(Post("123", "And the lamp still does", later - timedelta(minutes=1)))
        take_turns(source)
        found = {mention.external_id: mention for mention in stored_mentions()}

    assert first == {f"comment:lumen/lamps/{number}1" for number in (10, 12, 14)}
    assert found.keys() - first == {"comment:lumen/lamps/123"}
    said = found["comment:lumen/lamps/123"]
    assert (said.kind, said.parent_id, said.text) == ("comment", "issue:lumen/lamps/12", "And the lamp still does")
    assert source.health is Health.GOOD


def test_a_word_in_a_discussion_is_found_in_comments_and_in_answers_to_them(db):
    later = NOON + timedelta(hours=1)
    with GitHubServer() as server, pretend(later):
        for number in ("11", "13", "15"):
            at = NOON + timedelta(minutes=int(number))
            said = [Post(f"{number}1", "Weather", at), Post(f"{number}2", "My LAMP hums too", at)]
            server.discussed[number] = said
        source = listen("github", server, token="good", kinds="discussions")
        take_turns(source, dying=True)
        first = {mention.external_id for mention in stored_mentions()}
        server.discussed["13"].append(Post("133", "The lamp still does", later - timedelta(minutes=1)))
        take_turns(source)
        found = {mention.external_id: mention for mention in stored_mentions()}

    assert first == {"comment:112", "comment:132", "comment:152"}
    assert found.keys() - first == {"comment:133"}
    said = found["comment:133"]
    assert (said.kind, said.parent_id, said.likes) == ("comment", "discussion:lumen/lamps/13", 2)
    assert said.url == "https://github.com/lumen/lamps/discussions/13#discussioncomment-133"
    assert source.health is Health.GOOD


def test_what_was_said_in_a_discussion_is_looked_up_there():
    with GitHubServer(Corpus(posts(11))) as server, pretend(NOON):
        server.discussed["11"] = [Post("1", "It hums", NOON), Post("2", "It hums no more", NOON)]
        place = "https://github.com/lumen/lamps/discussions/11#discussioncomment-"
        urls = {f"comment:{number}": f"{place}{number}" for number in (2, 3)}
        urls |= {"comment:4": place.replace("/11#", "/99#") + "4", "comment:5": "https://elsewhere.example/5"}
        ctx = replace(context("github", server, token="good"), urls=urls)
        found = {told.external_id: told for told in GITHUB.refresh(ctx, [("", name) for name in urls])}
        # Of more than can be asked for at once, one that is not among them may stand all the same.
        server.discussed["11"] += [Post(str(number), "x", NOON) for number in range(100, 130)]
        unsure = {told.external_id for told in GITHUB.refresh(ctx, [("", name) for name in urls])}

    standing = found.pop("comment:2")
    assert isinstance(standing, Change)
    assert standing.text == "It hums no more"
    assert {name: told.certain for name, told in found.items()} == {"comment:3": False, "comment:4": False}
    assert unsure == {"comment:2", "comment:4"}
