"""A circle that is closed while somebody writes for it: the choice is made anew, and nothing falls to everyone."""

import re
from datetime import timedelta
from typing import Any

import pytest

from portal.accounts.models import User
from portal.community.models import Ask, Event
from portal.community.services import close_circle
from portal.foundation.clock import now
from portal.foundation.database import session
from tests.factories import make_circle

LATER = (now() + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
ENDS = (now() + timedelta(days=31)).strftime("%Y-%m-%dT%H:%M")
ASK = {"question": "SECRET hinge?", "opens_at": LATER, "closes_at": ENDS}
EVENT = {"title": "SECRET visit", "place": "Hall 3", "starts_at": LATER, "ends_at": ENDS, "time_zone": "Europe/Berlin"}


@pytest.mark.parametrize(("path", "words", "holder"), [("/asks", ASK, "owner"), ("/events", EVENT, "host")])
@pytest.mark.parametrize("sent", ["the number", "nothing"])
def test_what_was_meant_for_a_closed_circle_is_not_put_to_everyone(
    sign_in: Any, maya: User, sam: User, path: str, words: dict[str, str], holder: str, sent: str
) -> None:
    circle = make_circle(maya, sam, name="Hinge testers")
    close_circle(circle, is_closed=True, by=sam)
    session().commit()

    # A browser that restored what was chosen before sends the empty line.
    room = str(circle.id) if sent == "the number" else ""
    answer = sign_in(sam).post(path, data={**words, holder: str(sam.id), "circle": room})

    assert answer.status_code == 422
    assert "That circle is closed, or you are not inside any more." in answer.text
    choice = re.search(r'<select[^>]* name="circle".*?</select>', answer.text, re.DOTALL)
    assert choice
    assert re.findall(r"<option selected[^>]*>([^<]*)", choice[0]) == ["Choose again"]
    assert (session().query(Ask).count(), session().query(Event).count()) == (0, 0)


def test_what_can_still_be_chosen_stays_chosen(sign_in: Any, maya: User, sam: User) -> None:
    circle = make_circle(maya, sam, name="Hinge testers")
    session().commit()

    answer = sign_in(sam).post("/asks", data={**ASK, "question": "", "owner": str(sam.id), "circle": str(circle.id)})

    assert answer.status_code == 422
    assert f'<option selected value="{circle.id}">' in answer.text
    assert "Choose again" not in answer.text
