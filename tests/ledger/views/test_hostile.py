"""Words that try to be code stay words on every page."""

from typing import Any

import pytest

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import respond, start_action
from tests.factories import make_idea

REASON = "The resin would crack in the first hard frost."


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.png)",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<a href='https://a.example' onclick=alert(1)>x</a>",
    "`<img src=x onerror=alert(1)>`",
    "<https://a.example/\"onmouseover=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_inert_everywhere(sign_in: Any, maya: User, rosa: User, words: str) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title=words[:160], body=words)
    action = start_action(title=words[:160], owner=rosa, stage=ActionStage.PLANNED, by=rosa, words=words)
    respond(idea, kind=ResponseKind.ACTION, message=words, by=rosa, action=action)
    respond(idea, kind=ResponseKind.QUESTION, message=words, by=rosa)
    session().commit()
    browser = sign_in(rosa)

    # The client of these tests refuses inline scripts, styles and handlers in every page it gets.
    for path in ("/ideas", f"/ideas/{idea.id}", "/desk", f"/actions/{action.id}"):
        page = browser.get(path)
        assert page.status_code == 200
        lowered = page.text.lower()
        for bad in (
            "<img",
            "<script>",
            'href="javascript',
            'href="data:',
            "<math",
            "<style",
            'tracker.example/pixel.png"',
        ):
            assert bad not in lowered, (path, bad)
