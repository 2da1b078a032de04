"""The comments on the page of a suggestion, and the pages on which words are mended."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Comment, Vote
from portal.ledger.services import comment, reword_comment
from tests.factories import make_idea


def test_a_member_comments_replies_and_mends_it(sign_in: Any, maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    browser, address = sign_in(omar), f"/ideas/{idea.id}"

    sent = browser.post(f"{address}/comments", data={"comment-body": "Mine *too*.", "comment-is_case": "y"})
    number = session().scalars(select(Comment.id)).one()
    page = browser.get(f"{address}?reply-to={number}").text

    assert sent.headers["Location"] == f"{address}#comment-{number}"
    for fact in ("Mine <em>too</em>.", "Me too", "1 comment", "2 voices", "under the comment of Omar Haddad"):
        assert fact in page
    # The way leads into the field itself, so that whoever follows it can type; and there is one back.
    into = f'href="{address}?reply-to={number}#comment-body"'
    assert (into in page, 'id="comment-body"' in page) == (True, True)
    assert f'href="{address}#comment-body">Comment on the suggestion instead' in page
    assert "Comment on the suggestion instead" not in browser.get(address).text
    reply = {"comment-body": "Thank you.", "comment-reply_to": str(number)}
    assert sign_in(maya).post(f"{address}/comments", data=reply).status_code == 303
    assert "Thank you." in browser.get(f"/comments/{number}").text
    assert "Mine *too*." in browser.get(f"/comments/{number}/wordings/new").text
    assert browser.post(f"/comments/{number}/wordings", data={"comment-body": "Ours."}).status_code == 303
    assert "Ours." in browser.get(address).text
    assert session().scalar(select(func.count()).select_from(Vote)) == 1


def test_a_changed_comment_says_so_and_shows_what_it_said(sign_in: Any, maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    said = comment(idea, body="At first.", by=omar)
    with pretend(now() + timedelta(hours=1)):
        reword_comment(said, body="At last.", by=omar)
    session().commit()
    browser = sign_in(maya)

    assert f"/comments/{said.id}/wordings" in browser.get(f"/ideas/{idea.id}").text
    page = browser.get(f"/comments/{said.id}/wordings").text
    assert "At first." in page
    # Right after a change too: nothing is so "since just now".
    assert re.search(r"Now · changed\s+<time", page)
    assert browser.get(f"/comments/{said.id}/wordings/new").status_code == 404
    assert "Nothing was changed" in browser.get(f"/ideas/{idea.id}/wordings").text


def test_the_author_mends_a_suggestion(sign_in: Any, maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya, title="A lamb")
    browser, address = sign_in(maya), f"/ideas/{idea.id}/wordings"

    assert "A lamb" in browser.get(f"{address}/new").text
    assert browser.post(address, data={"title": "", "body": " "}).status_code == 422
    assert browser.post(address, data={"title": "A lamp", "body": "x"}).status_code == 303
    assert "A lamp" in browser.get(f"/ideas/{idea.id}").text
    assert sign_in(omar).post(address, data={"title": "Mine", "body": ""}).status_code == 404


def test_whoever_changes_words_reads_whether_it_leaves_a_mark(sign_in: Any, maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    said = comment(idea, body="At first.", by=maya)
    session().commit()
    browser, silent, marked = sign_in(maya), "leaves no mark", "can also read what it said before"

    for path in (f"/ideas/{idea.id}/wordings/new", f"/comments/{said.id}/wordings/new"):
        early = browser.get(path).text
        with pretend(now() + timedelta(minutes=16)):
            late = browser.get(path).text

        assert (silent in early, marked in early) == (True, False), path
        assert (silent in late, marked in late) == (False, True), path


def test_a_refused_comment_comes_back_as_typed(sign_in: Any, maya: User) -> None:
    idea, other = make_idea(proposed_by=maya), make_idea(proposed_by=maya)
    elsewhere = comment(other, body="There.", by=maya)
    session().commit()
    browser = sign_in(maya)

    empty = browser.post(f"/ideas/{idea.id}/comments", data={"comment-body": " "})
    misplaced = browser.post(
        f"/ideas/{idea.id}/comments", data={"comment-body": "Here.", "comment-reply_to": str(elsewhere.id)}
    )

    assert (empty.status_code, misplaced.status_code) == (422, 422)
    assert "Write what you want to say" in empty.text
    assert "Here." in misplaced.text
    assert browser.get(f"/ideas/{idea.id}?reply-to={elsewhere.id}&comments-before=x").status_code == 200
